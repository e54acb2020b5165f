// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/follow_dialog.h"

#include "ui/dialogs/import_dialog.h"
#include "ui/theme/theme.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace nabiz::ui {

FollowDialog::FollowDialog(const FollowedFolders& folders, QWidget* parent)
    : QDialog(parent)
    , m_folders(new QTreeWidget(this))
    , m_remove(new QPushButton(tr("&Remove"), this))
{
    setObjectName(QStringLiteral("followDialog"));
    setWindowTitle(tr("Followed folders"));
    setAcceptDrops(true);
    assemble();
    setFolders(folders);
    const QSize wanted(fontMetrics().averageCharWidth() * 100, fontMetrics().lineSpacing() * 20);
    resize(parent ? wanted.boundedTo(parent->size()) : wanted);
}

void FollowDialog::assemble()
{
    auto* hint = new QLabel(
        tr("New runs and points of TensorBoard, MLflow, W&B, Trackio, DVCLive, Hugging Face and CSV in these folders, "
           "and in all below them, are taken in while this window is open. What scripts log by nabiz.py always is."),
        this);
    Theme::setRole(hint, "dim");
    hint->setWordWrap(true);
    m_folders->setObjectName(QStringLiteral("followTree"));
    m_folders->setProperty("padded", true);
    m_folders->setAccessibleName(tr("The folders that are followed"));
    m_folders->setHeaderLabels({ tr("Folder"), tr("Runs"), tr("State") });
    m_folders->headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    m_folders->setRootIsDecorated(false);
    m_folders->setSelectionMode(QAbstractItemView::ExtendedSelection);
    connect(m_folders, &QTreeWidget::itemSelectionChanged, this,
        [this] { m_remove->setEnabled(!m_folders->selectedItems().isEmpty()); });
    auto* add = new QPushButton(tr("&Add a folder…"), this);
    add->setObjectName(QStringLiteral("followAddButton"));
    connect(add, &QPushButton::clicked, this, &FollowDialog::choose);
    m_remove->setObjectName(QStringLiteral("followRemoveButton"));
    m_remove->setEnabled(false);
    connect(m_remove, &QPushButton::clicked, this, &FollowDialog::removeChosen);
    auto* close = new QPushButton(tr("&Close"), this);
    close->setObjectName(QStringLiteral("followCloseButton"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    Theme::setAccent(close);
    for (QPushButton* button : { add, m_remove })
        button->setAutoDefault(false);

    auto* bottom = new QHBoxLayout;
    bottom->addWidget(add);
    bottom->addWidget(m_remove);
    bottom->addStretch(1);
    bottom->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addWidget(hint);
    layout->addWidget(m_folders, 1);
    layout->addLayout(bottom);
}

QStringList FollowDialog::paths() const
{
    QStringList all;
    for (int i = 0; i < m_folders->topLevelItemCount(); ++i)
        all << m_folders->topLevelItem(i)->text(0);
    return all;
}

void FollowDialog::setFolders(const FollowedFolders& folders)
{
    QStringList chosen;
    for (const QTreeWidgetItem* item : m_folders->selectedItems())
        chosen << item->text(0);
    m_folders->clear();
    for (const FollowedFolder& folder : folders) {
        const QString state = !folder.trouble.isEmpty() ? folder.trouble
            : folder.runs > 0                           ? tr("Followed")
                                                        : tr("Waits for runs");
        auto* item = new QTreeWidgetItem(m_folders, { folder.path, locale().toString(folder.runs), state });
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        if (!folder.trouble.isEmpty())
            item->setForeground(2, Theme::colors().warn);
        item->setToolTip(0, folder.path);
        item->setToolTip(2, state);
        item->setSelected(chosen.contains(folder.path));
    }
    m_folders->setColumnWidth(0, fontMetrics().averageCharWidth() * 55);
}

void FollowDialog::add(const QStringList& folders)
{
    QStringList all = paths();
    for (const QString& folder : folders) {
        if (!folder.isEmpty() && !all.contains(folder))
            all << folder;
    }
    if (all != paths())
        Q_EMIT foldersChanged(all);
}

void FollowDialog::choose()
{
    add({ QFileDialog::getExistingDirectory(this, tr("A folder with runs")) });
}

void FollowDialog::removeChosen()
{
    QStringList all = paths();
    for (const QTreeWidgetItem* item : m_folders->selectedItems())
        all.removeAll(item->text(0));
    Q_EMIT foldersChanged(all);
}

void FollowDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void FollowDialog::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    add(droppedPaths(event->mimeData()));
}

} // namespace nabiz::ui
