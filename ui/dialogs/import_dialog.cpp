// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/import_dialog.h"

#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace nabiz::ui {

QStringList droppedPaths(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

ImportDialog::ImportDialog(QWidget* parent)
    : QDialog(parent)
    , m_found(new QTreeWidget(this))
    , m_summary(new QLabel(this))
    , m_import(new QPushButton(tr("&Import"), this))
{
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import runs"));
    setAcceptDrops(true);
    assemble();
    connect(m_import, &QPushButton::clicked, this, [this] {
        Q_EMIT importRequested(m_paths);
        accept();
    });
    show({});
    const QSize wanted(fontMetrics().averageCharWidth() * 120, fontMetrics().lineSpacing() * 26);
    resize(parent ? wanted.boundedTo(parent->size()) : wanted);
}

void ImportDialog::assemble()
{
    auto* hint = new QLabel(
        tr("Choose files or folders of TensorBoard, MLflow, W&B, Trackio, DVCLive, Hugging Face or CSV, or "
           "drop them here. Nothing is stored before you say so."),
        this);
    Theme::setRole(hint, "dim");
    hint->setWordWrap(true);
    m_found->setObjectName(QStringLiteral("importFoundTree"));
    m_found->setProperty("padded", true);
    m_found->setAccessibleName(tr("The runs that were found"));
    m_found->setHeaderLabels({ tr("Run"), tr("Source"), tr("Metrics"), tr("Points"), tr("Place") });
    for (const int number : { 2, 3 })
        m_found->headerItem()->setTextAlignment(number, Qt::AlignRight | Qt::AlignVCenter);
    m_found->setRootIsDecorated(false);
    m_found->setUniformRowHeights(true);
    m_summary->setObjectName(QStringLiteral("importSummaryLabel"));
    m_summary->setWordWrap(true);
    auto* files = new QPushButton(tr("Choose &files…"), this);
    files->setObjectName(QStringLiteral("importFilesButton"));
    connect(files, &QPushButton::clicked, this,
        [this] { setPaths(QFileDialog::getOpenFileNames(this, tr("Files with runs"))); });
    auto* folder = new QPushButton(tr("Choose a f&older…"), this);
    folder->setObjectName(QStringLiteral("importFolderButton"));
    connect(folder, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getExistingDirectory(this, tr("A folder with runs"));
        setPaths(path.isEmpty() ? QStringList() : QStringList { path });
    });
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("importCancelButton"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_import->setObjectName(QStringLiteral("importButton"));
    Theme::setAccent(m_import);
    for (QPushButton* button : { files, folder, cancel })
        button->setAutoDefault(false);

    auto* top = new QHBoxLayout;
    top->addWidget(hint, 1);
    top->addWidget(files);
    top->addWidget(folder);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_summary, 1);
    bottom->addWidget(cancel);
    bottom->addWidget(m_import);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addLayout(top);
    layout->addWidget(m_found, 1);
    layout->addLayout(bottom);
}

void ImportDialog::setPaths(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    m_paths = paths;
    m_found->clear();
    m_import->setEnabled(false);
    Theme::setRole(m_summary, "dim");
    m_summary->setText(tr("Looking…"));
    Q_EMIT pathsChosen(paths);
}

void ImportDialog::setPreview(const ImportPreview& preview)
{
    if (preview.paths == m_paths) // else of what was chosen before
        show(preview);
}

void ImportDialog::show(const ImportPreview& preview)
{
    const ThemeColors& colors = Theme::colors();
    m_found->clear();
    QList<QTreeWidgetItem*> items;
    for (const FoundRun& run : preview.runs) {
        auto* item = new QTreeWidgetItem(
            { run.name, run.source, locale().toString(run.metrics), locale().toString(run.points), run.path });
        for (const int number : { 2, 3 })
            item->setTextAlignment(number, Qt::AlignRight | Qt::AlignVCenter);
        items << item;
    }
    for (const FoundRun& skipped : preview.skipped) {
        auto* item = new QTreeWidgetItem({ tr("Skipped: %1").arg(skipped.name), {}, {}, {}, skipped.path });
        item->setForeground(0, colors.warn);
        items << item;
    }
    for (QTreeWidgetItem* item : items) {
        item->setToolTip(0, item->text(0));
        item->setToolTip(4, item->text(4));
    }
    m_found->addTopLevelItems(items);
    m_found->setColumnWidth(0, fontMetrics().averageCharWidth() * 40);
    const int count = static_cast<int>(preview.runs.size());
    m_import->setEnabled(count > 0);
    Theme::setRole(m_summary, count > 0 ? "good" : m_paths.isEmpty() ? "dim" : "bad");
    if (!preview.failure.empty())
        m_summary->setText(text(preview.failure));
    else if (m_paths.isEmpty())
        m_summary->setText(tr("Nothing is chosen yet."));
    else
        m_summary->setText(count > 0
                ? tr("%n run(s) found.", nullptr, count)
                : tr("No run was found there. A published page is kept by File > Add Published Run."));
}

void ImportDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ImportDialog::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    setPaths(droppedPaths(event->mimeData()));
}

} // namespace nabiz::ui
