// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/run_importer.h"

#include "ui/dialogs/follow_dialog.h"
#include "ui/dialogs/import_dialog.h"

namespace nabiz::ui {

RunImporter::RunImporter(QWidget& window)
    : QObject(&window)
    , m_window(window)
{
}

void RunImporter::open(const QStringList& paths)
{
    if (!m_dialog) {
        m_dialog = new ImportDialog(&m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &ImportDialog::pathsChosen, this, &RunImporter::pathsChosen);
        connect(m_dialog, &ImportDialog::importRequested, this, &RunImporter::wanted);
        m_dialog->open();
    }
    m_dialog->setPaths(paths);
}

void RunImporter::setPreview(const ImportPreview& preview)
{
    if (m_dialog)
        m_dialog->setPreview(preview);
}

void RunImporter::openFollowed()
{
    if (m_followDialog)
        return;
    m_followDialog = new FollowDialog(m_followed, &m_window);
    m_followDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_followDialog, &FollowDialog::foldersChanged, this, &RunImporter::followWanted);
    m_followDialog->open();
}

void RunImporter::setFollowed(const FollowedFolders& folders)
{
    m_followed = folders;
    if (m_followDialog)
        m_followDialog->setFolders(folders);
}

} // namespace nabiz::ui
