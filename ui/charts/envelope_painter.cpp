// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/envelope_painter.h"

#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace nabiz::ui {
namespace {

// From which row of pixels to which the envelope reaches, column by column; equal where it does not.
struct Columns {
    int left = 0;
    std::vector<int> top, bottom;
    int highest = 0, lowest = 0;
};

Columns columnsOf(const QPolygonF& band, const QRectF& within, double ratio)
{
    const qsizetype half = band.size() / 2;
    const auto upper = [&](qsizetype i) { return band[i] * ratio; };
    const auto lower = [&](qsizetype i) { return band[band.size() - 1 - i] * ratio; };
    const int left = static_cast<int>(std::floor(std::max(upper(0).x(), within.left() * ratio)));
    const int right = static_cast<int>(std::ceil(std::min(upper(half - 1).x(), within.right() * ratio)));
    const double ceiling = within.top() * ratio;
    const double floor = within.bottom() * ratio;
    Columns columns;
    columns.left = left;
    columns.highest = static_cast<int>(floor);
    columns.lowest = static_cast<int>(ceiling);
    qsizetype i = 0;
    for (int x = left; x < right; ++x) {
        const double middle = x + 0.5;
        while (i + 2 < half && upper(i + 1).x() < middle) {
            ++i;
        }
        const double width = upper(i + 1).x() - upper(i).x();
        const double share = width > 0 ? std::clamp((middle - upper(i).x()) / width, 0.0, 1.0) : 0.0;
        const double top = upper(i).y() + share * (upper(i + 1).y() - upper(i).y());
        const double bottom = lower(i).y() + share * (lower(i + 1).y() - lower(i).y());
        const bool visible = bottom >= ceiling && top <= floor;
        const int from = static_cast<int>(std::floor(std::clamp(top, ceiling, floor)));
        // A pixel at least: an envelope one sample thick is one too.
        const int to = std::max(static_cast<int>(std::ceil(std::clamp(bottom, ceiling, floor))), from + 1);
        columns.top.push_back(from);
        columns.bottom.push_back(visible ? to : from);
        if (visible) {
            columns.highest = std::min(columns.highest, from);
            columns.lowest = std::max(columns.lowest, to);
        }
    }
    return columns;
}

} // namespace

void paintEnvelope(QPainter& painter, const QPolygonF& band, const QColor& color, const QRectF& within)
{
    if (band.size() < 4 || painter.paintEngine()->type() != QPaintEngine::Raster) {
        painter.setPen(QPen(color, 1)); // keeps it visible where it is only one sample thick
        painter.setBrush(color);
        painter.drawPolygon(band);
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const Columns columns = columnsOf(band, within, ratio);
    if (columns.top.empty() || columns.lowest <= columns.highest) {
        return;
    }
    const std::size_t width = columns.top.size();
    QImage image(static_cast<int>(width), columns.lowest - columns.highest, QImage::Format_ARGB32_Premultiplied);
    const QRgb pixel = qPremultiply(color.rgba());
    for (int row = 0; row < image.height(); ++row) {
        auto* const line = reinterpret_cast<QRgb*>(image.scanLine(row));
        const int y = columns.highest + row;
        for (std::size_t x = 0; x < width; ++x) {
            line[x] = y >= columns.top[x] && y < columns.bottom[x] ? pixel : 0;
        }
    }
    image.setDevicePixelRatio(ratio);
    painter.drawImage(QPointF(columns.left, columns.highest) / ratio, image);
}

} // namespace nabiz::ui
