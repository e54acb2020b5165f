// SPDX-License-Identifier: GPL-3.0-or-later
// How a plot keeps its picture and its view in step with its content.
#include "ui/charts/view/plot_view_private.h"

#include "ui/charts/render/plot_text.h"
#include "ui/text/number_text.h"

#include <QAccessible>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr int kRedrawMs = 50; // 20 Hz
constexpr double kLongestSide = 32'000; // what a picture may be painted on
constexpr double kMostPixels = 1e8; // of a picture, 400 MB: of a wider plot it is drawn coarser
constexpr std::size_t kSmoothedAtOnce = 600'000; // samples: some 15 ms

} // namespace

PlotView::Private::Private(PlotView& view)
    : q(view)
{
    renderer.smoothed().setBudget(kSmoothedAtOnce);
    timer.setSingleShot(true);
    timer.setInterval(kRedrawMs);
    QObject::connect(&timer, &QTimer::timeout, &q, [this] {
        if (std::exchange(grown, false)) {
            markDirty();
        }
    });
}

void PlotView::Private::markDirty()
{
    dirty = true;
    q.update();
}

double PlotView::Private::toAxis(double x) const
{
    PlotMap map;
    map.logX = content.logX;
    map.xZero = xZero;
    return map.axisX(x);
}

double PlotView::Private::toValue(double x) const
{
    PlotMap map;
    map.logX = content.logX;
    map.xZero = xZero;
    return map.valueX(x);
}

PlotFrame PlotView::Private::frame() const
{
    PlotFrame frame;
    frame.size = q.size();
    frame.font = q.font();
    frame.colors = &Theme::colors();
    frame.highlighted = highlighted;
    const ViewBox& box = range.box();
    frame.x0 = box.x0;
    frame.x1 = box.x1;
    frame.xZero = xZero;
    frame.whole = box.following;
    frame.autoY = box.autoY;
    frame.y0 = box.y0;
    frame.y1 = box.y1;
    return frame;
}

// Linked plots show one range, hence the longer data of all.
void PlotView::Private::updateWhole()
{
    auto extent = xExtent(content);
    PlotContent all;
    all.plannedX = content.plannedX;
    for (const QPointer<PlotView>& other : linked) {
        if (!other || !sharesRange || !other->m_private->sharesRange) {
            continue;
        }
        all.plannedX = std::max(all.plannedX, other->content().plannedX);
        if (const auto theirs = xExtent(other->content())) {
            extent = extent
                ? std::pair(std::min(extent->first, theirs->first), std::max(extent->second, theirs->second))
                : *theirs;
        }
    }
    const auto [first, last] = wholeX(all, extent);
    const double end = extent ? extent->second : last;
    if (!content.logX) {
        range.setWhole(first, last, end);
        return;
    }
    const LogXRange log = wholeLogX(content, last);
    xZero = log.zero;
    range.setWhole(log.low, log.high, end > 0 ? std::log10(end) : log.high);
}

QMarginsF PlotView::Private::margins()
{
    updateWhole();
    return renderer.neededMargins(content, frame());
}

