// SPDX-License-Identifier: GPL-3.0-or-later
// A report ready to be shown.
// A value; GUI thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <map>

namespace nabiz::ui {

// Markdown whose picture links are keys of `images` (PNG).
struct ReportPreview {
    QString markdown;
    std::map<QString, QByteArray> images;
    QStringList files; // what saving will write
};

} // namespace nabiz::ui
