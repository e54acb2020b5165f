// SPDX-License-Identifier: GPL-3.0-or-later
// Nested settings, of JSON and YAML, laid out flat.
#include "app/interchange/stores/source_text.h"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

namespace nabiz::app {

namespace {

// A list as one line: [8, 16].
std::string flow(const YAML::Node& node, int depth)
{
    if (!node.IsSequence() && !node.IsMap()) {
        const auto text = node.IsNull() ? std::string("null") : node.Scalar();
        return text.find_first_of(",[]{}:#\"\n") == std::string::npos ? text : nlohmann::json(text).dump();
    }
    std::string parts;
    for (const auto& part : node) {
        parts += parts.empty() ? "" : ", ";
        if (depth > 30)
            break;
        parts += node.IsMap() ? part.first.Scalar() + ": " + flow(part.second, depth + 1) : flow(part, depth + 1);
    }
    return node.IsMap() ? '{' + parts + '}' : '[' + parts + ']';
}

void addYaml(storage::ImportedRun& run, const YAML::Node& node, const std::string& prefix, int depth)
{
    if (depth > 30)
        return;
    if (node.IsMap()) {
        for (const auto& entry : node) {
            if (entry.first.IsScalar())
                addYaml(run, entry.second, (prefix.empty() ? "" : prefix + '.') + entry.first.Scalar(), depth + 1);
        }
        return;
    }
    if (prefix.empty())
        return;
    if (node.IsScalar() || node.IsNull()) {
        run.parameters.emplace_back(prefix, node.IsNull() ? "null" : node.Scalar());
        return;
    }
    run.parameters.emplace_back(prefix, flow(node, depth));
}

} // namespace

void addParameters(storage::ImportedRun& run, const nlohmann::json& value, const std::string& prefix, char joint)
{
    if (!value.is_object() || (value.empty() && !prefix.empty())) {
        if (!prefix.empty())
            run.parameters.emplace_back(prefix, jsonText(value));
        return;
    }
    for (const auto& [key, inner] : value.items())
        addParameters(run, inner, prefix.empty() ? key : prefix + joint + key, joint);
}

void addYamlParameters(storage::ImportedRun& run, const std::string& yaml)
{
    try {
        addYaml(run, YAML::Load(yaml), {}, 0);
    } catch (const YAML::Exception&) {
        ++run.damaged; // said with the run
    }
}

storage::ImportedSeries& SeriesOf::operator[](std::string_view name)
{
    if (const auto known = m_places.find(name); known != m_places.end())
        return m_run.series[known->second];
    m_places.emplace(name, m_run.series.size());
    return m_run.series.emplace_back(storage::ImportedSeries { std::string(name), {}, {} });
}

} // namespace nabiz::app
