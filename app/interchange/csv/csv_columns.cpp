// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/csv/csv_columns.h"
#include "app/interchange/stores/source_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

namespace nabiz::app {

namespace {

using Sample = std::vector<std::vector<std::string>>;

// In the order in which they are preferred.
constexpr std::array<std::string_view, 22> kSteps { "step", "_step", "global_step", "trainer/global_step",
    "global step", "steps", "iteration", "iterations", "iter", "it", "update", "batch", "schritt", "adım", "adim",
    "étape", "paso", "passo", "n_iter", "epoch", "epochs", "epoche" };
constexpr std::array<std::string_view, 12> kWalls { "wall time", "wall_time", "walltime", "_timestamp", "timestamp",
    "timestamps", "datetime", "date", "time", "created_at", "zeit", "zaman" };
constexpr std::array<std::string_view, 3> kOwnOfWandb { "_step", "_runtime", "_timestamp" };
constexpr std::array<std::string_view, 14> kRuns { "name", "run", "run name", "run_name", "run id", "run_id",
    "run_uuid", "id", "trial", "trial_id", "model", "experiment", "experiment_name", "experiment name" };
constexpr std::string_view kJoint = " - ";

std::string lower(std::string_view text)
{
    std::string folded(text);
    for (char& letter : folded)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    return folded;
}

std::optional<double> timeOf(std::string_view cell)
{
    if (const auto number = sourceNumber(cell)) {
        constexpr double kEarliest = 6e8; // 1989: what is less counts from a start
        if (*number > kEarliest && *number < 1e11)
            return number;
        if (*number > kEarliest * 1000 && *number < 1e14)
            return *number / 1000; // ms
        return std::nullopt;
    }
    return isoTime(cell);
}

template <typename Test> bool holdsInAll(const Sample& sample, std::size_t column, Test test)
{
    std::size_t filled = 0;
    for (const auto& row : sample) {
        if (column >= row.size() || row[column].empty())
            continue;
        ++filled;
        if (!test(std::string_view(row[column])))
            return false;
    }
    return filled > 0;
}

} // namespace

bool CsvColumns::isHeader(const Row& header)
{
    std::size_t names = 0;
    for (const auto cell : header) {
        if (sourceNumber(cell))
            return false;
        names += cell.empty() ? 0 : 1;
    }
    return names >= 2;
}

CsvColumns::CsvColumns(const Row& header, const Sample& sample, char separator, const std::string& file)
    : m_numbers(sample, separator)
{
    for (const auto cell : header)
        m_columns.push_back({ cell.empty() ? Role::None : Role::Metric, std::string(cell), {} });
    chooseStep(sample);
    chooseWall(sample);
    splitPanel();
    nameValue(file);
    chooseRun(sample);
    m_isOfRuns = !m_step && !m_name && !sample.empty() && namesRuns(sample);
}

void CsvColumns::chooseStep(const Sample& sample)
{
    // A row or two without a whole number in it are damaged, and it counts all the same.
    const auto isCount = [&](std::size_t column) {
        std::size_t filled = 0, whole = 0;
        for (const auto& row : sample) {
            filled += column < row.size() && !row[column].empty() ? 1 : 0;
            whole += column < row.size() && m_numbers.step(row[column]) ? 1 : 0;
        }
        return sample.empty() || (whole > 0 && whole * 2 >= filled);
    };
    for (const auto name : kSteps) {
        for (std::size_t i = 0; i < m_columns.size() && !m_step; ++i) {
            if (lower(m_columns[i].name) == name && isCount(i))
                m_step = i;
        }
    }
    // What counts upward in the first place counts, whatever it is called.
    if (!m_step && sample.size() > 1 && !m_columns.empty()) {
        double last = -std::numeric_limits<double>::infinity();
        const bool rises = std::all_of(sample.begin(), sample.end(), [&](const auto& row) {
            const auto value = row.empty() ? std::nullopt : m_numbers.step(row.front());
            const bool isNext = value && static_cast<double>(*value) > last && !timeOf(row.front());
            last = value ? static_cast<double>(*value) : last;
            return isNext;
        });
        if (rises)
            m_step = 0;
    }
    if (m_step)
        m_columns[*m_step].role = Role::Step;
}

void CsvColumns::chooseWall(const Sample& sample)
{
    for (const auto name : kWalls) {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (m_columns[i].role != Role::Metric || lower(m_columns[i].name) != name
                || !holdsInAll(sample, i, [](std::string_view cell) { return timeOf(cell).has_value(); }))
                continue;
            m_columns[i].role = m_wall ? Role::None : Role::Wall;
            m_wall = m_wall.value_or(i);
        }
    }
}

