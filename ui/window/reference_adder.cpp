// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/reference_adder.h"

#include "ui/dialogs/reference_dialog.h"

namespace nabiz::ui {

ReferenceAdder::ReferenceAdder(QWidget& window)
    : QObject(&window)
    , m_window(window)
{
}

void ReferenceAdder::open()
{
    m_dialog = new ReferenceDialog(&m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &ReferenceDialog::pagePasted, this, &ReferenceAdder::pagePasted);
    connect(m_dialog, &ReferenceDialog::shippedWanted, this, &ReferenceAdder::shippedWanted);
    connect(m_dialog, &ReferenceDialog::keepRequested, this, &ReferenceAdder::kept);
    m_dialog->open();
}

void ReferenceAdder::setPreview(const ReferencePreview& preview)
{
    if (m_dialog)
        m_dialog->setPreview(preview);
}

void ReferenceAdder::setPage(const QString& page)
{
    if (m_dialog)
        m_dialog->setPage(page);
}

} // namespace nabiz::ui
