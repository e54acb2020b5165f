// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/file_opener.h"

#include "ui/dialogs/import_dialog.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/window/main_window.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_importer.h"

#include <QDragEnterEvent>
#include <QFileInfo>

namespace nabiz::ui {

namespace {

enum class FileKind { Draft, Database, Runs };

// By its name alone, since a database is opened by SQLite alone. Other trackers' databases have names of their own; one
// that is none of ours is told by who opens it.
FileKind kindOf(const QString& path)
{
    const QFileInfo file(path);
    const QString ending = file.suffix().toLower();
    static const QStringList drafts { "yaml", "yml", "txt", "text", "md", "jsonl", "gz" };
    if (file.isDir())
        return FileKind::Runs;
    if (drafts.contains(ending) && !file.fileName().contains(QLatin1String("tfevents")))
        return FileKind::Draft;
    return ending == QLatin1String("db") && file.baseName() != QLatin1String("mlflow") ? FileKind::Database
                                                                                       : FileKind::Runs;
}

} // namespace

FileOpener::FileOpener(MainWindow& window)
    : QObject(&window)
    , m_window(window)
{
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

void FileOpener::open(const QStringList& paths)
{
    QStringList runs;
    for (const QString& path : paths) {
        switch (kindOf(path)) {
        case FileKind::Draft:
            m_window.pages().find<ConfigurePage>()->open(path);
            m_window.showPage(Page::Configure);
            break;
        case FileKind::Database:
            Q_EMIT m_window.openDatabaseRequested(path);
            break;
        case FileKind::Runs:
            runs << path;
        }
    }
    if (!runs.isEmpty())
        m_window.importer().open(runs);
}

bool FileOpener::eventFilter(QObject* object, QEvent* event)
{
    const bool isEnter = event->type() == QEvent::DragEnter;
    if (!isEnter && event->type() != QEvent::Drop)
        return QObject::eventFilter(object, event);
    auto* drop = static_cast<QDropEvent*>(event);
    const QStringList paths = droppedPaths(drop->mimeData());
    if (paths.isEmpty())
        return false;
    drop->acceptProposedAction();
    if (!isEnter)
        open(paths);
    return true;
}

} // namespace nabiz::ui
