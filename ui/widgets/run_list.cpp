// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_list.h"

#include "ui/models/run_colors.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_delegate.h"
#include "ui/widgets/run_list_model.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPixmap>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace nabiz::ui {

RunList::RunList(RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_model(new RunListModel(catalog, this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit(this))
    , m_view(new QListView(this))
    , m_empty(new QLabel(this))
{
    setObjectName(QStringLiteral("runList"));
    setProperty("bar", "left");
    setAttribute(Qt::WA_StyledBackground);
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(RunListModel::FilterRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setObjectName(QStringLiteral("runFilterEdit"));
    m_filter->setClearButtonEnabled(true);
    m_view->setObjectName(QStringLiteral("runListView"));
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new RunDelegate(m_view));
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setMouseTracking(true);
    m_view->setUniformItemSizes(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(12, 4, 12, 0);
    Theme::setRole(m_empty, "small");

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 1, 0);
    layout->setSpacing(kGap);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(12, 0, 11, 0);
    top->addWidget(m_filter);
    layout->addLayout(top);
    layout->addWidget(m_empty);
    layout->addWidget(m_view, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_proxy->setFilterFixedString(text);
        showEmpty();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunList::selectionChanged);
    connect(m_view, &QListView::customContextMenuRequested, this, &RunList::showMenu);
    connect(m_model, &RunListModel::checkedChanged, this, &RunList::selectionChanged);
    connect(m_model, &RunListModel::renameRequested, this, &RunList::renameRequested);
    connect(m_model, &RunListModel::starRequested, this,
        [this](qint64 run, bool starred) { Q_EMIT starRequested({ run }, starred); });
    addShortcuts();
    for (const auto signal : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(m_model, signal, this, &RunList::showEmpty);
    connect(m_model, &QAbstractItemModel::modelReset, this, &RunList::showEmpty);
    retranslateUi();
}

qint64 RunList::current() const
{
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? index.data(RunListModel::RunIdRole).toLongLong() : 0;
}

void RunList::setCurrent(qint64 run)
{
    QModelIndex index = m_proxy->mapFromSource(m_model->indexOf(run));
    if (!index.isValid() && m_model->indexOf(run).isValid()) {
        m_filter->clear(); // it is hidden by the filter
        index = m_proxy->mapFromSource(m_model->indexOf(run));
    }
    m_view->setCurrentIndex(index);
}

std::vector<storage::RunId> RunList::checked() const
{
    return m_model->checked();
}

void RunList::setChecked(const std::vector<storage::RunId>& runs)
{
    m_model->setChecked(runs);
}

void RunList::check(qint64 run)
{
    m_model->setChecked(run, true);
}

CheckedRuns& RunList::checks() const
{
    return m_model->checks();
}

void RunList::setStartShown(bool shown)
{
    m_startShown = shown;
    showEmpty();
}

void RunList::addShortcuts()
{
    auto* remove = new QShortcut(QKeySequence::Delete, m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, [this] {
        if (current() != 0)
            Q_EMIT trashRequested({ current() });
    });
    auto* star = new QShortcut(Qt::Key_S, m_view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(star, &QShortcut::activated, this, &RunList::toggleStar);
}

void RunList::toggleStar()
{
    const QModelIndex index = m_view->currentIndex();
    if (index.isValid())
        Q_EMIT starRequested({ current() }, !index.data(RunListModel::StarredRole).toBool());
}

void RunList::addColors(QMenu& menu, storage::RunId run)
{
    QMenu* colors = menu.addMenu(tr("C&olour"));
    colors->setObjectName(QStringLiteral("colorMenu"));
    QAction* usual = colors->addAction(tr("As &usual"), this, [this, run] { Q_EMIT colorChosen(run, -1); });
    usual->setObjectName(QStringLiteral("colorUsual"));
    for (int number = 0; number < Theme::kSeriesColors; ++number) {
        QPixmap swatch(16, 16);
        swatch.fill(Theme::seriesColor(number, Theme::isDark()));
        QAction* own = colors->addAction(
            swatch, tr("Colour %1").arg(number + 1), this, [this, run, number] { Q_EMIT colorChosen(run, number); });
        own->setObjectName(QStringLiteral("color%1").arg(number));
        own->setCheckable(true);
        own->setChecked(RunColors::chosen().contains(run) && RunColors::number(run) == number);
    }
}

void RunList::showMenu(const QPoint& position)
{
    const QModelIndex index = m_view->indexAt(position);
    if (!index.isValid())
        return;
    const qint64 run = index.data(RunListModel::RunIdRole).toLongLong();
    const QString command = index.data(RunListModel::CommandRole).toString();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("runMenu"));
    menu->addAction(tr("&Rename"), this, [this, index = QPersistentModelIndex(index)] { m_view->edit(index); });
    const bool starred = index.data(RunListModel::StarredRole).toBool();
    menu->addAction(starred ? tr("Take the &star away") : tr("&Star"), QKeySequence(Qt::Key_S), this,
        [this, run, starred] { Q_EMIT starRequested({ run }, !starred); });
    addColors(*menu, run);
    menu->addAction(tr("&Edit as new"), this, [this, run] { Q_EMIT editAsNewRequested(run); });
    if (index.data(RunListModel::GoesOnRole).toBool())
        menu->addAction(tr("R&esume"), this, [this, run] { Q_EMIT resumeRequested(run, false); });
    QAction* copy
        = menu->addAction(tr("&Copy command"), this, [command] { QApplication::clipboard()->setText(command); });
    copy->setVisible(!command.isEmpty());
    menu->addSeparator();
    QAction* remove = menu->addAction(tr("Put in the &trash"), QKeySequence(QKeySequence::Delete), this,
        [this, run] { Q_EMIT trashRequested({ run }); });
    remove->setObjectName(QStringLiteral("trashAction"));
    remove->setEnabled(!storage::isLive(static_cast<storage::RunStatus>(index.data(RunListModel::StatusRole).toInt())));
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void RunList::showEmpty()
{
    const bool none = m_model->rowCount() == 0;
    m_empty->setVisible(m_proxy->rowCount() == 0);
    m_empty->setText(!none ? tr("No run has this name.")
            : m_startShown ? tr("Runs will be listed here. Start makes the first.")
                           : tr("Runs will be listed here."));
}

void RunList::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_model->retranslate();
        retranslateUi();
    }
}

void RunList::retranslateUi()
{
    m_filter->setPlaceholderText(tr("Filter runs"));
    m_filter->setAccessibleName(tr("Filter runs"));
    m_view->setAccessibleName(tr("Runs"));
    showEmpty();
}

} // namespace nabiz::ui
