// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/yaml_tree.h"

#include "trainer/config/presets/yaml_extent.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <sstream>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kDeepest = 32;

YamlMark markOf(const YAML::Mark& mark)
{
    return mark.is_null() ? YamlMark {} : YamlMark { mark.line, mark.column };
}

struct TooDeep : std::exception {
    explicit TooDeep(YamlMark where)
        : mark(where)
    {
    }
    YamlMark mark;
};

struct Misplaced : std::exception {
    explicit Misplaced(YamlMark where)
        : mark(where)
    {
    }
    YamlMark mark;
};

// Blocks end where the indentation says, and the parser sees to that of their entries, but not to that of a text or of
// brackets.
bool endsByIndent(const YamlNode& node)
{
    return node.kind == YamlNode::Kind::Null || (node.kind != YamlNode::Kind::Scalar && !node.flow);
}

// A value at or left of its key, in a later line, or an item at or left of its dash: no YAML, and no end could be found
// for it.
bool isMisplaced(const YamlNode& parent, const std::optional<YamlNode>& key, const YamlNode& node)
{
    if (parent.flow || endsByIndent(node))
        return false;
    if (parent.kind == YamlNode::Kind::List)
        return node.mark.byte <= parent.mark.byte;
    return key && node.mark.line > key->mark.line && node.mark.byte <= key->mark.byte;
}

class TreeBuilder : public YAML::EventHandler {
public:
    std::vector<YamlNode> documents;
    YamlMark documentMark;
    std::optional<YamlMark> lastQuoted;

    void OnDocumentStart(const YAML::Mark& mark) override { documentMark = markOf(mark); }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        add(make(YamlNode::Kind::Null, mark, anchor));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { add(make(YamlNode::Kind::Null, mark, 1)); }

    void OnScalar(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override
    {
        YamlNode node = make(YamlNode::Kind::Scalar, mark, anchor);
        node.text = value;
        node.quoted = tag == "!";
        if (node.quoted)
            lastQuoted = node.mark;
        node.tagged = !tag.empty() && tag != "!" && tag != "?";
        add(std::move(node));
    }

    void OnSequenceStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override
    {
        open(YamlNode::Kind::List, mark, tag, anchor, style);
    }
    void OnMapStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override
    {
        open(YamlNode::Kind::Map, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct Level {
        YamlNode node;
        std::optional<YamlNode> key;
    };
    std::vector<Level> m_open;

    static YamlNode make(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor)
    {
        YamlNode node;
        node.kind = kind;
        node.mark = markOf(mark);
        node.linked = anchor != 0;
        return node;
    }

    void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
        YAML::EmitterStyle::value style)
    {
        if (m_open.size() >= kDeepest)
            throw TooDeep(markOf(mark));
        YamlNode node = make(kind, mark, anchor);
        node.flow = style == YAML::EmitterStyle::Flow;
        node.tagged = !tag.empty() && tag != "?" && tag != "!";
        m_open.push_back({ std::move(node), std::nullopt });
    }

    void close()
    {
        YamlNode node = std::move(m_open.back().node);
        m_open.pop_back();
        add(std::move(node));
    }

    void add(YamlNode node)
    {
        if (m_open.empty()) {
            documents.push_back(std::move(node));
            return;
        }
        Level& level = m_open.back();
        if (isMisplaced(level.node, level.key, node))
            throw Misplaced(node.mark);
        if (level.node.kind == YamlNode::Kind::List)
            level.node.items.push_back(std::move(node));
        else if (!level.key)
            level.key = std::move(node);
        else {
            level.node.entries.push_back({ std::move(*level.key), std::move(node) });
            level.key.reset();
        }
    }
};

Message tooDeep()
{
    return message(
        NABIZ_TEXT("Message", "The text is nested too deeply; a preset has sections with one value a line."));
}

Message notYaml(const std::string& why)
{
    return message(NABIZ_TEXT("Message", "The text is not YAML from here on: %1."), why);
}

// The parser's words for what a backslash in double quotes begins and is none, as in "C:\Users".
bool isOfEscape(const std::string& why)
{
    return why.starts_with("unknown escape character")
        || why.starts_with("bad character found while scanning hex number") || why.starts_with("invalid unicode");
}

Message badEscape()
{
    return message(NABIZ_TEXT("Message",
        "In double quotes \\ begins an escape, and what follows here is none. Write the text in "
        "single quotes, or with / or \\\\."));
}

// Brackets open at once, before the parser looks ahead over all of them. Quotes are not minded: a text with this many
// brackets in one value is no preset either.
std::optional<YamlMark> deepBrackets(std::string_view text)
{
    std::size_t depth = 0;
    YamlMark mark { 0, 0 };
    for (const char c : text) {
        if ((c == '[' || c == '{') && ++depth > kDeepest)
            return mark;
        if ((c == ']' || c == '}') && depth > 0)
            --depth;
        ++mark.byte;
        if (c == '\n')
            mark = { mark.line + 1, 0 };
    }
    return std::nullopt;
}

// The parser takes the end of the text for the end of a quote.
bool isClosed(std::string_view text, YamlMark quote)
{
    std::size_t at = 0;
    for (int line = 0; line < quote.line; ++line)
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    at += static_cast<std::size_t>(quote.byte);
    const bool opens = at < text.size() && (text[at] == '"' || text[at] == '\'');
    return !opens || closingQuote(text, at) != std::string_view::npos;
}

} // namespace

YamlResult parseYaml(std::string_view text)
{
    if (const auto mark = deepBrackets(text))
        return { std::nullopt, tooDeep(), *mark };
    std::istringstream stream { std::string(text) };
    TreeBuilder builder;
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
            if (builder.documents.size() > 1)
                return { std::nullopt,
                    message(
                        NABIZ_TEXT("Message", "A second document begins here; a preset is one. Remove the line ---.")),
                    builder.documentMark };
        }
    } catch (const TooDeep& deep) {
        return { std::nullopt, tooDeep(), deep.mark };
    } catch (const Misplaced& misplaced) {
        return { std::nullopt, notYaml("a value must stand to the right of its key"), misplaced.mark };
    } catch (const YAML::DeepRecursion& deep) {
        return { std::nullopt, tooDeep(), markOf(deep.mark) };
    } catch (const YAML::Exception& failure) {
        return { std::nullopt, isOfEscape(failure.msg) ? badEscape() : notYaml(failure.msg), markOf(failure.mark) };
    }
    if (builder.lastQuoted && !isClosed(text, *builder.lastQuoted))
        return { std::nullopt, notYaml("the quote is not closed"), *builder.lastQuoted };
    return { builder.documents.empty() ? YamlNode {} : std::move(builder.documents.front()), {}, {} };
}

} // namespace nabiz::trainer
