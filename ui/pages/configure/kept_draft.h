// SPDX-License-Identifier: GPL-3.0-or-later
// A preset that is being edited, as it can be taken up again: after another one was looked at, or when the program is
// started the next time. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QJsonObject>
#include <QString>
#include <optional>
#include <string>

namespace nabiz::ui {

struct KeptDraft {
    QString name;
    QString base; // what it was made from: a shipped preset's name, or a file
    std::string text;
    QString originName; // of a run that it was made from, with the text that changes are counted from
    std::string originText; // empty: the base's
    std::optional<storage::RunId> parent;
    QString database; // where the parent is

    QJsonObject toJson() const;
    // Nothing where that is not a draft.
    static std::optional<KeptDraft> fromJson(const QJsonObject& json);
};

} // namespace nabiz::ui
