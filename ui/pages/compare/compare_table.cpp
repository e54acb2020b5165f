// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_table.h"

#include "ui/models/comparison_model.h"
#include "ui/pages/compare/compare_delegate.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr int kNameCharacters = 30; // of the first column, at least
constexpr int kMostCharacters = 48; // of a run's column
constexpr int kSwatch = 10;

// The colour of a run before its name.
class SwatchHeader : public QHeaderView {
public:
    explicit SwatchHeader(QWidget* parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setObjectName(QStringLiteral("compareTableHeader"));
    }

protected:
    QSize sectionSizeFromContents(int section) const override
    {
        return QHeaderView::sectionSizeFromContents(section) + QSize(section > 0 ? kSwatch + kGap : 0, 0);
    }
    // A name that is too long gives way to the colour before it.
    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override
    {
        QHeaderView::initStyleOptionForIndex(option, section);
        if (section > 0)
            option->text = shownName(section);
    }
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        painter->save();
        QHeaderView::paintSection(painter, rect, section);
        painter->restore();
        const QColor color = model()->headerData(section, Qt::Horizontal, ComparisonModel::ColorRole).value<QColor>();
        if (!color.isValid()) {
            return;
        }
        const int beside = rect.right() - 2 * kGap - fontMetrics().horizontalAdvance(shownName(section)) - kSwatch;
        const int left = std::max(rect.left() + kGap, beside);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawRoundedRect(QRectF(left, rect.center().y() - kSwatch / 2.0 + 1, kSwatch, kSwatch), 3, 3);
        painter->setRenderHint(QPainter::Antialiasing, false);
    }

private:
    QString shownName(int section) const
    {
        const QString name = model()->headerData(section, Qt::Horizontal).toString();
        return fontMetrics().elidedText(name, textElideMode(), sectionSize(section) - 4 * kGap - kSwatch);
    }
};

} // namespace

