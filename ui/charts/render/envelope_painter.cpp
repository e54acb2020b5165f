// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/envelope_painter.h"

#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>
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
    // The edges of the band at a place between two of its corners.
    const auto at = [&](double x) {
        while (i + 2 < half && upper(i + 1).x() < x) {
            ++i;
        }
        const double width = upper(i + 1).x() - upper(i).x();
        const double share = width > 0 ? std::clamp((x - upper(i).x()) / width, 0.0, 1.0) : 0.0;
        return std::pair(upper(i).y() + share * (upper(i + 1).y() - upper(i).y()),
            lower(i).y() + share * (lower(i + 1).y() - lower(i).y()));
    };
    auto before = at(left);
    for (int x = left; x < right; ++x) {
        // All that it covers from one side of the column to the other: steep lines stay whole.
        const auto behind = at(x + 1);
        const double top = std::min(before.first, behind.first);
        const double bottom = std::max(before.second, behind.second);
        before = behind;
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

// One sample at each place: few enough to be joined.
bool isLine(const QPolygonF& band)
{
    for (qsizetype i = 0; i < band.size() / 2; ++i) {
        if (band[i] != band[band.size() - 1 - i]) {
            return false;
        }
    }
    return true;
}

} // namespace

void paintEnvelope(QPainter& painter, const QPolygonF& band, const QColor& color, const QRectF& within)
{
    // Its rim is stronger, so that it can be seen where it is only one sample thick.
    QColor strong = color;
    strong.setAlphaF(std::min(1.0F, 2 * color.alphaF()));
    if (isLine(band)) {
        painter.setPen(QPen(strong, 1));
        painter.drawPolyline(band.constData(), static_cast<int>(band.size() / 2));
        return;
    }
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
    const QRgb rim = qPremultiply(strong.rgba());
    const int thick = std::max(1, static_cast<int>(std::lround(ratio)));
    for (int row = 0; row < image.height(); ++row) {
        auto* const line = reinterpret_cast<QRgb*>(image.scanLine(row));
        const int y = columns.highest + row;
        for (std::size_t x = 0; x < width; ++x) {
            const int top = columns.top[x], bottom = columns.bottom[x];
            line[x] = y < top || y >= bottom ? 0 : y < top + thick || y >= bottom - thick ? rim : pixel;
        }
    }
    image.setDevicePixelRatio(ratio);
    painter.drawImage(QPointF(columns.left, columns.highest) / ratio, image);
}

} // namespace nabiz::ui
