// SPDX-License-Identifier: GPL-3.0-or-later
// Where runs of other programs are taken in: files and folders are chosen or dropped, what they hold is shown, and
// nothing is stored before a person says so. Reading and storing are the owner's business. GUI thread.
#pragma once

#include "ui/requests/import_preview.h"

#include <QDialog>

class QLabel;
class QMimeData;
class QPushButton;
class QTreeWidget;

namespace nabiz::ui {

// The files and folders of this machine that are dragged there.
QStringList droppedPaths(const QMimeData* data);

class ImportDialog : public QDialog {
    Q_OBJECT
public:
    explicit ImportDialog(QWidget* parent = nullptr);

    void setPaths(const QStringList& paths);
    void setPreview(const ImportPreview& preview);

Q_SIGNALS:
    void pathsChosen(const QStringList& paths); // the answer is setPreview()
    void importRequested(const QStringList& paths);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void assemble();
    void show(const ImportPreview& preview);

    QTreeWidget* m_found;
    QLabel* m_summary;
    QPushButton* m_import;
    QStringList m_paths;
};

} // namespace nabiz::ui
