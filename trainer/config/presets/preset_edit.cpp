// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/parameter_table.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/config/presets/yaml_extent.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

using Entry = YamlEntry;

const Entry* find(const YamlNode& map, std::string_view key)
{
    const auto found = std::find_if(map.entries.begin(), map.entries.end(),
        [&](const Entry& entry) { return entry.first.kind == YamlNode::Kind::Scalar && entry.first.text == key; });
    return found == map.entries.end() ? nullptr : &*found;
}

// One edit of the body of a preset; makes the new text, byte-order mark included.
class Editor {
public:
    Editor(const std::string& text, const SourceText& source, const YamlNode& root)
        : m_source(source)
        , m_root(root)
        , m_mark(text.substr(0, source.bodyOffset()))
        , m_body(source.body())
    {
    }

    std::string text() const { return m_mark + m_body; }

    void set(std::string_view section, std::string_view name, const std::string& value)
    {
        const Entry* place = find(m_root, section);
        if (!place)
            return addToMap(m_root, std::string(section), lineOf(name, value), true);
        if (place->second.kind != YamlNode::Kind::Map)
            return fillSection(*place, lineOf(name, value));
        if (const Entry* entry = find(place->second, name))
            return rewrite(*entry, place->second.flow, value);
        addToMap(place->second, std::string(name), value, false);
    }

    void remove(std::string_view section, std::string_view name)
    {
        const Entry* place = find(m_root, section);
        const Entry* entry = place ? find(place->second, name) : nullptr;
        if (!entry)
            return;
        // A section without keys would be an error.
        if (place->second.entries.size() == 1)
            erase(*place, m_root.flow);
        else
            erase(*entry, place->second.flow);
    }

private:
    const SourceText& m_source;
    const YamlNode& m_root;
    std::string m_mark;
    std::string m_body;

    static std::string lineOf(std::string_view name, const std::string& value)
    {
        return std::string(name) + ": " + value;
    }
    std::size_t indentOf(const YamlNode& key) const { return static_cast<std::size_t>(std::max(0, key.mark.byte)); }

    std::size_t endOf(const Entry& entry, bool flow) const
    {
        const std::size_t colon = colonEnd(m_source, keyEnd(m_source, entry.first));
        if (entry.second.kind != YamlNode::Kind::Null)
            return valueEnd(m_source, entry.second, indentOf(entry.first), flow);
        if (colon == std::string::npos)
            return keyEnd(m_source, entry.first);
        // A null that is written out, as ~ or null.
        const std::size_t word = m_body.find_first_not_of(" \t", colon);
        for (const std::string_view null : { "~", "null", "Null", "NULL" }) {
            if (word != std::string::npos && std::string_view(m_body).substr(word).starts_with(null))
                return word + null.size();
        }
        return colon;
    }

    void rewrite(const Entry& entry, bool flow, const std::string& value)
    {
        const std::size_t colon = colonEnd(m_source, keyEnd(m_source, entry.first));
        if (colon == std::string::npos)
            return;
        const std::size_t end = endOf(entry, flow);
        const std::size_t begin = std::max(colon, std::min(end, m_body.find_first_not_of(" \t", colon)));
        const bool below = entry.second.kind != YamlNode::Kind::Null
            && m_source.lineAt(m_source.offsetOf(entry.second.mark)) != m_source.lineAt(colon - 1);
        if (below) {
            // The value begins in a later line: it goes, and what stands behind the colon stays.
            const std::size_t line = m_source.lineAt(colon - 1);
            const std::size_t lineEnd = m_source.lineStart(line) + m_source.line(line).size();
            m_body.erase(lineEnd, end - lineEnd);
            m_body.insert(colon, ' ' + value);
            return;
        }
        m_body.replace(begin, end - begin, begin == colon ? ' ' + value : value);
    }

