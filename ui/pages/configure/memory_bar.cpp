// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/memory_bar.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace nabiz::ui {

MemoryBar::MemoryBar(Kind kind, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
{
    setSizePolicy(kind == Kind::Bar ? QSizePolicy::Preferred : QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void MemoryBar::setParts(std::vector<Part> parts, double capacity)
{
    m_parts = std::move(parts);
    m_capacity = capacity;
    update();
}

QSize MemoryBar::sizeHint() const
{
    const int height = fontMetrics().height() * 2 / 3;
    return { m_kind == Kind::Bar ? 200 : height, height };
}

QSize MemoryBar::minimumSizeHint() const
{
    const int height = sizeHint().height();
    return { height, height };
}

void MemoryBar::paintEvent(QPaintEvent*)
{
    double total = 0;
    for (const Part& part : m_parts)
        total += part.bytes;
    const double whole = std::max(total, m_capacity);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    const double radius = std::min(4.0, height() / 2.0);
    outline.addRoundedRect(rect(), radius, radius);
    painter.fillPath(outline, Theme::colors().grid);
    if (whole <= 0)
        return;
    painter.setClipPath(outline);
    double left = 0;
    for (const Part& part : m_parts) {
        // A part that is there is seen, however little of a large device it takes.
        const double wide = part.bytes > 0 ? std::max(2.0, part.bytes / whole * width()) : 0;
        painter.fillRect(QRectF(left, 0, wide, height()), Theme::seriesColor(part.color, Theme::isDark()));
        left += wide;
    }
    if (m_capacity > 0 && total > m_capacity)
        painter.fillRect(QRectF(m_capacity / whole * width() - 1, 0, 2, height()), Theme::colors().text);
}

} // namespace nabiz::ui
