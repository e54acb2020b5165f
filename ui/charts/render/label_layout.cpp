// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/label_layout.h"

#include <algorithm>
#include <numeric>

namespace nabiz::ui {
namespace {

constexpr double kGapToCurve = 8;

bool crosses(const QRectF& label, const QList<QList<QPointF>>& obstacles)
{
    const QRectF hit = label.adjusted(0, 2, 0, -2); // a name may touch a line, not lie on it
    for (const QList<QPointF>& line : obstacles) {
        auto point = std::lower_bound(
            line.begin(), line.end(), hit.left(), [](const QPointF& p, double x) { return p.x() < x; });
        if (point != line.begin()) {
            --point;
        }
        for (; point != line.end() && point + 1 != line.end() && point->x() <= hit.right(); ++point) {
            const QPointF& a = *point;
            const QPointF& b = *(point + 1);
            if (b.x() < hit.left()) {
                continue;
            }
            // Only the part of the piece above or below the label counts.
            const double width = b.x() - a.x();
            const auto at = [&](double x) { return width > 0 ? a.y() + (b.y() - a.y()) * (x - a.x()) / width : a.y(); };
            double from = at(std::max(hit.left(), a.x()));
            double to = width > 0 ? at(std::min(hit.right(), b.x())) : b.y();
            if (from > to) {
                std::swap(from, to);
            }
            if (from < hit.bottom() && to > hit.top()) {
                return true;
            }
        }
    }
    return false;
}

bool overlapsX(const QRectF& a, const QRectF& b)
{
    return a.left() < b.right() && b.left() < a.right();
}

// Pushes labels that share a stretch of x apart, top to bottom, keeping their order; then back up from the lower bound.
void spread(std::vector<QRectF>& labels, const std::vector<std::size_t>& order, const QRectF& bounds)
{
    for (std::size_t i = 0; i < order.size(); ++i) {
        QRectF& label = labels[order[i]];
        for (std::size_t j = 0; j < i; ++j) {
            const QRectF& above = labels[order[j]];
            if (overlapsX(label, above) && label.top() < above.bottom()) {
                label.moveTop(above.bottom());
            }
        }
    }
    for (std::size_t i = order.size(); i-- > 0;) {
        QRectF& label = labels[order[i]];
        double lowest = bounds.bottom();
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            if (overlapsX(label, labels[order[j]])) {
                lowest = std::min(lowest, labels[order[j]].top());
            }
        }
        if (label.bottom() > lowest) {
            label.moveBottom(lowest);
        }
    }
}

} // namespace

std::vector<QRectF> placeLabels(
    const std::vector<LabelWish>& wishes, const QList<QList<QPointF>>& obstacles, const QRectF& bounds)
{
    std::vector<QRectF> labels;
    for (const LabelWish& wish : wishes) {
        QRectF label(QPointF(wish.anchor.x() + kGapToCurve, wish.anchor.y() - wish.size.height() / 2), wish.size);
        label.moveLeft(std::min(label.left(), bounds.right() - label.width()));
        label.moveTop(std::clamp(label.top(), bounds.top(), std::max(bounds.top(), bounds.bottom() - label.height())));
        labels.push_back(label);
    }
    std::vector<std::size_t> order(labels.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return wishes[a].anchor.y() < wishes[b].anchor.y(); });
    spread(labels, order, bounds);

    // Names on top of another curve look for a free place near by, between the others.
    for (const std::size_t i : order) {
        if (!crosses(labels[i], obstacles)) {
            continue;
        }
        const double step = labels[i].height() / 2;
        for (int distance = 1; distance <= 12; ++distance) {
            const auto isFree = [&](double shift) {
                const QRectF moved = labels[i].translated(0, shift);
                if (moved.top() < bounds.top() || moved.bottom() > bounds.bottom() || crosses(moved, obstacles)) {
                    return false;
                }
                for (std::size_t other = 0; other < labels.size(); ++other) {
                    if (other != i && moved.intersects(labels[other])) {
                        return false;
                    }
                }
                return true;
            };
            const double shift = isFree(-distance * step) ? -distance * step
                : isFree(distance * step)                 ? distance * step
                                                          : 0;
            if (shift != 0) {
                labels[i].translate(0, shift);
                break;
            }
        }
    }
    return labels;
}

} // namespace nabiz::ui
