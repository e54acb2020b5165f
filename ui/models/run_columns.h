// SPDX-License-Identifier: GPL-3.0-or-later
// What the run table can show, sort, group and filter by: the figures of storage/records/run_fields.h and every
// parameter of every run, with their titles, units and values as people read them. GUI thread.
#pragma once

#include "storage/records/run_fields.h"
#include "trainer/config/filter/filter_expression.h"

#include <QString>
#include <optional>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

struct RunColumn {
    QString key; // as in filters and exports
    storage::RunFieldKind kind = storage::RunFieldKind::Text;
    std::optional<storage::RunField> field; // or else a parameter,
    std::size_t parameter = 0; // at this place of RunCatalog::parameters()
    bool isNumber() const;
};

class RunColumns {
public:
    explicit RunColumns(const RunCatalog& catalog);

    // Adds those of new parameters; the others keep their places. The first is the name.
    void update();
    const std::vector<RunColumn>& all() const { return m_columns; }
    const RunColumn& at(int column) const { return m_columns[static_cast<std::size_t>(column)]; }
    int size() const { return static_cast<int>(m_columns.size()); }
    int indexOf(const QString& key) const; // -1 = none
    int indexOf(storage::RunField field) const;

    QString title(const RunColumn& column) const; // with its unit
    QString help(const RunColumn& column) const;
    // As it is shown; empty where there is none.
    QString text(const RunColumn& column, const storage::RunOverview& run) const;
    // In the C locale, in full, on one line: for the clipboard.
    QString plainText(const RunColumn& column, const storage::RunOverview& run) const;
    std::optional<double> number(const RunColumn& column, const storage::RunOverview& run) const;
    std::string string(const RunColumn& column, const storage::RunOverview& run) const;

    // Of a column that is a parameter; nullptr where the run has none.
    const trainer::FilterValue* parameter(const RunColumn& column, storage::RunId run) const;

    // In the order of the columns.
    std::vector<trainer::FilterName> filterNames() const;

private:
    const RunCatalog& m_catalog;
    std::vector<RunColumn> m_columns;
};

// A run as a filter sees it.
class RunFilterRow : public trainer::FilterRow {
public:
    RunFilterRow(const RunColumns& columns, const storage::RunOverview& run)
        : m_columns(columns)
        , m_run(run)
    {
    }
    trainer::FilterValue value(std::size_t name) const override;
    std::string words() const override;

private:
    const RunColumns& m_columns;
    const storage::RunOverview& m_run;
};

} // namespace nabiz::ui
