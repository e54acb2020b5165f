// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_view.h"

#include "ui/charts/plot_view_private.h"
#include "ui/widgets/number_text.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr int kRedrawMs = 50; // 20 Hz

} // namespace

PlotView::Private::Private(PlotView& view)
    : q(view)
{
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

PlotFrame PlotView::Private::frame() const
{
    PlotFrame frame;
    frame.size = q.size();
    frame.font = q.font();
    frame.colors = &Theme::colors();
    const ViewBox& box = range.box();
    frame.x0 = box.x0;
    frame.x1 = box.x1;
    frame.whole = box.following;
    frame.autoY = box.autoY;
    frame.y0 = box.y0;
    frame.y1 = box.y1;
    return frame;
}

// Linked plots show one range, hence the longer data of the two.
void PlotView::Private::updateWhole()
{
    auto extent = xExtent(content);
    PlotContent both;
    both.plannedX = content.plannedX;
    if (linked) {
        both.plannedX = std::max(both.plannedX, linked->content().plannedX);
        if (const auto other = xExtent(linked->content())) {
            extent = extent ? std::pair(std::min(extent->first, other->first), std::max(extent->second, other->second))
                            : *other;
        }
    }
    const auto [first, last] = wholeX(both, extent);
    range.setWhole(first, last);
}

QMarginsF PlotView::Private::margins()
{
    updateWhole();
    return renderer.neededMargins(content, frame());
}

void PlotView::Private::render()
{
    const double ratio = q.devicePixelRatioF();
    if (!dirty && qFuzzyCompare(pixmap.devicePixelRatio(), ratio)) {
        return;
    }
    dirty = false;
    grown = false;
    QMarginsF needed = margins();
    if (linked && linked->isVisible()) {
        Private& other = *linked->m_private;
        const QMarginsF theirs = other.margins();
        needed.setLeft(std::max(needed.left(), theirs.left()));
        needed.setRight(std::max(needed.right(), theirs.right()));
        if (std::abs(other.usedLeft - needed.left()) > 0.5 || std::abs(other.usedRight - needed.right()) > 0.5) {
            other.markDirty();
        }
    }
    usedLeft = std::max(needed.left(), leftMargin);
    usedRight = needed.right();
    pixmap = QPixmap((QSizeF(q.size()) * ratio).toSize().expandedTo({ 1, 1 }));
    pixmap.setDevicePixelRatio(ratio);
    PlotFrame frame = this->frame();
    frame.leftMargin = usedLeft;
    frame.rightMargin = usedRight;
    QPainter painter(&pixmap);
    drawn = renderer.draw(painter, content, frame);
    if (!described.isValid() || described.elapsed() > 2000) {
        describe();
    }
}

const PlotCurve* PlotView::Private::mainCurve() const
{
    for (const PlotCurve& curve : content.curves) {
        if (curve.series && !curve.series->empty() && !curve.points) {
            return &curve;
        }
    }
    return nullptr;
}

// For those who cannot see the curves.
void PlotView::Private::describe()
{
    described.start();
    QStringList parts;
    for (const PlotCurve& curve : content.curves) {
        if (!curve.series || curve.series->empty()) {
            continue;
        }
        const std::size_t size = curve.series->size();
        const RunSeries::Extent extent = curve.series->extent(0, size);
        parts.append(
            PlotView::tr("%1: %2 points, last %3, lowest %4, highest %5.")
                .arg(curve.label.isEmpty() ? QString::fromStdString(curve.series->name()) : curve.label,
                    countText(static_cast<qint64>(size)), numberText(curve.series->value(size - 1) * curve.scale),
                    numberText(extent.minimum * curve.scale), numberText(extent.maximum * curve.scale)));
    }
    q.setAccessibleDescription(parts.isEmpty() ? emptyText : parts.join(QLatin1Char(' ')));
}

void PlotView::Private::tell(const ViewBox& before)
{
    const ViewBox& box = range.box();
    if (box == before) {
        return;
    }
    markDirty();
    if (box.x0 != before.x0 || box.x1 != before.x1) {
        Q_EMIT q.xRangeChanged(box.x0, box.x1);
    }
    if (box.following != before.following) {
        Q_EMIT q.followingChanged(box.following);
    }
}

void PlotView::Private::change(const ViewBox& box, ViewChange kind, bool joins)
{
    changeBy([&] { range.change(box, kind, joins); });
}

void PlotView::Private::paintCursor(QPainter& painter)
{
    const PlotMap& map = drawn.map;
    if (!cursor || *cursor < map.x0 || *cursor > map.x1) {
        return;
    }
    QColor color = Theme::colors().text;
    color.setAlphaF(0.65f);
    painter.setPen(QPen(color, 1));
    const double x = std::round(map.pixelX(*cursor)) + 0.5;
    painter.drawLine(QPointF(x, map.area.top()), QPointF(x, map.area.bottom()));
}

void PlotView::Private::paintBox(QPainter& painter)
{
    if (drag != Drag::Box) {
        return;
    }
    QColor color = Theme::colors().accent;
    painter.setPen(QPen(color, 1));
    color.setAlphaF(0.12f);
    painter.setBrush(color);
    painter.drawRect(QRectF(press, current).normalized() & drawn.map.area);
}

PlotView::PlotView(QWidget* parent)
    : QWidget(parent)
    , m_private(std::make_unique<Private>(*this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

PlotView::~PlotView() = default;

void PlotView::setContent(PlotContent content)
{
    Private& d = *m_private;
    const ViewBox before = d.range.box();
    const bool otherUnit = content.xUnit != d.content.xUnit;
    const bool otherAxis = content.logY != d.content.logY;
    d.content = std::move(content);
    d.updateWhole();
    if (otherUnit) {
        d.range.reset();
        d.moveCursor(std::nullopt, true);
    } else if (otherAxis) {
        d.range.forgetY();
    }
    if (accessibleName() != d.content.title) {
        setAccessibleName(d.content.title);
    }
    d.described.invalidate();
    d.markDirty();
    if (before.following != d.range.following()) {
        Q_EMIT followingChanged(d.range.following());
    }
}

const PlotContent& PlotView::content() const
{
    return m_private->content;
}

void PlotView::refresh()
{
    Private& d = *m_private;
    d.grown = true;
    if (isVisible() && !d.timer.isActive()) {
        d.timer.start();
    }
}

void PlotView::showAll()
{
    m_private->updateWhole();
    m_private->changeBy([this] { m_private->range.follow(); });
}

bool PlotView::isFollowing() const
{
    return m_private->range.following();
}

std::pair<double, double> PlotView::xRange() const
{
    m_private->updateWhole();
    return { m_private->range.box().x0, m_private->range.box().x1 };
}

std::pair<double, double> PlotView::yRange() const
{
    m_private->render();
    const PlotMap& map = m_private->drawn.map;
    return { map.valueY(map.y0), map.valueY(map.y1) };
}

QRectF PlotView::plotArea() const
{
    m_private->render();
    return m_private->drawn.map.area;
}

std::optional<double> PlotView::cursorX() const
{
    return m_private->cursor;
}

void PlotView::setEmptyText(const QString& text)
{
    m_private->emptyText = text;
    m_private->described.invalidate();
    m_private->markDirty();
}

int PlotView::setLeftMargin(int pixels)
{
    m_private->leftMargin = pixels;
    m_private->markDirty();
    return static_cast<int>(std::ceil(m_private->margins().left()));
}

void PlotView::link(PlotView& one, PlotView& other)
{
    for (const auto& [from, to] : { std::pair(&one, &other), std::pair(&other, &one) }) {
        from->m_private->linked = to;
        from->m_private->markDirty();
        connect(from, &PlotView::cursorMoved, to, &PlotView::setCursorX);
        connect(from, &PlotView::xRangeChanged, to, [from = from, to = to](double x0, double x1) {
            if (from->isFollowing()) {
                to->follow();
            } else {
                to->setXRange(x0, x1);
            }
        });
        connect(from, &PlotView::followingChanged, to, [to = to](bool following) {
            if (following) {
                to->follow();
            }
        });
    }
}

QSize PlotView::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return { 16 * line, 6 * line };
}

void PlotView::setXRange(double from, double to)
{
    ViewBox box = m_private->range.box();
    if (!box.following && box.x0 == from && box.x1 == to) {
        return;
    }
    box.x0 = from;
    box.x1 = to;
    m_private->change(box, ViewChange::Drag, true);
}

void PlotView::setCursorX(std::optional<double> x)
{
    m_private->moveCursor(x, false);
}

void PlotView::follow()
{
    m_private->updateWhole();
    m_private->changeBy([this] { m_private->range.follow(); });
}

void PlotView::fit()
{
    showAll();
}

void PlotView::goBack()
{
    m_private->changeBy([this] { m_private->range.back(); });
}

void PlotView::goForward()
{
    m_private->changeBy([this] { m_private->range.forward(); });
}

void PlotView::paintEvent(QPaintEvent*)
{
    Private& d = *m_private;
    QPainter painter(this);
    if (std::none_of(d.content.curves.begin(), d.content.curves.end(),
            [](const PlotCurve& curve) { return curve.series && !curve.series->empty(); })
        && !d.emptyText.isEmpty()) {
        painter.fillRect(rect(), Theme::colors().panel);
        painter.setPen(Theme::colors().dim);
        painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, d.emptyText);
        return;
    }
    d.render();
    painter.drawPixmap(0, 0, d.pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    d.paintCursor(painter);
    d.paintBox(painter);
    if (hasFocus() && d.focusByKey) {
        painter.setBrush(Qt::NoBrush);
        QColor color = Theme::colors().accent;
        color.setAlphaF(0.35f);
        painter.setPen(QPen(color, 1));
        painter.drawRect(d.drawn.map.area.adjusted(-0.5, -0.5, 0.5, 0.5));
    }
}

} // namespace nabiz::ui
