// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameter_table.h"

#include "trainer/config/nearest.h"
#include "trainer/config/parameter_rows.h"

#include <map>
#include <stdexcept>

namespace nabiz::trainer {

namespace {

const std::vector<Parameter>& parameterRows()
{
    static const std::vector<Parameter> table = [] {
        std::vector<Parameter> result;
        for (auto section : { rows::data, rows::model, rows::language, rows::training, rows::hardware }) {
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
    std::vector<std::string_view> keys;
    for (const Parameter& parameter : parameterTable())
        keys.push_back(parameter.key);
    if (const auto near = nearest(unknown, keys); !near.empty())
        return near;
    // The right name in the wrong section, or with none: batch_size, model.batch_size.
    std::vector<std::string_view> names;
    for (const std::string_view key : keys)
        names.push_back(key.substr(key.find('.') + 1));
    const auto dot = unknown.find('.');
    const auto near = nearest(dot == std::string_view::npos ? unknown : unknown.substr(dot + 1), names);
    for (std::size_t i = 0; !near.empty() && i < names.size(); ++i) {
        if (names[i] == near)
            return keys[i];
    }
    return {};
}

} // namespace nabiz::trainer
