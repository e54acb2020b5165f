// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as filters and sorting see them: the names that may be compared and a run's values under them. The window's run
// table and `nabiz runs` take both from here, so that an expression finds the same runs in either. Pure; any thread.
#pragma once

#include "storage/records/records.h"
#include "storage/records/run_fields.h"
#include "trainer/config/filter/filter_expression.h"

#include <string>
#include <vector>

namespace nabiz::ui {

// Of a figure, as in run_fields.h.
trainer::FilterName filterName(storage::RunField field);
trainer::FilterValue filterValue(const storage::RunOverview& run, storage::RunField field);
// Of a parameter's YAML text: without its quotation marks, with its number where it reads as one. Not known when empty.
trainer::FilterValue parameterValue(const std::string& text);
// Name, preset, note and tags, where bare words are looked for.
std::string filterWords(const storage::RunOverview& run);

// Filters and sorts a list at once, for the command line. Numbers before texts, runs without the value last.
class RunQuery {
public:
    explicit RunQuery(storage::ParameterTable parameters);

    const std::vector<trainer::FilterName>& names() const { return m_names; }
    void filter(std::vector<storage::RunOverview>& runs, const trainer::FilterExpression& expression) const;
    // By a place in names().
    void sort(std::vector<storage::RunOverview>& runs, std::size_t name, bool isDescending) const;
    // -1 = there is none; a last part that is unique is enough.
    std::ptrdiff_t find(const std::string& name) const;
    trainer::FilterValue value(const storage::RunOverview& run, std::size_t name) const;

private:
    storage::ParameterTable m_parameters;
    std::vector<trainer::FilterName> m_names; // the figures, then the parameters
};

} // namespace nabiz::ui