// Several runs under one another, in the order of time: a value of this column is a run. Names of which each row has
// another tell rows apart, and no runs.
void CsvColumns::chooseRun(const Sample& sample)
{
    constexpr std::array<std::string_view, 3> kOthers { "seed", "fold", "rank" };
    constexpr std::array<std::string_view, 6> kNamesOfRuns { "run", "run name", "run_name", "run id", "run_id",
        "run_uuid" };
    const auto isNamed = [&](const auto& names, std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (std::size_t i = 0; i < m_columns.size() && m_step && !m_run; ++i) {
        const auto name = lower(m_columns[i].name);
        if (m_columns[i].role == Role::Step || (!isNamed(kRuns, name) && !isNamed(kOthers, name)))
            continue;
        std::set<std::string> values;
        std::set<std::pair<std::string, std::string>> moments; // step and name of the metric
        bool isMomentTwice = false;
        for (const auto& row : sample) {
            if (i >= row.size() || row[i].empty() || *m_step >= row.size())
                continue;
            values.insert(row[i]);
            isMomentTwice
                = !moments.emplace(row[*m_step], m_name && *m_name < row.size() ? row[*m_name] : std::string()).second
                || isMomentTwice;
        }
        if ((values.size() > 1 && isMomentTwice) || (!values.empty() && isNamed(kNamesOfRuns, name)))
            m_run = i;
    }
    if (m_run)
        m_columns[*m_run].role = Role::Run;
}

// "RUN - METRIC", with __MIN and __MAX beside it.
void CsvColumns::splitPanel()
{
    const auto isMetric = [](const Column& column) { return column.role == Role::Metric; };
    const bool isPanel = std::any_of(m_columns.begin(), m_columns.end(), isMetric)
        && std::all_of(m_columns.begin(), m_columns.end(),
            [&](const Column& column) { return !isMetric(column) || column.name.find(kJoint) != std::string::npos; });
    for (Column& column : m_columns) {
        if (!isMetric(column))
            continue;
        if (isPanel) {
            const auto joint = column.name.rfind(kJoint);
            column.run = column.name.substr(0, joint);
            column.name.erase(0, joint + kJoint.size());
            if (column.name.ends_with("__MIN") || column.name.ends_with("__MAX"))
                column.role = Role::None;
        }
        if (std::find(kOwnOfWandb.begin(), kOwnOfWandb.end(), column.name) != kOwnOfWandb.end())
            column.role = Role::None;
    }
}

// An export of one curve has a column `value`, and its file's name says of what: TensorBoard's run-RUN-tag-TAG.csv. One
// of many has the name beside it.
void CsvColumns::nameValue(const std::string& file)
{
    constexpr std::string_view kTag = "-tag-";
    std::optional<std::size_t> value, name;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].role != Role::Metric)
            continue;
        const auto folded = lower(m_columns[i].name);
        if (folded == "value" && !value)
            value = i;
        else if ((folded == "key" || folded == "metric" || folded == "tag") && !name)
            name = i;
        else if (folded != "run" && folded != "run_id" && folded != "run_uuid")
            return;
    }
    if (!value)
        return;
    const auto tag = file.rfind(kTag);
    m_columns[*value].name = tag == std::string::npos ? file : file.substr(tag + kTag.size());
    m_name = name;
    if (name)
        m_columns[*name].role = Role::Name;
}

// A word in each row, another in each: the row is what became of that one.
bool CsvColumns::namesRuns(const Sample& sample) const
{
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (std::find(kRuns.begin(), kRuns.end(), lower(m_columns[i].name)) == kRuns.end())
            continue;
        std::set<std::string> names;
        for (const auto& row : sample)
            names.insert(i < row.size() && !m_numbers.number(row[i]) ? row[i] : std::string());
        if (names.size() == sample.size() && !names.contains({}))
            return true;
    }
    return false;
}

std::optional<std::int64_t> CsvColumns::step(const Row& row) const
{
    return m_step && *m_step < row.size() ? m_numbers.step(row[*m_step]) : std::nullopt;
}

double CsvColumns::wall(const Row& row) const
{
    if (!m_wall || *m_wall >= row.size())
        return storage::kNoWallTime;
    return timeOf(row[*m_wall]).value_or(storage::kNoWallTime);
}

} // namespace nabiz::app