    // A section that holds nothing, or a number: `line` becomes its one key.
    void fillSection(const Entry& place, const std::string& line)
    {
        const std::size_t colon = colonEnd(m_source, keyEnd(m_source, place.first));
        if (colon == std::string::npos)
            return;
        const std::size_t end = endOf(place, m_root.flow);
        if (m_root.flow) {
            m_body.replace(colon, end - colon, " {" + line + '}');
            return;
        }
        m_body.erase(colon, end - colon);
        const std::size_t lineEnd = std::min(m_body.size(), m_body.find_first_of("\r\n", colon));
        m_body.insert(lineEnd, std::string(m_source.lineEnd()) + std::string(indentOf(place.first) + 2, ' ') + line);
    }

    // `value` is the value of `name`, or with `section` the one line inside the new section `name`.
    void addToMap(const YamlNode& map, const std::string& name, const std::string& value, bool section)
    {
        if (map.flow) {
            const std::size_t open = m_source.offsetOf(map.mark) + 1;
            const std::string inserted = section ? '{' + value + '}' : value;
            m_body.insert(open, name + ": " + inserted + (map.entries.empty() ? "" : ", "));
            return;
        }
        const std::string end(m_source.lineEnd());
        if (map.entries.empty()) { // a preset without any section
            m_body += (m_body.empty() || m_body.ends_with('\n') ? "" : end) + name + ':' + end + "  " + value + end;
            return;
        }
        const std::string indent(indentOf(map.entries.front().first), ' ');
        const std::size_t at = std::min(m_body.size(), m_body.find_first_of("\r\n", endOf(map.entries.back(), false)));
        m_body.insert(at,
            section ? end + end + indent + name + ':' + end + indent + "  " + value
                    : end + indent + name + ": " + value);
    }

    void erase(const Entry& entry, bool flow)
    {
        std::size_t begin = m_source.offsetOf(entry.first.mark);
        std::size_t end = entry.second.kind == YamlNode::Kind::Map && !entry.second.flow
            ? endOf(entry.second.entries.back(), false)
            : endOf(entry, flow);
        if (flow) {
            // One comma goes along: the one behind, else the one before.
            const std::size_t comma = m_body.find_first_not_of(" \t\r\n", end);
            const std::size_t before = m_body.find_last_not_of(" \t\r\n", begin - 1);
            if (comma != std::string::npos && m_body[comma] == ',')
                end = std::min(m_body.find_first_not_of(" \t", comma + 1), m_body.size());
            else if (before != std::string::npos && m_body[before] == ',')
                begin = before;
        } else {
            begin = m_source.lineStart(m_source.lineAt(begin));
            end = std::min(m_body.size(), m_body.find('\n', end));
            end += end < m_body.size();
        }
        m_body.erase(begin, end - begin);
    }
};

template <typename Edit> PresetDocument edited(const PresetDocument& document, const std::string& file, Edit edit)
{
    const SourceText source(document.text());
    if (!source.problems(file).empty())
        return document;
    const YamlResult yaml = parseYaml(source.body());
    const bool editable = yaml.root && !yaml.root->linked
        && (yaml.root->kind == YamlNode::Kind::Map || yaml.root->kind == YamlNode::Kind::Null);
    if (!editable)
        return document;
    Editor editor(document.text(), source, *yaml.root);
    edit(editor);
    return PresetDocument::parse(editor.text(), file);
}

} // namespace

PresetDocument PresetDocument::withValue(std::string_view key, const Value& value) const
{
    parameterIndex(key); // throws for a key that is none
    const auto current = m_values.find(key);
    const auto dot = key.find('.');
    PresetDocument result
        = current != m_values.end() && current->second == value ? *this : edited(*this, m_file, [&](Editor& editor) {
              editor.set(key.substr(0, dot), key.substr(dot + 1), toYaml(value));
          });
    constexpr std::string_view kCount = "model.n_experts";
    if (key == "model.expert_types" && result.lineOf(kCount) > 0) {
        const auto count = static_cast<std::int64_t>(std::get<std::vector<std::string>>(value).size());
        return result.withValue(kCount, count);
    }
    return result;
}

PresetDocument PresetDocument::without(std::string_view key) const
{
    const auto dot = key.find('.');
    if (dot == std::string_view::npos)
        return *this;
    return edited(*this, m_file, [&](Editor& editor) { editor.remove(key.substr(0, dot), key.substr(dot + 1)); });
}

} // namespace nabiz::trainer
