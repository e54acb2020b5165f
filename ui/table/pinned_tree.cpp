// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/pinned_tree.h"

#include "ui/table/pinned_header.h"
#include "ui/theme/theme.h"

#include <QAbstractItemDelegate>
#include <QCursor>
#include <QPainter>
#include <QScrollBar>

namespace nabiz::ui {

PinnedTree::PinnedTree(QWidget* parent)
    : QTreeView(parent)
    , m_header(new PinnedHeader(this))
{
    setHeader(m_header);
    setHorizontalScrollMode(ScrollPerPixel);
}

void PinnedTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QTreeView::drawRow(painter, option, index);
    if (m_header->isOverlaid())
        paintPinned(painter, option, index.siblingAtColumn(0));
}

void PinnedTree::paintPinned(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    cell.rect = visualRect(index);
    cell.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    cell.state.setFlag(QStyle::State_HasFocus, hasFocus() && currentIndex() == index);
    const QModelIndex hovered = indexAt(viewport()->mapFromGlobal(QCursor::pos()));
    cell.state.setFlag(QStyle::State_MouseOver, viewport()->underMouse() && hovered.siblingAtColumn(0) == index);
    painter->fillRect(cell.rect, Theme::colors().panel);
    itemDelegate()->paint(painter, cell, index);
    painter->setPen(Theme::colors().line);
    painter->drawLine(cell.rect.topRight(), cell.rect.bottomRight());
}

QModelIndex PinnedTree::indexAt(const QPoint& point) const
{
    const QModelIndex index = QTreeView::indexAt(point);
    const bool isPinned = m_header->isOverlaid() && point.x() < m_header->sectionSize(0);
    return isPinned && index.isValid() ? index.siblingAtColumn(0) : index;
}

QRect PinnedTree::visualRect(const QModelIndex& index) const
{
    QRect rect = QTreeView::visualRect(index);
    if (index.column() == 0 && m_header->isOverlaid() && rect.isValid())
        rect.moveLeft(0);
    return rect;
}

// What is shifted on the screen would take the pinned column along.
void PinnedTree::scrollContentsBy(int dx, int dy)
{
    QTreeView::scrollContentsBy(dx, dy);
    if (dx != 0) {
        viewport()->update();
        m_header->viewport()->update();
    }
}

// The name is always in sight, and what is looked for must not stay behind it.
void PinnedTree::scrollTo(const QModelIndex& index, ScrollHint hint)
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
