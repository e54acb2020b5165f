// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/parameter_table.h"

#include "trainer/base/nearest.h"
#include "trainer/config/parameters/parameter_rows.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace nabiz::trainer {

namespace {

const std::vector<Parameter>& parameterRows()
{
    static const std::vector<Parameter> table = [] {
        std::vector<Parameter> result;
        for (auto section : { rows::data, rows::model, rows::language, rows::training, rows::hardware, rows::queue }) {
            for (Parameter& row : section())
                result.push_back(std::move(row));
        }
        return result;
    }();
    return table;
}

const std::map<std::string_view, std::size_t>& indexByKey()
{
    static const std::map<std::string_view, std::size_t> index = [] {
        std::map<std::string_view, std::size_t> result;
        for (std::size_t i = 0; i < parameterRows().size(); ++i)
            result.emplace(parameterRows()[i].key, i);
        return result;
    }();
    return index;
}

} // namespace

std::span<const Parameter> parameterTable()
{
    return parameterRows();
}

const Parameter* findParameter(std::string_view key)
{
    const auto found = indexByKey().find(key);
    return found == indexByKey().end() ? nullptr : &parameterRows()[found->second];
}

std::size_t parameterIndex(std::string_view key)
{
    const auto found = indexByKey().find(key);
    if (found == indexByKey().end())
        throw std::out_of_range("no parameter is called " + std::string(key));
    return found->second;
}

std::string_view nearestKey(std::string_view unknown)
{
    const auto dot = unknown.find('.');
    const bool hasSection = dot != std::string_view::npos;
    const std::string_view section = hasSection ? unknown.substr(0, dot + 1) : std::string_view();
    const std::string_view name = hasSection ? unknown.substr(dot + 1) : unknown;
    std::vector<std::string_view> keys;
    std::vector<std::string_view> siblings;
    std::vector<std::string_view> names;
    for (const Parameter& parameter : parameterTable()) {
        keys.push_back(parameter.key);
        names.push_back(parameter.key.substr(parameter.key.find('.') + 1));
        if (hasSection && parameter.key.starts_with(section))
            siblings.push_back(names.back());
    }
    // In its own section, then the right name in a wrong section or in none, then a mistyped section.
    if (const auto near = nearest(name, siblings); !near.empty())
        return keys[parameterIndex(std::string(section) + std::string(near))];
    if (const auto near = nearest(name, names); !near.empty())
        return keys[static_cast<std::size_t>(std::find(names.begin(), names.end(), near) - names.begin())];
    return siblings.empty() ? nearest(unknown, keys) : std::string_view();
}

} // namespace nabiz::trainer
