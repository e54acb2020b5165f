// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/shape/view_range.h"

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr std::size_t kHistory = 100;

} // namespace

void ViewRange::setWhole(double x0, double x1, double dataEnd)
{
    m_whole0 = x0;
    m_whole1 = x1;
    m_dataEnd = dataEnd;
    if (m_box.following) {
        m_box = followed(m_box);
    }
}

void ViewRange::setLength(double length)
{
    m_length = std::isfinite(length) ? std::max(0.0, length) : 0;
    if (m_box.following) {
        m_box = followed(m_box);
    }
}

ViewBox ViewRange::followed(ViewBox box) const
{
    box.x0 = m_whole0;
    box.x1 = m_whole1;
    if (m_length > 0 && m_dataEnd - m_length > m_whole0) {
        box.x0 = m_dataEnd - m_length;
        box.x1 = m_dataEnd;
    }
    return box;
}

// Neither narrower than what doubles can tell apart, nor much wider than the data, nor away from all of them.
ViewBox ViewRange::limited(ViewBox box) const
{
    const double whole = m_whole1 - m_whole0;
    const double least = std::max(1e-6 * whole, 1e-12 * std::max(std::abs(m_whole0), std::abs(m_whole1)));
    double width = std::clamp(box.x1 - box.x0, least, 1.5 * whole);
    double middle = (box.x0 + box.x1) / 2;
    middle = std::clamp(middle, m_whole0, m_whole1);
    if (std::abs(width - (box.x1 - box.x0)) > 1e-12 * width || middle != (box.x0 + box.x1) / 2) {
        box.x0 = middle - width / 2;
        box.x1 = middle + width / 2;
    }
    return box;
}

void ViewRange::change(ViewBox box, ViewChange kind, bool joins)
{
    if (!std::isfinite(box.x0) || !std::isfinite(box.x1) || box.x1 <= box.x0
        || (!box.autoY && !(std::isfinite(box.y0) && std::isfinite(box.y1) && box.y1 > box.y0))) {
        return;
    }
    box = limited(box);
    box.following = false;
    if (box == m_box) {
        return;
    }
    if (!(joins && kind == m_last && !m_past.empty())) {
        m_past.push_back(m_box);
        if (m_past.size() > kHistory) {
            m_past.erase(m_past.begin());
        }
    }
    m_future.clear();
    m_last = kind;
    m_box = box;
}

void ViewRange::follow()
{
    if (m_box.following && m_box.autoY) {
        return;
    }
    m_past.push_back(m_box);
    m_future.clear();
    m_last = ViewChange::Other;
    m_box = followed({});
}

void ViewRange::forgetY()
{
    m_box.autoY = true;
    for (std::vector<ViewBox>* const boxes : { &m_past, &m_future }) {
        for (ViewBox& box : *boxes) {
            box.autoY = true;
        }
    }
}

void ViewRange::reset()
{
    m_past.clear();
    m_future.clear();
    m_box = followed({});
}

bool ViewRange::back()
{
    if (m_past.empty()) {
        return false;
    }
    m_future.push_back(m_box);
    m_box = m_past.back();
    m_past.pop_back();
    m_last = ViewChange::Other;
    setWhole(m_whole0, m_whole1, m_dataEnd);
    return true;
}

bool ViewRange::forward()
{
    if (m_future.empty()) {
        return false;
    }
    m_past.push_back(m_box);
    m_box = m_future.back();
    m_future.pop_back();
    m_last = ViewChange::Other;
    setWhole(m_whole0, m_whole1, m_dataEnd);
    return true;
}

ViewBox ViewRange::zoomedX(ViewBox box, double anchor, double factor)
{
    box.x0 = anchor - (anchor - box.x0) * factor;
    box.x1 = anchor + (box.x1 - anchor) * factor;
    return box;
}

ViewBox ViewRange::zoomedY(ViewBox box, double anchor, double factor)
{
    box.y0 = anchor - (anchor - box.y0) * factor;
    box.y1 = anchor + (box.y1 - anchor) * factor;
    box.autoY = false;
    return box;
}

} // namespace nabiz::ui
