// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/setting_rows.h"

#include <algorithm>
#include <map>

namespace nabiz::ui {
namespace {

void append(std::string& texts, const std::string& text)
{
    if (!text.empty()) {
        texts += (texts.empty() ? "" : ", ") + text;
    }
}

void take(SettingRow& row, std::size_t entry, const std::vector<const storage::Parameter*>& parameters)
{
    std::vector<std::string> values, declared;
    const auto note = [](std::vector<std::string>& known, const std::string& text) {
        if (std::find(known.begin(), known.end(), text) == known.end()) {
            known.push_back(text);
        }
    };
    for (const storage::Parameter* const parameter : parameters) {
        note(values, parameter->value());
        if (parameter->value() != parameter->declared) {
            note(declared, parameter->declared.empty() ? "—" : parameter->declared);
        }
    }
    for (const std::string& value : values) {
        append(row.cells[entry].value, value);
    }
    for (const std::string& value : declared) {
        append(row.cells[entry].declared, value);
    }
}

} // namespace

std::vector<SettingRow> settingRows(const std::vector<ComparedEntry>& entries)
{
    std::vector<SettingRow> rows;
    std::map<std::string, std::size_t> places;
    std::vector<std::vector<std::vector<const storage::Parameter*>>> found; // by row, by entry
    for (std::size_t entry = 0; entry < entries.size(); ++entry) {
        for (const ComparedRun& run : entries[entry].members) {
            if (!run.parameters) {
                continue;
            }
            for (const storage::Parameter& parameter : *run.parameters) {
                const auto [place, fresh] = places.emplace(parameter.key, rows.size());
                if (fresh) {
                    rows.push_back({ parameter.key, std::vector<SettingCell>(entries.size()), false });
                    found.emplace_back(entries.size());
                }
                found[place->second][entry].push_back(&parameter);
            }
        }
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t entry = 0; entry < entries.size(); ++entry) {
            take(rows[row], entry, found[row][entry]);
        }
        rows[row].differs = std::any_of(rows[row].cells.begin(), rows[row].cells.end(),
            [&](const SettingCell& cell) { return cell.value != rows[row].cells.front().value; });
    }
    return rows;
}

ChosenSettings choose(const std::vector<SettingRow>& rows, const SettingChoice& choice)
{
    ChosenSettings chosen;
    for (const SettingRow& row : rows) {
        chosen.equal += row.differs ? 0 : 1;
        if (!row.differs && !choice.all) {
            continue;
        }
        if (choice.ignored.contains(row.key)) {
            ++chosen.ignored;
            continue;
        }
        chosen.rows.push_back(row);
    }
    return chosen;
}

} // namespace nabiz::ui
