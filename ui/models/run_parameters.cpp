// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_parameters.h"

#include "trainer/config/parameters/parameter_table.h"
#include "ui/analysis/run_filter.h"

#include <algorithm>

namespace nabiz::ui {

RunParameters::RunParameters()
{
    for (const trainer::Parameter& parameter : trainer::parameterTable())
        m_keys.emplace_back(parameter.key);
    clear();
}

void RunParameters::clear()
{
    m_texts.assign(1, {});
    m_numbers = { { {}, 0 } };
    m_runs.clear();
}

const trainer::FilterValue* RunParameters::value(storage::RunId run, std::size_t key) const
{
    const auto found = m_runs.find(run);
    if (found == m_runs.end() || key >= found->second.size() || found->second[key] == 0)
        return nullptr;
    return &m_texts[found->second[key]];
}

std::uint32_t RunParameters::textNumber(const std::string& text)
{
    const auto [place, isNew] = m_numbers.try_emplace(text, static_cast<std::uint32_t>(m_texts.size()));
    if (isNew)
        m_texts.push_back(parameterValue(text));
    return place->second;
}

bool RunParameters::put(const storage::ParameterTable& table)
{
    std::vector<std::size_t> places;
    const std::size_t before = m_keys.size();
    for (const std::string& key : table.keys) {
        const auto known = std::find(m_keys.begin(), m_keys.end(), key);
        places.push_back(static_cast<std::size_t>(known - m_keys.begin()));
        if (known == m_keys.end())
            m_keys.push_back(key);
    }
    std::vector<std::uint32_t> texts;
    for (const std::string& text : table.texts)
        texts.push_back(textNumber(text));
    for (const auto& [run, values] : table.runs) {
        auto& own = m_runs[run];
        own.assign(m_keys.size(), 0);
        for (std::size_t key = 0; key < values.size(); ++key)
            own[places[key]] = texts[values[key]];
    }
    return m_keys.size() > before;
}

void RunParameters::remove(storage::RunId run)
{
    m_runs.erase(run);
}

} // namespace nabiz::ui
