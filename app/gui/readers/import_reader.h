// SPDX-License-Identifier: GPL-3.0-or-later
// Looks into other programs' stores on a thread of its own, since they may be large, and tells what would be imported.
// A newer question takes the place of one on its way. GUI thread.
#pragma once

#include "app/gui/readers/latest_reader.h"
#include "ui/requests/import_preview.h"

#include <QObject>

namespace nabiz::app {

class ImportReader : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void read(const QStringList& paths);

Q_SIGNALS:
    void ready(const nabiz::ui::ImportPreview& preview);

private:
    LatestReader m_reader;
};

// Any thread.
ui::ImportPreview importPreview(const QStringList& paths);

} // namespace nabiz::app
