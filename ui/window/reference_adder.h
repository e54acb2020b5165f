// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a published page, shows what is understood of it, and hands it on to be kept as a reference run.
// GUI thread.
#pragma once

#include "ui/requests/reference_preview.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace nabiz::ui {

class ReferenceDialog;

class ReferenceAdder : public QObject {
    Q_OBJECT
public:
    explicit ReferenceAdder(QWidget& window);

    void open();
    // Answers; nothing where the dialog is closed by now.
    void setPreview(const nabiz::ui::ReferencePreview& preview);
    void setPage(const QString& page);

Q_SIGNALS:
    // To be read: the answer is setPreview().
    void pagePasted(const QString& page);
    void shippedWanted();
    void kept(const QString& name, const QString& page);

private:
    QWidget& m_window;
    QPointer<ReferenceDialog> m_dialog;
};

} // namespace nabiz::ui
