// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/chart_picture.h"

#include "ui/charts/view/plot_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>

namespace nabiz::ui {

std::optional<ChartPart> partInView(const PlotView& chart)
{
    if (chart.range().view().showsAll()) {
        return std::nullopt;
    }
    return chart.range().part();
}

void copyPicture(const PlotView& chart)
{
    const QSize size = chart.size().expandedTo({ 480, 240 });
    QGuiApplication::clipboard()->setImage(
        QImage::fromData(chartPng(chart.content(), size, 2, partInView(chart)), "PNG"));
}

} // namespace nabiz::ui
