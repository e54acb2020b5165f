// SPDX-License-Identifier: GPL-3.0-or-later
// The parameters of all runs, for the run table: every text is held once, with the number it reads as, so that
// thousands of runs cost a number a cell. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/config/filter/filter_expression.h"

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace nabiz::ui {

class RunParameters {
public:
    using Text = trainer::FilterValue; // with its number, where it reads as one

    RunParameters();

    // Those of the parameter table, then what runs have beside them. They keep their places, whatever is loaded later.
    const std::vector<std::string>& keys() const { return m_keys; }
    // nullptr where the run has no such parameter.
    const trainer::FilterValue* value(storage::RunId run, std::size_t key) const;

    void clear(); // all but the keys
    // Takes what the table has in the place of what was known of its runs. True when a key is new.
    bool put(const storage::ParameterTable& table);
    void remove(storage::RunId run);

private:
    std::uint32_t textNumber(const std::string& text);

    std::vector<std::string> m_keys;
    std::deque<trainer::FilterValue> m_texts; // the first is empty: no value
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::unordered_map<storage::RunId, std::vector<std::uint32_t>> m_runs;
};

} // namespace nabiz::ui
