// SPDX-License-Identifier: GPL-3.0-or-later
// Drafts that are not saved and not looked at: they outlive the look at another preset, and the program.
// GUI thread.
#pragma once

#include "trainer/config/presets/preset_store.h"
#include "ui/pages/configure/kept_draft.h"

#include <QJsonArray>
#include <QStringList>
#include <map>
#include <optional>
#include <string>

namespace nabiz::ui {

class DraftShelf {
public:
    void put(const KeptDraft& draft) { m_kept[draft.name] = draft; }
    void remove(const QString& name) { m_kept.erase(name); }
    // Takes it away from here.
    std::optional<KeptDraft> take(const QString& name);
    QStringList names() const;
    // For a copy of that preset: neither a preset has it nor a draft.
    QString freeName(const trainer::PresetStore& presets, const std::string& base) const;
    QJsonArray toJson() const;
    void restore(const QJsonArray& drafts);

private:
    std::map<QString, KeptDraft> m_kept;
};

} // namespace nabiz::ui
