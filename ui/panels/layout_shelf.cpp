// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/layout_shelf.h"

#include "ui/panels/ready_panels.h"

#include <algorithm>
#include <utility>

namespace nabiz::ui {

std::vector<PanelLayout> LayoutShelf::all() const
{
    std::vector<PanelLayout> layouts = shippedLayouts();
    layouts.insert(layouts.end(), m_own.begin(), m_own.end());
    return layouts;
}

const PanelLayout* LayoutShelf::find(const QString& name) const
{
    for (const auto* const layouts : { &shippedLayouts(), &m_own }) {
        const auto found
            = std::find_if(layouts->begin(), layouts->end(), [&](const PanelLayout& one) { return one.name == name; });
        if (found != layouts->end()) {
            return &*found;
        }
    }
    return nullptr;
}

std::vector<PanelLayout>::iterator LayoutShelf::place(const QString& name)
{
    return std::lower_bound(m_own.begin(), m_own.end(), name,
        [](const PanelLayout& one, const QString& wanted) { return one.name < wanted; });
}

std::vector<PanelLayout> LayoutShelf::reportedLayouts() const
{
    std::vector<PanelLayout> layouts;
    for (const PanelLayout& layout : all()) {
        if (m_reported.contains(layout.name)) {
            layouts.push_back(layout);
        }
    }
    return layouts;
}

void LayoutShelf::setKept(std::vector<PanelLayout> own, const QStringList& reported)
{
    std::sort(own.begin(), own.end(), [](const PanelLayout& a, const PanelLayout& b) { return a.name < b.name; });
    if (own != m_own || reported != m_reported) {
        m_own = std::move(own);
        m_reported = reported;
        Q_EMIT changed();
    }
}

void LayoutShelf::keep(const PanelLayout& layout)
{
    if (layout.name.isEmpty() || isShippedLayout(layout.name)) {
        return;
    }
    const auto at = place(layout.name);
    if (at != m_own.end() && at->name == layout.name) {
        *at = layout;
    } else {
        m_own.insert(at, layout);
    }
    Q_EMIT edited(layout.name);
    Q_EMIT changed();
}

void LayoutShelf::rename(const QString& name, const QString& other)
{
    const PanelLayout* const found = find(name);
    if (!found || isShippedLayout(name) || find(other) || other.isEmpty()) {
        return;
    }
    PanelLayout layout = *found;
    layout.name = other;
    const bool isReported = m_reported.contains(name);
    remove(name);
    keep(layout);
    setReported(other, isReported);
}

void LayoutShelf::remove(const QString& name)
{
    const auto at = place(name);
    if (at == m_own.end() || at->name != name) {
        return;
    }
    m_own.erase(at);
    Q_EMIT edited(name);
    if (!find(name)) // another window may have kept it
        setReported(name, false);
    Q_EMIT changed();
}

void LayoutShelf::setReported(const QString& name, bool reported)
{
    if (m_reported.contains(name) == reported) {
        return;
    }
    reported ? m_reported.append(name) : void(m_reported.removeAll(name));
    Q_EMIT reportedEdited();
    Q_EMIT changed();
}

QString LayoutShelf::freeName(const QString& name) const
{
    QString free = name;
    for (int number = 2; find(free); ++number) {
        free = QStringLiteral("%1 %2").arg(name).arg(number);
    }
    return free;
}

} // namespace nabiz::ui
