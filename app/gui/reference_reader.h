// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a pasted page on a thread of its own, since it may be long. A newer page takes the place of one on its way.
// GUI thread.
#pragma once

#include "app/gui/worker.h"
#include "ui/requests/reference_preview.h"

#include <QObject>

namespace nabiz::app {

class ReferenceReader : public QObject {
    Q_OBJECT
public:
    explicit ReferenceReader(QObject* parent = nullptr);
    ~ReferenceReader() override;

    void read(const QString& page);

Q_SIGNALS:
    void ready(const nabiz::ui::ReferencePreview& preview);

private:
    std::uint64_t m_generation = 0;
    Worker m_worker; // last: ends before what its jobs use
};

// Pure; any thread.
ui::ReferencePreview referencePreview(const QString& page);

} // namespace nabiz::app
