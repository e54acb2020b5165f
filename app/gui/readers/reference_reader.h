// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a pasted page on a thread of its own, since it may be long. A newer page takes the place of one on its way.
// GUI thread.
#pragma once

#include "app/gui/readers/latest_reader.h"
#include "ui/requests/reference_preview.h"

#include <QObject>

namespace nabiz::app {

class ReferenceReader : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void read(const QString& page);

Q_SIGNALS:
    void ready(const nabiz::ui::ReferencePreview& preview);

private:
    LatestReader m_reader;
};

// Pure; any thread.
ui::ReferencePreview referencePreview(const QString& page);

} // namespace nabiz::app
