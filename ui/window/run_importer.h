// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for runs of other programs, shows what is found, and hands it on to be stored; and for the folders that are
// followed. GUI thread.
#pragma once

#include "ui/requests/followed_folder.h"
#include "ui/requests/import_preview.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace nabiz::ui {

class FollowDialog;
class ImportDialog;

class RunImporter : public QObject {
    Q_OBJECT
public:
    explicit RunImporter(QWidget& window);

    void open(const QStringList& paths = {});
    // Nothing where the dialog is closed by now.
    void setPreview(const nabiz::ui::ImportPreview& preview);
    void openFollowed();
    void setFollowed(const nabiz::ui::FollowedFolders& folders);

Q_SIGNALS:
    // To be looked into: the answer is setPreview().
    void pathsChosen(const QStringList& paths);
    void wanted(const QStringList& paths);
    void followWanted(const QStringList& folders); // these and no others: the answer is setFollowed()

private:
    QWidget& m_window;
    QPointer<ImportDialog> m_dialog;
    QPointer<FollowDialog> m_followDialog;
    FollowedFolders m_followed;
};

} // namespace nabiz::ui
