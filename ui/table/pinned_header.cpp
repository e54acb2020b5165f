// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/pinned_header.h"

#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace nabiz::ui {

namespace {
constexpr int kGrip = 4; // beside the edge, where a section is resized
}

PinnedHeader::PinnedHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(true);
    setFirstSectionMovable(false);
    setStretchLastSection(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

bool PinnedHeader::isPinned(const QPoint& position) const
{
    return isOverlaid() && position.x() < sectionSize(0) + kGrip;
}

void PinnedHeader::paintEvent(QPaintEvent* event)
{
    QHeaderView::paintEvent(event);
    if (!isOverlaid())
        return;
    QPainter painter(viewport());
    const QRect place(0, 0, sectionSize(0), height());
    painter.fillRect(place, Theme::colors().panel);
    paintSection(&painter, place, 0);
    painter.setPen(Theme::colors().line);
    painter.drawLine(place.topRight(), place.bottomRight());
}

void PinnedHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const int indent = section == 0 ? m_firstIndent : 0;
    if (indent > 0) {
        painter->fillRect(rect, Theme::colors().panel);
        painter->setPen(Theme::colors().line);
        painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    }
    QHeaderView::paintSection(painter, rect.adjusted(indent, 0, 0, 0), section);
}

bool PinnedHeader::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int section = isPinned(help->pos()) ? 0 : logicalIndexAt(help->pos());
        QToolTip::showText(
            help->globalPos(), model()->headerData(section, Qt::Horizontal, Qt::ToolTipRole).toString(), viewport());
        return true;
    }
    return QHeaderView::viewportEvent(event);
}

template <typename Handler> void PinnedHeader::pass(QMouseEvent* event, const Handler& handler)
{
    const bool isPressed = event->buttons() != Qt::NoButton || event->type() == QEvent::MouseButtonRelease;
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick)
        m_pressedPinned = isPinned(event->position().toPoint());
    if (isPressed ? !m_pressedPinned : !isPinned(event->position().toPoint())) {
        handler(event);
        return;
    }
    QMouseEvent moved(event->type(), event->position() - QPointF(offset(), 0), event->globalPosition(), event->button(),
        event->buttons(), event->modifiers());
    handler(&moved);
    event->setAccepted(moved.isAccepted());
}

void PinnedHeader::mousePressEvent(QMouseEvent* event)
{
    pass(event, [this](QMouseEvent* passed) { QHeaderView::mousePressEvent(passed); });
}

void PinnedHeader::mouseMoveEvent(QMouseEvent* event)
{
    pass(event, [this](QMouseEvent* passed) { QHeaderView::mouseMoveEvent(passed); });
}

void PinnedHeader::mouseReleaseEvent(QMouseEvent* event)
{
    pass(event, [this](QMouseEvent* passed) { QHeaderView::mouseReleaseEvent(passed); });
}

void PinnedHeader::mouseDoubleClickEvent(QMouseEvent* event)
{
    pass(event, [this](QMouseEvent* passed) { QHeaderView::mouseDoubleClickEvent(passed); });
}

} // namespace nabiz::ui
