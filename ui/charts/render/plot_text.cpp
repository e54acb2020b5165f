// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/plot_text.h"

#include "ui/charts/shape/curve_extent.h"
#include "ui/text/number_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

QString placeText(double value)
{
    return std::abs(value - std::round(value)) < 1e-9 && std::abs(value) < 1e15 ? countText(std::llround(value))
                                                                                : numberText(value, 5);
}

} // namespace

QString xUnitName(XUnit unit)
{
    switch (unit) {
    case XUnit::Batch:
        return tr("batch");
    case XUnit::Step:
        return tr("step");
    case XUnit::Epoch:
        return tr("epoch");
    case XUnit::Time:
        return tr("time");
    case XUnit::TimeWithPauses:
        return tr("time with pauses");
    case XUnit::WallTime:
        return tr("date and time");
    }
    return {};
}

QString smoothingName(Smoothing smoothing)
{
    switch (smoothing.kind) {
    case SmoothingKind::None:
        return tr("no smoothing");
    case SmoothingKind::Mean:
        return tr("mean of %1 batches").arg(countText(std::llround(smoothing.amount)));
    case SmoothingKind::Exponential:
        return tr("exponential, %1").arg(QLocale().toString(smoothing.amount, 'g', 3));
    }
    return {};
}

void sayHowSmooth(PlotContent& content)
{
    if (std::any_of(content.curves.begin(), content.curves.end(), [&content](const PlotCurve& curve) {
            return isDrawn(curve) && isSmoothed(curve, content) && !curve.series->isPreview();
        })) {
        content.notes.prepend(smoothingName(content.smoothing));
    }
}

QString markName(MarkKind kind)
{
    switch (kind) {
    case MarkKind::Evaluation:
        return tr("evaluation");
    case MarkKind::Checkpoint:
        return tr("checkpoint");
    case MarkKind::Resume:
        return tr("went on after a pause");
    case MarkKind::RateChange:
        return tr("change of the learning rate");
    case MarkKind::Warning:
        return tr("warning");
    }
    return {};
}

QString xText(double x, XUnit unit)
{
    if (unit == XUnit::WallTime) {
        const QDateTime when = QDateTime::fromMSecsSinceEpoch(std::llround(x * 1000));
        return QLocale().toString(when, QStringLiteral("d MMM HH:mm:ss"));
    }
    return isTime(unit) ? durationText(x) : placeText(x);
}

QString xLengthText(double length, XUnit unit)
{
    return isTime(unit) ? durationText(length) : placeText(length);
}

} // namespace nabiz::ui