void PlotView::Private::render()
{
    const double ratio = q.devicePixelRatioF();
    if (!dirty && qFuzzyCompare(drawnFor, ratio)) {
        return;
    }
    dirty = false;
    grown = false;
    renderer.smoothed().setBudget(kSmoothedAtOnce);
    QMarginsF needed = margins();
    for (const QPointer<PlotView>& view : linked) {
        if (!view || !view->isVisible()) {
            continue;
        }
        Private& other = *view->m_private;
        const QMarginsF theirs = other.margins();
        needed.setLeft(std::max(needed.left(), theirs.left()));
        needed.setRight(std::max(needed.right(), theirs.right()));
    }
    usedLeft = std::max(needed.left(), leftMargin);
    usedRight = needed.right();
    for (const QPointer<PlotView>& view : linked) {
        if (view && view->isVisible()
            && (std::abs(view->m_private->usedLeft - usedLeft) > 0.5
                || std::abs(view->m_private->usedRight - usedRight) > 0.5)) {
            view->m_private->markDirty();
        }
    }
    const QSizeF size = QSizeF(q.size()).expandedTo({ 1, 1 });
    const double fits = std::min({ 1.0, std::sqrt(kMostPixels / (size.width() * size.height() * ratio * ratio)),
        kLongestSide / (std::max(size.width(), size.height()) * ratio) });
    pixmap = QPixmap((size * ratio * fits).toSize().expandedTo({ 1, 1 }));
    pixmap.setDevicePixelRatio(ratio * fits);
    drawnFor = ratio;
    PlotFrame frame = this->frame();
    frame.leftMargin = usedLeft;
    frame.rightMargin = usedRight;
    QPainter painter(&pixmap);
    const bool first = drawn.total == 0;
    drawn = renderer.draw(painter, content, frame);
    if (drawn.unfinished) {
        QTimer::singleShot(0, &q, [this] { markDirty(); }); // the rest of the averages
    }
    if (first || !described.isValid() || described.elapsed() > 2000) {
        describe();
    }
}

const PlotCurve* PlotView::Private::mainCurve() const
{
    const PlotCurve* any = nullptr;
    for (const PlotCurve& curve : content.curves) {
        if (isDrawn(curve) && !curve.points && !curve.reference) {
            return &curve;
        }
        any = !any && isDrawn(curve) ? &curve : any;
    }
    return any;
}

double PlotView::Private::atSample(double x) const
{
    const PlotCurve* const curve = mainCurve();
    if (!curve) {
        return x;
    }
    const RunSeries& series = curve->series->inOrder(curve->x);
    const std::size_t i = series.lastAtOrBefore(x, curve->x);
    return i == series.size() ? x : series.x(i, curve->x);
}

bool PlotView::Private::isEmpty() const
{
    return std::none_of(content.curves.begin(), content.curves.end(),
        [](const PlotCurve& curve) { return curve.series && !curve.series->empty(); });
}

// For those who cannot see the curves.
void PlotView::Private::describe()
{
    described.start();
    QStringList parts;
    for (const PlotCurve& curve : content.curves) {
        if (!isDrawn(curve)) {
            continue;
        }
        const std::size_t size = curve.series->size();
        const RunSeries::Extent extent = curve.series->extent(0, size);
        parts.append(PlotView::tr("%1: %2 points, last %3, lowest %4, highest %5.")
                         .arg(nameOf(curve), countText(static_cast<qint64>(curve.series->total())),
                             numberText(curve.series->value(size - 1) * curve.scale),
                             numberText(extent.minimum * curve.scale), numberText(extent.maximum * curve.scale)));
    }
    if (!parts.isEmpty()) {
        if (const QString notice = countNotice(drawn); !notice.isEmpty()) {
            parts.append(PlotView::tr("Visible: %1.").arg(notice));
        }
        if (cursor) {
            for (const PlotReading& reading : readingsAt(content, *cursor, renderer.smoothed())) {
                parts.prepend(PlotView::tr("At %1 %2: %3.")
                                  .arg(xText(reading.x, content.xUnit), nameOf(content.curves[reading.curve]),
                                      numberText(reading.value, 5)));
            }
        }
        parts.append(PlotView::tr("T shows the values as a table."));
    }
    const QString text = parts.isEmpty() ? emptyText : parts.join(QLatin1Char(' '));
    if (text != q.accessibleDescription()) {
        q.setAccessibleDescription(text);
        QAccessibleEvent changed(&q, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
}

void PlotView::Private::tell(const ViewBox& before)
{
    const ViewBox& box = range.box();
    if (box == before) {
        return;
    }
    markDirty();
    if (box.x0 != before.x0 || box.x1 != before.x1) {
        Q_EMIT q.xRangeChanged(toValue(box.x0), toValue(box.x1));
    }
    if (box.following != before.following) {
        Q_EMIT q.followingChanged(box.following);
    }
}

void PlotView::Private::change(const ViewBox& box, ViewChange kind, bool joins)
{
    changeBy([&] { range.change(box, kind, joins); });
}

} // namespace nabiz::ui
