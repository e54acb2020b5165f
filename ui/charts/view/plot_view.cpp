// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_view.h"

#include "ui/charts/view/chart_accessible.h"
#include "ui/charts/view/plot_view_private.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nabiz::ui {

PlotView::PlotView(QWidget* parent)
    : QWidget(parent)
    , m_private(std::make_unique<Private>(*this))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
    makeAccessibleChart(*this);
}

PlotView::~PlotView() = default;

void PlotView::setContent(PlotContent content)
{
    Private& d = *m_private;
    const ViewBox before = d.range.box();
    const bool otherUnit = content.xUnit != d.content.xUnit || content.logX != d.content.logX;
    const bool otherAxis = content.logY != d.content.logY;
    d.content = std::move(content);
    d.content.logX = d.content.logX && d.content.xUnit != XUnit::WallTime;
    d.updateWhole();
    if (otherUnit) {
        d.range.reset();
        d.range.setLength(0);
        d.moveCursor(std::nullopt, true);
        d.movePin(0, std::nullopt, true);
        d.movePin(1, std::nullopt, true);
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
    m_private->changeBy([this] {
        m_private->range.setLength(0);
        m_private->range.follow();
    });
}

bool PlotView::isFollowing() const
{
    return m_private->range.following();
}

void PlotView::setFollowedLength(double length)
{
    m_private->updateWhole();
    m_private->changeBy([&] {
        m_private->range.setLength(length);
        m_private->range.follow();
    });
    for (const QPointer<PlotView>& other : m_private->linked) {
        if (other && m_private->sharesRange && other->m_private->sharesRange && other->followedLength() != length) {
            other->setFollowedLength(length);
        }
    }
}

double PlotView::followedLength() const
{
    return m_private->range.length();
}

std::pair<double, double> PlotView::xRange() const
{
    m_private->updateWhole();
    return { m_private->toValue(m_private->range.box().x0), m_private->toValue(m_private->range.box().x1) };
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

ChartPart PlotView::part() const
{
    m_private->updateWhole();
    const ViewBox& box = m_private->range.box();
    return { box.x0, box.x1, box.autoY ? std::nullopt : std::optional(std::pair(box.y0, box.y1)) };
}

std::optional<double> PlotView::cursorX() const
{
    return m_private->cursor;
}

std::optional<double> PlotView::pin(int which) const
{
    return m_private->pins.at(static_cast<std::size_t>(which));
}

QString PlotView::notice() const
{
    m_private->render();
    const PlotDrawn& drawn = m_private->drawn;
    QStringList parts { countNotice(drawn) };
    if (!drawn.notes.isEmpty()) {
        parts.append(drawn.notes);
    }
    return parts.join(QStringLiteral(" · "));
}

std::vector<PlotReading> PlotView::readings(double x) const
{
    return readingsAt(m_private->content, x, m_private->renderer.smoothed());
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

void PlotView::setHighlighted(std::optional<qint64> key)
{
    if (m_private->highlighted != key) {
        m_private->highlighted = key;
        m_private->markDirty();
    }
}

void PlotView::setValuesShown(bool shown)
{
    if (m_private->valuesShown != shown) {
        m_private->valuesShown = shown;
        update();
        Q_EMIT valuesShownChanged(shown);
    }
}

void PlotView::link(PlotView& one, PlotView& other)
{
    for (const auto& [from, to] : { std::pair(&one, &other), std::pair(&other, &one) }) {
        from->m_private->linked.emplace_back(to);
        from->m_private->markDirty();
        connect(from, &PlotView::cursorMoved, to, &PlotView::setCursorX);
        connect(from, &PlotView::pinMoved, to, &PlotView::setPin);
        const auto together
            = [from = from, to = to] { return from->m_private->sharesRange && to->m_private->sharesRange; };
        connect(from, &PlotView::xRangeChanged, to, [from = from, to = to, together](double x0, double x1) {
            if (!together()) {
                return;
            }
            if (from->isFollowing()) {
                to->m_private->range.setLength(from->followedLength());
                to->follow();
            } else {
                to->setXRange(x0, x1);
            }
        });
        connect(from, &PlotView::followingChanged, to, [from = from, to = to, together](bool following) {
            if (following && together()) {
                to->m_private->range.setLength(from->followedLength());
                to->follow();
            }
        });
    }
}

void PlotView::setSharesRange(bool shares)
{
    if (std::exchange(m_private->sharesRange, shares) == shares || !shares) {
        return;
    }
    for (const QPointer<PlotView>& other : m_private->linked) {
        if (other && other->m_private->sharesRange) {
            const auto [from, to] = other->xRange();
            other->isFollowing() ? follow() : setXRange(from, to);
            return;
        }
    }
}

QSize PlotView::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return { 16 * line, 6 * line };
}

void PlotView::setXRange(double from, double to)
{
    m_private->updateWhole(); // also of one that is not seen, and has not looked at its data yet
    ViewBox box = m_private->range.box();
    const double x0 = m_private->toAxis(from), x1 = m_private->toAxis(to);
    if (!box.following && box.x0 == x0 && box.x1 == x1) {
        return;
    }
    box.x0 = x0;
    box.x1 = x1;
    m_private->change(box, ViewChange::Drag, true);
}

void PlotView::setCursorX(std::optional<double> x)
{
    m_private->moveCursor(x, false);
}

void PlotView::setPin(int which, std::optional<double> x)
{
    m_private->movePin(which, x, true);
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

void PlotView::fitY()
{
    ViewBox box = m_private->range.box();
    if (box.autoY) {
        return;
    }
    box.autoY = true;
    m_private->change(box, ViewChange::Other, false);
}

void PlotView::goBack()
{
    m_private->changeBy([this] { m_private->range.back(); });
}

void PlotView::goForward()
{
    m_private->changeBy([this] { m_private->range.forward(); });
}

void PlotView::copyValues()
{
    const Private& d = *m_private;
    const double x = d.cursor.value_or(xRange().second);
    QGuiApplication::clipboard()->setText(readingsAsText(d.content, readings(x)));
}

} // namespace nabiz::ui
