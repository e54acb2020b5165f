// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_range.h"

#include "ui/charts/shape/curve_extent.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace nabiz::ui {

PlotRange::PlotRange(const PlotContent& content)
    : m_content(content)
{
}

// Applies the change and tells what came of it.
template <typename Function> void PlotRange::changeBy(Function function)
{
    const ViewBox before = m_view.box();
    function();
    const ViewBox& box = m_view.box();
    if (box == before) {
        return;
    }
    Q_EMIT changed();
    if (box.x0 != before.x0 || box.x1 != before.x1) {
        Q_EMIT xRangeChanged(axis().valueX(box.x0), axis().valueX(box.x1));
    }
    if (box.following != before.following) {
        Q_EMIT followingChanged(box.following);
    }
}

void PlotRange::contentChanged(bool otherX, bool otherY)
{
    const bool followed = isFollowing();
    update();
    if (otherX) {
        m_view.reset();
        m_view.setLength(0);
    } else if (otherY) {
        m_view.forgetY();
    }
    if (followed != isFollowing()) {
        Q_EMIT followingChanged(isFollowing());
    }
}

void PlotRange::update()
{
    auto extent = xExtent(m_content);
    PlotContent all;
    all.plannedX = m_content.plannedX;
    for (const QPointer<PlotRange>& other : m_linked) {
        if (!other || !m_shared || !other->m_shared) {
            continue;
        }
        all.plannedX = std::max(all.plannedX, other->m_content.plannedX);
        if (const auto theirs = xExtent(other->m_content)) {
            extent = extent
                ? std::pair(std::min(extent->first, theirs->first), std::max(extent->second, theirs->second))
                : *theirs;
        }
    }
    const auto [first, last] = wholeX(all, extent);
    const double end = extent ? extent->second : last;
    if (!m_content.logX) {
        m_view.setWhole(first, last, end);
        return;
    }
    const LogXRange log = wholeLogX(m_content, last);
    m_xZero = log.zero;
    m_view.setWhole(log.low, log.high, end > 0 ? std::log10(end) : log.high);
}

PlotMap PlotRange::axis() const
{
    PlotMap map;
    map.logX = m_content.logX;
    map.xZero = m_xZero;
    map.x0 = m_view.box().x0;
    map.x1 = m_view.box().x1;
    return map;
}

void PlotRange::setFollowedLength(double length)
{
    update();
    changeBy([&] {
        m_view.setLength(length);
        m_view.follow();
    });
    for (const QPointer<PlotRange>& other : m_linked) {
        if (other && m_shared && other->m_shared && other->followedLength() != length) {
            other->setFollowedLength(length);
        }
    }
}

std::pair<double, double> PlotRange::xRange()
{
    update();
    return { axis().valueX(m_view.box().x0), axis().valueX(m_view.box().x1) };
}

void PlotRange::setXRange(double from, double to)
{
    update(); // also of one that is not seen, and has not looked at its data yet
    ViewBox box = m_view.box();
    const double x0 = axis().axisX(from), x1 = axis().axisX(to);
    if (!box.following && box.x0 == x0 && box.x1 == x1) {
        return;
    }
    box.x0 = x0;
    box.x1 = x1;
    change(box, ViewChange::Drag, true);
}

ChartPart PlotRange::part()
{
    update();
    const ViewBox& box = m_view.box();
    return { box.x0, box.x1, box.autoY ? std::nullopt : std::optional(std::pair(box.y0, box.y1)) };
}

void PlotRange::change(const ViewBox& box, ViewChange kind, bool joins)
{
    changeBy([&] { m_view.change(box, kind, joins); });
}

void PlotRange::link(PlotRange& one, PlotRange& other)
{
    for (const auto& [from, to] : { std::pair(&one, &other), std::pair(&other, &one) }) {
        from->m_linked.emplace_back(to);
        const auto followToo = [from = from, to = to] {
            to->m_view.setLength(from->followedLength());
            to->follow();
        };
        connect(from, &PlotRange::xRangeChanged, to, [from = from, to = to, followToo](double x0, double x1) {
            if (from->m_shared && to->m_shared) {
                from->isFollowing() ? followToo() : to->setXRange(x0, x1);
            }
        });
        connect(from, &PlotRange::followingChanged, to, [from = from, to = to, followToo](bool following) {
            if (following && from->m_shared && to->m_shared) {
                followToo();
            }
        });
    }
}

void PlotRange::setShared(bool shared)
{
    if (std::exchange(m_shared, shared) == shared || !shared) {
        return;
    }
    for (const QPointer<PlotRange>& other : m_linked) {
        if (other && other->m_shared) {
            const auto [from, to] = other->xRange();
            other->isFollowing() ? follow() : setXRange(from, to);
            return;
        }
    }
}

void PlotRange::follow()
{
    update();
    changeBy([this] { m_view.follow(); });
}

void PlotRange::showAll()
{
    update();
    changeBy([this] {
        m_view.setLength(0);
        m_view.follow();
    });
}

void PlotRange::fitY()
{
    ViewBox box = m_view.box();
    if (!box.autoY) {
        box.autoY = true;
        change(box, ViewChange::Other, false);
    }
}

void PlotRange::goBack()
{
    changeBy([this] { m_view.back(); });
}

void PlotRange::goForward()
{
    changeBy([this] { m_view.forward(); });
}

} // namespace nabiz::ui
