// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_arrangement.h"

#include "ui/models/run_catalog.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace nabiz::ui {

using storage::RunFieldKind;
using storage::RunId;
using storage::RunOverview;

RunArrangement::RunArrangement(const RunCatalog& catalog, const RunColumns& columns)
    : m_catalog(catalog)
    , m_columns(columns)
    , m_collator(
          QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale()) // C knows no numbers in texts
{
    m_collator.setNumericMode(true); // quick-2 before quick-10
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
}

bool RunArrangement::shows(const RunOverview& run) const
{
    return m_filter.matches(RunFilterRow(m_columns, run));
}

RunArrangement::Key RunArrangement::keyOf(const RunOverview& run) const
{
    Key key;
    for (const RunSort& sort : m_sort) {
        Value value;
        const int column = m_columns.indexOf(sort.key);
        if (column >= 0) {
            const auto number = m_columns.number(m_columns.at(column), run);
            const QString text = number ? QString() : m_columns.text(m_columns.at(column), run);
            if (number && !std::isnan(*number)) {
                value = { 0, *number, {} };
            } else if (!text.isEmpty()) {
                value.rank = 1;
                value.text.emplace(m_collator.sortKey(text));
            }
        }
        key.push_back(std::move(value));
    }
    return key;
}

bool RunArrangement::less(const Key& a, const Key& b, RunId first, RunId second) const
{
    for (std::size_t i = 0; i < m_sort.size(); ++i) {
        const Value& x = a[i];
        const Value& y = b[i];
        if (x.rank != y.rank)
            return x.rank < y.rank;
        int order = 0;
        if (x.rank == 0)
            order = x.number < y.number ? -1 : x.number > y.number ? 1 : 0;
        else if (x.rank == 1)
            order = x.text->compare(*y.text);
        if (order != 0)
            return (order < 0) != m_sort[i].isDescending;
    }
    return first > second;
}

bool RunArrangement::less(const RunOverview& a, const RunOverview& b) const
{
    return less(keyOf(a), keyOf(b), a.run.id, b.run.id);
}

void RunArrangement::sortRuns(std::vector<RunId>& runs) const
{
    if (m_sort.empty())
        return; // they came newest first
    std::vector<std::pair<Key, RunId>> keyed;
    keyed.reserve(runs.size());
    for (const RunId run : runs)
        keyed.emplace_back(keyOf(*m_catalog.overview(run)), run);
    std::sort(keyed.begin(), keyed.end(),
        [this](const auto& a, const auto& b) { return less(a.first, b.first, a.second, b.second); });
    std::transform(keyed.begin(), keyed.end(), runs.begin(), [](const auto& item) { return item.second; });
}

// Numbers by their size, before texts; those without a value last.
bool RunArrangement::groupLess(const QString& a, const QString& b) const
{
    bool isNumberA = false, isNumberB = false;
    const double x = a.toDouble(&isNumberA), y = b.toDouble(&isNumberB);
    if (a.isEmpty() || b.isEmpty())
        return !a.isEmpty() && b.isEmpty();
    if (isNumberA != isNumberB)
        return isNumberA;
    if (isNumberA && x != y)
        return x < y;
    const int order = m_collator.compare(a, b);
    return order != 0 ? order < 0 : a < b;
}

QString RunArrangement::groupTitle(const RunColumn& column, const RunOverview& run, const QString& key) const
{
    if (key.isEmpty())
        return QCoreApplication::translate("RunGroup", "none");
    return column.kind == RunFieldKind::List ? key : m_columns.text(column, run);
}

std::vector<RunGroup> RunArrangement::groupsOf(const RunOverview& run) const
{
    const int index = m_groupKey.isEmpty() ? -1 : m_columns.indexOf(m_groupKey);
    if (index < 0)
        return { RunGroup {} };
    const RunColumn& column = m_columns.at(index);
    const QString whole = m_columns.plainText(column, run);
    std::vector<RunGroup> groups;
    if (column.kind == RunFieldKind::List) {
        for (const std::string& tag : run.run.tags) {
            const QString key = QString::fromStdString(tag);
            if (std::none_of(groups.begin(), groups.end(), [&](const RunGroup& group) { return group.key == key; }))
                groups.push_back({ 0, key, groupTitle(column, run, key), {} });
        }
    }
    if (groups.empty())
        groups.push_back({ 0, whole, groupTitle(column, run, whole), {} });
    return groups;
}

std::size_t RunArrangement::placeOf(const std::vector<RunGroup>& groups, const QString& key) const
{
    const auto found
        = std::find_if(groups.begin(), groups.end(), [&](const RunGroup& group) { return group.key == key; });
    if (found != groups.end())
        return static_cast<std::size_t>(found - groups.begin());
    const auto after
        = std::find_if(groups.begin(), groups.end(), [&](const RunGroup& group) { return groupLess(key, group.key); });
    return static_cast<std::size_t>(after - groups.begin());
}

std::size_t RunArrangement::rowFor(const RunOverview& run, const RunGroup& group, std::size_t without) const
{
    std::vector<RunId> others = group.runs;
    if (without < others.size())
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(without));
    const auto place = std::lower_bound(others.begin(), others.end(), run.run.id, [&](RunId other, RunId) {
        const RunOverview* known = m_catalog.overview(other);
        return known && less(*known, run);
    });
    return static_cast<std::size_t>(place - others.begin());
}

bool RunArrangement::isGrouped() const
{
    return !m_groupKey.isEmpty() && m_columns.indexOf(m_groupKey) >= 0;
}

std::vector<RunGroup> RunArrangement::arrange()
{
    std::vector<RunGroup> groups;
    if (!isGrouped())
        groups.push_back({ nextGroupId(), {}, {}, {} });
    std::vector<RunId> runs;
    for (const RunOverview& run : m_catalog.runs()) {
        if (shows(run))
            runs.push_back(run.run.id);
    }
    sortRuns(runs);
    if (!isGrouped()) {
        groups.front().runs = std::move(runs);
        return groups;
    }
    QHash<QString, std::size_t> places;
    for (const RunId run : runs) {
        for (RunGroup& group : groupsOf(*m_catalog.overview(run))) {
            if (!places.contains(group.key)) {
                places.insert(group.key, groups.size());
                group.id = nextGroupId();
                groups.push_back(group);
            }
            groups[places.value(group.key)].runs.push_back(run);
        }
    }
    // Sorted by something, the group stands first whose first run does.
    if (m_sort.empty())
        std::sort(
            groups.begin(), groups.end(), [this](const auto& a, const auto& b) { return groupLess(a.key, b.key); });
    return groups;
}

} // namespace nabiz::ui
