// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/preset_document.h"

#include "trainer/config/presets/foreign_keys.h"
#include "trainer/config/presets/parameter_check.h"
#include "trainer/config/presets/preset_sections.h"
#include "trainer/config/presets/source_text.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

// What one reading collects; the document takes it over.
struct Reading {
    const SourceText& source;
    const std::string& file;
    std::string extends;
    std::string summary;
    std::map<std::string, Value, std::less<>> values;
    std::map<std::string, int, std::less<>> lines;
    std::vector<Problem> problems;

    void report(YamlMark mark, std::string_view key, Message message)
    {
        Problem problem = source.problemAt(file, mark, std::move(message));
        problem.key = key;
        problems.push_back(std::move(problem));
    }
};

bool reportDuplicate(Reading& reading, std::map<std::string, int>& seen, const YamlNode& key)
{
    const auto [place, fresh] = seen.emplace(key.text, key.mark.line + 1);
    if (!fresh)
        reading.report(key.mark, {},
            message(NABIZ_TEXT("Message", "%1 is set twice, first in line %2. Remove one."), key.text,
                std::to_string(place->second)));
    return !fresh;
}

bool reportOddKey(Reading& reading, const YamlNode& key)
{
    if (key.kind == YamlNode::Kind::Scalar && !key.linked && !key.tagged)
        return false;
    reading.report(key.mark, {},
        key.linked || key.tagged
            ? message(NABIZ_TEXT("Message", "Anchors, aliases and tags are not read; write the text itself."))
            : message(NABIZ_TEXT("Message", "A key must be a plain name.")));
    return true;
}

void readParameter(Reading& reading, const std::string& section, const YamlNode& key, const YamlNode& node)
{
    const std::string full = section + '.' + key.text;
    const Parameter* row = findParameter(full);
    if (!row) {
        Message unknown = foreignKey(key.text);
        if (unknown.empty())
            unknown = unknownKey(full);
        reading.report(key.mark, full, std::move(unknown));
        return;
    }
    reading.lines.emplace(full, key.mark.line + 1);
    auto result = readValue(*row, node);
    // The parser has no good mark for a value that is missing.
    if (Message* why = std::get_if<Message>(&result))
        reading.report(node.kind == YamlNode::Kind::Null && !node.linked ? key.mark : node.mark, full, std::move(*why));
    else
        reading.values.emplace(full, std::move(std::get<Value>(result)));
}

// The number of experts follows from their list; where both are written they must agree.
void checkExpertCount(Reading& reading, const YamlNode& section)
{
    const auto types = reading.values.find("model.expert_types");
    const auto count = reading.values.find("model.n_experts");
    if (types == reading.values.end() || count == reading.values.end())
        return;
    const std::size_t named = std::get<std::vector<std::string>>(types->second).size();
    if (std::get<std::int64_t>(count->second) == static_cast<std::int64_t>(named))
        return;
    const auto place = std::find_if(section.entries.begin(), section.entries.end(),
        [](const auto& entry) { return entry.first.text == "n_experts"; });
    reading.report(place->second.mark, count->first,
        message(
            NABIZ_TEXT("Message",
                "model.n_experts is %1, but model.expert_types names %2. Leave n_experts out: it follows from the list."),
            toYaml(count->second), std::to_string(named)));
    reading.values.erase(count);
}

void readSection(Reading& reading, const YamlNode& name, const YamlNode& node)
{
    const auto example = std::find_if(parameterTable().begin(), parameterTable().end(),
        [&](const Parameter& row) { return row.key.starts_with(name.text + '.'); });
    if (node.linked || node.tagged)
        reading.report(node.mark.line < 0 ? name.mark : node.mark, {},
            message(NABIZ_TEXT("Message", "Anchors, aliases and tags are not read; write the text itself.")));
    else if (node.kind != YamlNode::Kind::Map)
        reading.report(name.mark, {},
            message(
                NABIZ_TEXT("Message",
                    "The section %1 must hold keys, such as %2; it holds none. Add them below, or remove the line."),
                name.text,
                std::string(example->key.substr(name.text.size() + 1)) + ": " + toYaml(example->defaultValue)));
    std::map<std::string, int> seen;
    for (const auto& [key, value] : node.entries) {
        if (!reportOddKey(reading, key) && !reportDuplicate(reading, seen, key))
            readParameter(reading, name.text, key, value);
    }
    if (name.text == "model")
        checkExpertCount(reading, node);
}

void readHeading(Reading& reading, const YamlNode& key, const YamlNode& node)
{
    if (node.linked || node.tagged)
        reading.report(node.mark, key.text,
            message(NABIZ_TEXT("Message", "Anchors, aliases and tags are not read; write the text itself.")));
    else if (node.kind != YamlNode::Kind::Scalar)
        reading.report(key.mark, key.text, message(NABIZ_TEXT("Message", "%1 takes a text on its line."), key.text));
    else
        (key.text == "extends" ? reading.extends : reading.summary) = node.text;
}

void reportUnknownSection(Reading& reading, const YamlNode& key, const YamlNode& node)
{
    reading.report(key.mark, key.text, unknownSection(key.text));
    for (const auto& [inner, value] : node.entries) {
        if (Message known = foreignKey(inner.text); !known.empty())
            reading.report(inner.mark, key.text + '.' + inner.text, std::move(known));
    }
}

void readRoot(Reading& reading, const YamlNode& root)
{
    if (root.kind == YamlNode::Kind::Null && !root.linked) {
        reading.report({ 0, 0 }, {},
            message(NABIZ_TEXT("Message",
                "The preset is empty. It takes sections with keys, such as training: and below it batch_size: 4, or one line "
                "extends: quick.")));
        return;
    }
    if (root.kind != YamlNode::Kind::Map || root.linked || root.tagged) {
        reading.report(root.mark, {},
            message(
                NABIZ_TEXT("Message",
                    "The preset is %1; it must be sections with keys, such as training: and below it batch_size: 4."),
                root.kind == YamlNode::Kind::List ? "a list" : "not a set of sections"));
        return;
    }
    std::map<std::string, int> seen;
    for (const auto& [key, node] : root.entries) {
        if (reportOddKey(reading, key) || reportDuplicate(reading, seen, key))
            continue;
        if (isSection(key.text))
            readSection(reading, key, node);
        else if (key.text == "extends" || key.text == "summary")
            readHeading(reading, key, node);
        else
            reportUnknownSection(reading, key, node);
    }
}

} // namespace

PresetDocument PresetDocument::parse(std::string text, std::string file)
{
    PresetDocument document;
    document.m_text = std::move(text);
    document.m_file = std::move(file);
    const SourceText source(document.m_text);
    document.m_problems = source.problems(document.m_file);
    if (!document.m_problems.empty())
        return document;
    YamlResult yaml = parseYaml(source.body());
    if (!yaml.root) {
        document.m_problems.push_back(source.problemAt(document.m_file, yaml.failureMark, std::move(yaml.failure)));
        return document;
    }
    Reading reading { .source = source, .file = document.m_file };
    readRoot(reading, *yaml.root);
    document.m_extends = std::move(reading.extends);
    document.m_summary = std::move(reading.summary);
    document.m_values = std::move(reading.values);
    document.m_lines = std::move(reading.lines);
    document.m_problems = std::move(reading.problems);
    return document;
}

int PresetDocument::lineOf(std::string_view key) const
{
    const auto found = m_lines.find(key);
    return found == m_lines.end() ? 0 : found->second;
}

} // namespace nabiz::trainer
