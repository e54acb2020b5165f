// SPDX-License-Identifier: GPL-3.0-or-later
// Where the names of curves go at their right ends: beside the end, moved up or down until they cover neither each
// other nor, where it can be helped, another curve. Pure; any thread.
#pragma once

#include <QList>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <vector>

namespace nabiz::ui {

struct LabelWish {
    QPointF anchor; // end of the curve; the label begins right of it
    QSizeF size;
};

// One rectangle a wish, in its order, within `bounds`. `obstacles` are polylines in pixels.
std::vector<QRectF> placeLabels(
    const std::vector<LabelWish>& wishes, const QList<QList<QPointF>>& obstacles, const QRectF& bounds);

} // namespace nabiz::ui
