// SPDX-License-Identifier: GPL-3.0-or-later
// The folders that are followed: they are listed, added by choosing or dropping, and removed; what has come of each
// stands beside it. What is added is followed at once, and in later starts. GUI thread.
#pragma once

#include "ui/requests/followed_folder.h"

#include <QDialog>

class QPushButton;
class QTreeWidget;

namespace nabiz::ui {

class FollowDialog : public QDialog {
    Q_OBJECT
public:
    explicit FollowDialog(const FollowedFolders& folders, QWidget* parent = nullptr);

    void setFolders(const FollowedFolders& folders);
    void add(const QStringList& paths);

Q_SIGNALS:
    void foldersChanged(const QStringList& paths); // the answer is setFolders()

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void assemble();
    void choose();
    void removeChosen();
    QStringList paths() const;

    QTreeWidget* m_folders;
    QPushButton* m_remove;
};

} // namespace nabiz::ui
