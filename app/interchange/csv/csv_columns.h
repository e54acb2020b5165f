// SPDX-License-Identifier: GPL-3.0-or-later
// What the columns of a CSV file of curves are: which one counts (step, else epoch, else the row), which one is the
// time of day, and what the others are called. Pure; any thread.
#pragma once

#include "app/interchange/csv/csv_numbers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

class CsvColumns {
public:
    enum class Role { Metric, Step, Wall, Name, Run, None };
    struct Column {
        Role role = Role::Metric;
        std::string name; // of the metric
        std::string run; // of a panel of W&B, that shows several
    };
    using Row = std::vector<std::string_view>;

    // `sample`: the first rows behind the header; `file`: what names a column that is called `value` and no more.
    CsvColumns(const Row& header, const std::vector<std::vector<std::string>>& sample, char separator,
        const std::string& file);

    const std::vector<Column>& columns() const { return m_columns; }
    // A row is one value, and says of which metric: the column of its name.
    std::optional<std::size_t> nameColumn() const { return m_name; }
    // Rows of several runs under one another: the column that tells them apart.
    std::optional<std::size_t> runColumn() const { return m_run; }
    bool hasStep() const { return m_step.has_value(); }
    std::optional<std::size_t> stepColumn() const { return m_step; }
    std::optional<std::int64_t> step(const Row& row) const;
    double wall(const Row& row) const; // NaN: it has none
    std::optional<double> number(std::string_view cell) const { return m_numbers.number(cell); }
    // A row is what became of one run or model, and no moment of a curve.
    bool isTableOfRuns() const { return m_isOfRuns; }
    // It names columns, and they hold numbers.
    static bool isHeader(const Row& header);

private:
    void chooseStep(const std::vector<std::vector<std::string>>& sample);
    void chooseWall(const std::vector<std::vector<std::string>>& sample);
    void chooseRun(const std::vector<std::vector<std::string>>& sample);
    void splitPanel();
    void nameValue(const std::string& file);
    bool namesRuns(const std::vector<std::vector<std::string>>& sample) const;

    std::vector<Column> m_columns;
    std::optional<std::size_t> m_step, m_wall, m_name, m_run;
    CsvNumbers m_numbers;
    bool m_isOfRuns = false;
};

} // namespace nabiz::app
