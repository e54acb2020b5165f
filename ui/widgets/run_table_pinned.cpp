// SPDX-License-Identifier: GPL-3.0-or-later
// How the run table's rows are drawn, and its name column kept in sight.
#include "ui/theme/theme.h"
#include "ui/widgets/pinned_header.h"
#include "ui/widgets/run_table_delegate.h"
#include "ui/widgets/run_table_view.h"

#include <QCursor>
#include <QPainter>
#include <QScrollBar>

namespace nabiz::ui {

void RunTableView::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (index.data(RunTableModel::RunIdRole).toLongLong() != 0) {
        QTreeView::drawRow(painter, option, index);
        if (m_header->isOverlaid())
            paintPinned(painter, option, index.siblingAtColumn(0));
        return;
    }
    QStyleOptionViewItem whole = option;
    whole.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    m_delegate->paintGroup(painter, whole, index, isExpanded(index));
}

void RunTableView::paintPinned(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    cell.rect = visualRect(index);
    cell.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    cell.state.setFlag(QStyle::State_HasFocus, hasFocus() && currentIndex() == index);
    const QModelIndex hovered = indexAt(viewport()->mapFromGlobal(QCursor::pos()));
    cell.state.setFlag(QStyle::State_MouseOver, viewport()->underMouse() && hovered.siblingAtColumn(0) == index);
    painter->fillRect(cell.rect, Theme::colors().panel);
    m_delegate->paint(painter, cell, index);
    painter->setPen(Theme::colors().line);
    painter->drawLine(cell.rect.topRight(), cell.rect.bottomRight());
}

QModelIndex RunTableView::indexAt(const QPoint& point) const
{
    const QModelIndex index = QTreeView::indexAt(point);
    const bool isPinned = m_header->isOverlaid() && point.x() < m_header->sectionSize(0);
    return isPinned && index.isValid() ? index.siblingAtColumn(0) : index;
}

QRect RunTableView::visualRect(const QModelIndex& index) const
{
    QRect rect = QTreeView::visualRect(index);
    if (index.column() == 0 && m_header->isOverlaid() && rect.isValid())
        rect.moveLeft(0);
    return rect;
}

// What is shifted on the screen would take the pinned column along.
void RunTableView::scrollContentsBy(int dx, int dy)
{
    QTreeView::scrollContentsBy(dx, dy);
    if (dx != 0) {
        viewport()->update();
        m_header->viewport()->update();
    }
}

// The name is always in sight, and what is looked for must not stay behind it.
void RunTableView::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    const int before = horizontalScrollBar()->value();
    QTreeView::scrollTo(index, hint);
    if (index.column() == 0) {
        horizontalScrollBar()->setValue(before);
    } else if (m_header->isOverlaid()) {
        const int hidden = m_header->sectionSize(0) - QTreeView::visualRect(index).left();
        if (hidden > 0)
            horizontalScrollBar()->setValue(horizontalScrollBar()->value() - hidden);
    }
}

} // namespace nabiz::ui
