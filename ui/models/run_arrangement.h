// SPDX-License-Identifier: GPL-3.0-or-later
// Which runs the table shows, in which order and in which groups: filter, sort and grouping over the catalog, as plain
// lists of ids. Sorting is stable (newest first where nothing else decides); what has no value stands last, whichever
// way it is sorted. GUI thread.
#pragma once

#include "trainer/config/filter/filter_expression.h"
#include "ui/models/run_columns.h"

#include <QCollator>
#include <optional>
#include <vector>

namespace nabiz::ui {

struct RunSort {
    QString key; // of a column
    bool isDescending = false;
    bool operator==(const RunSort&) const = default;
};

struct RunGroup {
    quint64 id = 0; // never given twice
    QString key; // what its runs have in common, as it is stored; empty = they have no value
    QString title;
    std::vector<storage::RunId> runs;
};

class RunArrangement {
public:
    RunArrangement(const RunCatalog& catalog, const RunColumns& columns);

    void setFilter(trainer::FilterExpression filter) { m_filter = std::move(filter); }
    void setSort(std::vector<RunSort> sort) { m_sort = std::move(sort); }
    const std::vector<RunSort>& sort() const { return m_sort; }
    void setGroupKey(const QString& key) { m_groupKey = key; }
    const QString& groupKey() const { return m_groupKey; }
    bool isGrouped() const; // by a column that there is

    // Of all runs. Without grouping it is one group.
    std::vector<RunGroup> arrange();
    bool shows(const storage::RunOverview& run) const;
    // Of one run: several where it has several tags. Without runs in them.
    std::vector<RunGroup> groupsOf(const storage::RunOverview& run) const;
    bool less(const storage::RunOverview& a, const storage::RunOverview& b) const;
    // Where a group of that key stands or would.
    std::size_t placeOf(const std::vector<RunGroup>& groups, const QString& key) const;
    // Where a run belongs among the others of the group; `without` is its own row now, or the size.
    std::size_t rowFor(const storage::RunOverview& run, const RunGroup& group, std::size_t without) const;
    quint64 nextGroupId() { return ++m_lastGroup; }

private:
    struct Value {
        int rank = 2; // number, text, none
        double number = 0;
        std::optional<QCollatorSortKey> text;
    };
    using Key = std::vector<Value>;

    Key keyOf(const storage::RunOverview& run) const;
    bool less(const Key& a, const Key& b, storage::RunId first, storage::RunId second) const;
    void sortRuns(std::vector<storage::RunId>& runs) const;
    bool groupLess(const QString& a, const QString& b) const;
    QString groupTitle(const RunColumn& column, const storage::RunOverview& run, const QString& key) const;

    const RunCatalog& m_catalog;
    const RunColumns& m_columns;
    trainer::FilterExpression m_filter;
    std::vector<RunSort> m_sort;
    QString m_groupKey;
    QCollator m_collator;
    quint64 m_lastGroup = 0;
};

} // namespace nabiz::ui
