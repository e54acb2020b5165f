// SPDX-License-Identifier: GPL-3.0-or-later
// Fills the envelope of a noisy curve. On a screen pixel by pixel: a polygon with hundreds of spikes takes the
// rasteriser ten times as long. GUI thread, or a thread that paints a picture of its own.
#pragma once

#include <QColor>
#include <QPolygonF>

class QPainter;

namespace nabiz::ui {

// `band`: the upper edge from left to right, then the lower one back, as many points each.
void paintEnvelope(QPainter& painter, const QPolygonF& band, const QColor& color, const QRectF& within);

} // namespace nabiz::ui
