// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/export/chart_export.h"

#include "ui/charts/render/plot_renderer.h"
#include "ui/charts/shape/curve_extent.h"

#include <QApplication>
#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include <cmath>
#include <tuple>

namespace nabiz::ui {
namespace {

constexpr double kPaper = 12; // of paper around the drawing

void paint(QPainter& painter, const PlotContent& content, QSize size, const std::optional<ChartPart>& part)
{
    QFont font = QApplication::font();
    font.setPixelSize(13);
    PlotFrame frame;
    frame.size = QSizeF(size.width() - 2 * kPaper, size.height() - 2 * kPaper);
    frame.font = font;
    frame.colors = &Theme::lightColors();
    std::tie(frame.x0, frame.x1) = wholeX(content, xExtent(content));
    if (content.logX) {
        const LogXRange log = wholeLogX(content, frame.x1);
        frame.xZero = log.zero;
        frame.x0 = log.low;
        frame.x1 = log.high;
    }
    if (part) {
        frame.x0 = part->x0;
        frame.x1 = part->x1;
        frame.whole = false;
        frame.autoY = !part->y;
        std::tie(frame.y0, frame.y1) = part->y.value_or(std::pair(0.0, 1.0));
    }
    painter.fillRect(QRectF(QPointF(), size), frame.colors->panel);
    painter.translate(kPaper, kPaper);
    PlotRenderer renderer;
    renderer.draw(painter, content, frame);
}

} // namespace

QByteArray chartSvg(const PlotContent& content, QSize size, const std::optional<ChartPart>& part)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(content.title);
    generator.setDescription(content.unit);
    QPainter painter(&generator);
    paint(painter, content, size, part);
    painter.end();
    return buffer.data();
}

QByteArray chartPng(const PlotContent& content, QSize size, double scale, const std::optional<ChartPart>& part)
{
    QImage image(QSize(static_cast<int>(std::lround(size.width() * scale)),
                     static_cast<int>(std::lround(size.height() * scale))),
        QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paint(painter, content, size, part);
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

} // namespace nabiz::ui
