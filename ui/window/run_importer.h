// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for runs of other programs, shows what is found, and hands it on to be stored.
// GUI thread.
#pragma once

#include "ui/requests/import_preview.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace nabiz::ui {

class ImportDialog;

class RunImporter : public QObject {
    Q_OBJECT
public:
    explicit RunImporter(QWidget& window);

    void open(const QStringList& paths = {});
    // Nothing where the dialog is closed by now.
    void setPreview(const nabiz::ui::ImportPreview& preview);

Q_SIGNALS:
    // To be looked into: the answer is setPreview().
    void pathsChosen(const QStringList& paths);
    void wanted(const QStringList& paths);

private:
    QWidget& m_window;
    QPointer<ImportDialog> m_dialog;
};

} // namespace nabiz::ui