CompareTable::CompareTable(QWidget* parent)
    : QWidget(parent)
    , m_model(new ComparisonModel(this))
    , m_view(new QTreeView(this))
    , m_delegate(new CompareDelegate(m_view))
    , m_controls(new QWidget(this))
    , m_all(new QPushButton(m_controls))
    , m_ignored(new QPushButton(m_controls))
    , m_ignoredMenu(new QMenu(m_ignored))
    , m_ignoreAction(new QAction(m_view))
    , m_copyAction(new QAction(m_view))
{
    m_view->setObjectName(QStringLiteral("compareTable"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setHeader(new SwatchHeader(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setIndentation(kMargin);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionsMovable(false);
    m_view->header()->setTextElideMode(Qt::ElideMiddle);
    m_all->setObjectName(QStringLiteral("allSettingsButton"));
    m_all->setCheckable(true);
    m_ignored->setObjectName(QStringLiteral("ignoredButton"));
    m_ignored->setMenu(m_ignoredMenu);
    m_ignored->setProperty("menu", true);
    m_ignored->setProperty("small", true);
    m_all->setProperty("segment", true);
    m_ignoreAction->setObjectName(QStringLiteral("ignoreKeyAction"));
    m_ignoreAction->setShortcut(QKeySequence::Delete);
    m_copyAction->setObjectName(QStringLiteral("copyRowAction"));
    m_copyAction->setShortcut(QKeySequence::Copy);
    for (QAction* const action : { m_ignoreAction, m_copyAction }) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_view->addAction(action);
    }
    auto* const line = new QHBoxLayout(m_controls);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_ignored);
    line->addWidget(m_all);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connectParts();
    changeIgnored();
    retranslateUi();
}

void CompareTable::connectParts()
{
    connect(m_all, &QPushButton::toggled, this, [this](bool all) {
        m_choice.all = all;
        Q_EMIT choiceChanged();
    });
    connect(m_view, &QTreeView::customContextMenuRequested, this, &CompareTable::showMenu);
    connect(m_ignoreAction, &QAction::triggered, this, &CompareTable::ignoreCurrent);
    connect(m_copyAction, &QAction::triggered, this, &CompareTable::copyCurrent);
    connect(m_view, &QTreeView::collapsed, this,
        [this](const QModelIndex& index) { m_closed.insert(index.data().toString().section(u' ', 0, 0)); });
    connect(m_view, &QTreeView::expanded, this,
        [this](const QModelIndex& index) { m_closed.erase(index.data().toString().section(u' ', 0, 0)); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &CompareTable::openSections);
}

void CompareTable::show(Comparison comparison)
{
    m_view->setRootIsDecorated(comparison.nested);
    m_model->setComparison(std::move(comparison));
    m_delegate->measure(*m_model, m_view->font());
    fitColumns();
}

void CompareTable::openSections()
{
    const std::set<QString> closed = m_closed;
    m_view->expandAll();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (closed.contains(index.data().toString().section(u' ', 0, 0))) {
            m_view->collapse(index);
        }
    }
}

void CompareTable::setIgnored(const QStringList& keys)
{
    m_choice.ignored.clear();
    for (const QString& key : keys) {
        m_choice.ignored.insert(key.toStdString());
    }
    changeIgnored();
    Q_EMIT choiceChanged();
}

void CompareTable::ignore(const QString& key)
{
    if (key.isEmpty() || !m_choice.ignored.insert(key.toStdString()).second) {
        return;
    }
    changeIgnored();
    Q_EMIT choiceChanged();
}

void CompareTable::restore(const QString& key)
{
    if (key.isEmpty()) {
        m_choice.ignored.clear();
    } else {
        m_choice.ignored.erase(key.toStdString());
    }
    changeIgnored();
    Q_EMIT choiceChanged();
}

void CompareTable::changeIgnored()
{
    QStringList keys;
    m_ignoredMenu->clear();
    for (const std::string& key : m_choice.ignored) {
        keys.append(QString::fromStdString(key));
        QAction* const action = m_ignoredMenu->addAction(tr("Show %1 again").arg(keys.back()));
        connect(action, &QAction::triggered, this, [this, name = keys.back()] { restore(name); }, Qt::QueuedConnection);
    }
    if (keys.size() > 1) {
        m_ignoredMenu->addSeparator();
        QAction* const all = m_ignoredMenu->addAction(tr("Show &all again"));
        connect(all, &QAction::triggered, this, [this] { restore(QString()); }, Qt::QueuedConnection);
    }
    m_ignored->setText(tr("%n ignored", nullptr, static_cast<int>(keys.size())));
    m_ignored->setVisible(!keys.isEmpty());
    Q_EMIT ignoredChanged(keys);
}

void CompareTable::showMenu(const QPoint& position)
{
    const QModelIndex index = m_view->indexAt(position);
    if (index.isValid()) {
        m_view->setCurrentIndex(index);
    }
    m_ignoreAction->setEnabled(!m_view->currentIndex().data(ComparisonModel::KeyRole).toString().isEmpty());
    QMenu menu(m_view);
    menu.addActions({ m_ignoreAction, m_copyAction });
    menu.exec(m_view->viewport()->mapToGlobal(position));
    m_ignoreAction->setEnabled(true);
}

void CompareTable::ignoreCurrent()
{
    ignore(m_view->currentIndex().data(ComparisonModel::KeyRole).toString());
}

void CompareTable::copyCurrent()
{
    const QModelIndex current = m_view->currentIndex();
    QStringList cells;
    for (int column = 0; current.isValid() && column < m_model->columnCount(); ++column) {
        cells.append(current.siblingAtColumn(column).data().toString());
    }
    if (!cells.isEmpty()) {
        QApplication::clipboard()->setText(cells.join(u'\t'));
    }
}

void CompareTable::fitColumns()
{
    QHeaderView* const header = m_view->header();
    const int character = m_view->fontMetrics().averageCharWidth();
    int others = 0;
    for (int column = 1; column < m_model->columnCount(); ++column) {
        m_view->resizeColumnToContents(column);
        const int width = std::min(header->sectionSize(column), character * kMostCharacters);
        header->resizeSection(column, width);
        others += width;
    }
    if (m_model->columnCount() > 0) {
        header->resizeSection(0, std::max(m_view->viewport()->width() - others, character * kNameCharacters));
    }
}

void CompareTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void CompareTable::retranslateUi()
{
    m_view->setAccessibleName(tr("Settings that differ, and results"));
    m_all->setText(tr("all settings"));
    m_all->setToolTip(tr("Show equal settings too, by section"));
    m_ignored->setToolTip(tr("Settings that are not shown here"));
    m_ignoreAction->setText(tr("&Ignore this key"));
    m_copyAction->setText(tr("&Copy row"));
}

} // namespace nabiz::ui
