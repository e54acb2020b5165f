// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/run_filter.h"

#include "trainer/base/fold_case.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <tuple>

namespace nabiz::ui {

using storage::RunField;
using storage::RunFieldKind;
using storage::RunOverview;
using trainer::FilterKind;

namespace {

FilterKind filterKind(RunFieldKind kind)
{
    switch (kind) {
    case RunFieldKind::Number:
    case RunFieldKind::Count:
        return FilterKind::Number;
    case RunFieldKind::Bytes:
        return FilterKind::Bytes;
    case RunFieldKind::Seconds:
        return FilterKind::Seconds;
    case RunFieldKind::Time:
        return FilterKind::Time;
    case RunFieldKind::Flag:
        return FilterKind::Flag;
    case RunFieldKind::List:
        return FilterKind::List;
    case RunFieldKind::Text:
        break;
    }
    return FilterKind::Text;
}

class QueryRow : public trainer::FilterRow {
public:
    QueryRow(const RunQuery& query, const RunOverview& run)
        : m_query(query)
        , m_run(run)
    {
    }
    trainer::FilterValue value(std::size_t name) const override { return m_query.value(m_run, name); }
    std::string words() const override { return filterWords(m_run); }

private:
    const RunQuery& m_query;
    const RunOverview& m_run;
};

} // namespace

trainer::FilterName filterName(RunField field)
{
    const storage::RunFieldRow& row = storage::row(field);
    trainer::FilterName name { std::string(row.key), filterKind(row.kind) };
    if (field == RunField::Status) {
        for (int status = 0; status <= static_cast<int>(storage::RunStatus::Reference); ++status)
            name.choices.emplace_back(storage::name(static_cast<storage::RunStatus>(status)));
    }
    return name;
}

trainer::FilterValue filterValue(const RunOverview& run, RunField field)
{
    trainer::FilterValue value;
    const RunFieldKind kind = storage::row(field).kind;
    if (kind == RunFieldKind::Text || kind == RunFieldKind::List) {
        value.text = storage::fieldText(run, field);
        value.known = true; // an empty text is one
    } else if (const auto number = storage::fieldNumber(run, field)) {
        value.number = *number;
        value.isNumber = value.known = true;
    }
    return value;
}

trainer::FilterValue parameterValue(const std::string& text)
{
    trainer::FilterValue value;
    value.known = !text.empty();
    const bool isQuoted
        = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    value.text = isQuoted ? text.substr(1, text.size() - 2) : text;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value.number);
    value.isNumber = value.known && error == std::errc() && rest == end;
    return value;
}

std::string filterWords(const RunOverview& run)
{
    return run.run.name + '\n' + run.run.preset + '\n' + run.run.note + '\n' + storage::fieldText(run, RunField::Tag);
}

RunQuery::RunQuery(storage::ParameterTable parameters)
    : m_parameters(std::move(parameters))
{
    for (const storage::RunFieldRow& row : storage::runFields())
        m_names.push_back(filterName(row.field));
    for (const std::string& key : m_parameters.keys)
        m_names.push_back({ key });
}

trainer::FilterValue RunQuery::value(const RunOverview& run, std::size_t name) const
{
    const std::size_t fields = storage::runFields().size();
    if (name < fields)
        return filterValue(run, storage::runFields()[name].field);
    const auto found = m_parameters.runs.find(run.run.id);
    const std::size_t key = name - fields;
    if (found == m_parameters.runs.end() || key >= found->second.size())
        return {};
    return parameterValue(m_parameters.texts[found->second[key]]);
}

void RunQuery::filter(std::vector<RunOverview>& runs, const trainer::FilterExpression& expression) const
{
    std::erase_if(runs, [&](const RunOverview& run) { return !expression.matches(QueryRow(*this, run)); });
}

std::ptrdiff_t RunQuery::find(const std::string& name) const
{
    std::ptrdiff_t found = -1;
    for (std::size_t place = 0; place < m_names.size(); ++place) {
        if (m_names[place].name == name)
            return static_cast<std::ptrdiff_t>(place);
        if (m_names[place].name.ends_with('.' + name))
            found = found == -1 ? static_cast<std::ptrdiff_t>(place) : -2;
    }
    return std::max<std::ptrdiff_t>(found, -1);
}

void RunQuery::sort(std::vector<RunOverview>& runs, std::size_t name, bool isDescending) const
{
    struct Key {
        int rank;
        double number;
        std::string text;
    };
    std::vector<Key> keys;
    for (const RunOverview& run : runs) {
        const trainer::FilterValue found = value(run, name);
        const bool isNumber = found.isNumber && !std::isnan(found.number);
        const int rank = isNumber ? 0 : found.known && !found.text.empty() ? 1 : 2;
        keys.push_back(
            { rank, isNumber ? found.number : 0, rank == 1 ? trainer::foldCase(found.text) : std::string() });
    }
    std::vector<std::size_t> order(runs.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (keys[a].rank != keys[b].rank)
            return keys[a].rank < keys[b].rank;
        const auto values = [](const Key& key) { return std::tie(key.number, key.text); };
        return isDescending ? values(keys[b]) < values(keys[a]) : values(keys[a]) < values(keys[b]);
    });
    std::vector<RunOverview> sorted;
    for (const std::size_t place : order)
        sorted.push_back(std::move(runs[place]));
    runs = std::move(sorted);
}

} // namespace nabiz::ui
