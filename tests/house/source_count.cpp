// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/house/source_count.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace nabiz::tests {
namespace {

struct Token {
    std::string text;
    int line = 1;
};

bool isWordCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

// Words and single characters; comments, preprocessor lines and what stands in quotes are left out.
class Reader {
public:
    explicit Reader(std::string_view source)
        : m_source(source)
    {
    }

    std::vector<Token> tokens()
    {
        while (m_at < m_source.size()) {
            const char c = m_source[m_at];
            if (c == '\n') {
                m_isLineStart = true;
                step();
            } else if (std::isspace(static_cast<unsigned char>(c))) {
                step();
            } else if (starts("//")) {
                skipTo("\n", false);
            } else if (starts("/*")) {
                skipTo("*/", true);
            } else if (c == '#' && m_isLineStart) {
                skipDirective();
            } else {
                m_isLineStart = false;
                read(c);
            }
        }
        return std::move(m_tokens);
    }

private:
    bool starts(std::string_view text) const { return m_source.substr(m_at).starts_with(text); }

    void step(std::size_t count = 1)
    {
        for (; count > 0 && m_at < m_source.size(); --count) {
            m_line += m_source[m_at] == '\n';
            ++m_at;
        }
    }

    void skipTo(std::string_view end, bool including)
    {
        const std::size_t found = std::min(m_source.find(end, m_at), m_source.size());
        step(found - m_at + (including ? end.size() : 0));
    }

    void skipDirective()
    {
        do {
            const std::size_t end = std::min(m_source.find('\n', m_at), m_source.size());
            const bool goesOn = end > m_at && m_source[end - 1] == '\\';
            step(end - m_at + (goesOn ? 1 : 0));
            if (!goesOn)
                return;
        } while (m_at < m_source.size());
    }

    void skipQuoted(char quote)
    {
        step();
        while (m_at < m_source.size() && m_source[m_at] != quote)
            step(m_source[m_at] == '\\' ? 2 : 1);
        step();
    }

    void read(char c)
    {
        if (c == '"' || c == '\'') {
            m_tokens.push_back({ "\"", m_line });
            skipQuoted(c);
            return;
        }
        if (!isWordCharacter(c)) {
            m_tokens.push_back({ std::string(1, c), m_line });
            step();
            return;
        }
        Token word { {}, m_line };
        const bool isNumber = std::isdigit(static_cast<unsigned char>(c));
        while (m_at < m_source.size()
            && (isWordCharacter(m_source[m_at]) || (isNumber && (m_source[m_at] == '\'' || m_source[m_at] == '.')))) {
            word.text += m_source[m_at];
            step();
        }
        if (word.text.ends_with('R') && starts("\"")) { // R"end( … )end"
            const std::size_t open = m_source.find('(', m_at);
            skipTo(')' + std::string(m_source.substr(m_at + 1, open - m_at - 1)) + '"', true);
            word.text = "\"";
        }
        m_tokens.push_back(std::move(word));
    }

    std::string_view m_source;
    std::size_t m_at = 0;
    int m_line = 1;
    bool m_isLineStart = true;
    std::vector<Token> m_tokens;
};

// What stands between the braces of a file, a namespace or a class.
class Parser {
public:
    explicit Parser(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    SourceCount count()
    {
        while (!atEnd())
            declaration(kNoClass);
        return std::move(m_count);
    }

private:
    static constexpr std::size_t kNoClass = static_cast<std::size_t>(-1);

    bool atEnd() const { return m_at >= m_tokens.size(); }
    const std::string& text(std::size_t at) const
    {
        static const std::string kNone;
        return at < m_tokens.size() ? m_tokens[at].text : kNone;
    }
    bool is(std::string_view expected) const { return text(m_at) == expected; }
    static bool isWord(const std::string& token) { return !token.empty() && isWordCharacter(token.front()); }

    // Past the bracket that closes the one at `at`.
    std::size_t past(std::size_t at, std::string_view open, std::string_view close) const
    {
        int depth = 0;
        for (; at < m_tokens.size(); ++at) {
            depth += text(at) == open ? 1 : text(at) == close ? -1 : 0;
            if (depth == 0)
                return at + 1;
        }
        return at;
    }
    std::size_t pastBrackets(std::size_t at) const
    {
        return text(at) == "(" ? past(at, "(", ")")
            : text(at) == "["  ? past(at, "[", "]")
            : text(at) == "{"  ? past(at, "{", "}")
                               : at + 1;
    }
    // Of a template: nothing in it compares.
    std::size_t pastAngles(std::size_t at) const
    {
        int depth = 0;
        while (at < m_tokens.size()) {
            if (text(at) == "(" || text(at) == "[" || text(at) == "{") {
                at = pastBrackets(at);
                continue;
            }
            depth += text(at) == "<" ? 1 : text(at) == ">" ? -1 : 0;
            ++at;
            if (depth == 0)
                return at;
        }
        return at;
    }

    void skipToSemicolon()
    {
        while (!atEnd() && !is(";") && !is("}"))
            m_at = pastBrackets(m_at);
        if (is(";"))
            ++m_at;
    }

    // Whether something was skipped that is no declaration, or only its beginning.
    bool skipped()
    {
        const std::string& first = text(m_at);
        if (first == ";" || first == "inline" || first == "static" || first == "virtual" || first == "Q_INVOKABLE") {
            ++m_at;
        } else if (first == "[") {
            m_at = pastBrackets(m_at);
        } else if (first == "template") {
            m_at = pastAngles(m_at + 1);
        } else if (first == "public" || first == "private" || first == "protected" || first == "Q_SIGNALS") {
            while (!atEnd() && !is(":"))
                ++m_at;
            ++m_at;
        } else if (first.starts_with("Q_") && (text(m_at + 1) == "(" || first == "Q_OBJECT" || first == "Q_GADGET")) {
            m_at = text(m_at + 1) == "(" ? pastBrackets(m_at + 1) : m_at + 1;
        } else if (first == "using" || first == "typedef" || first == "static_assert" || first == "enum"
            || first == "friend") {
            skipFriendOrAlias();
        } else {
            return false;
        }
        return true;
    }

    // A friend may have a body, which nothing follows.
    void skipFriendOrAlias()
    {
        const bool isFriend = is("friend");
        while (!atEnd() && !is(";")) {
            const bool isBody = isFriend && is("{");
            m_at = pastBrackets(m_at);
            if (isBody)
                return;
        }
        ++m_at;
    }

    void declaration(std::size_t owner)
    {
        if (skipped())
            return;
        if (is("namespace") || (is("extern") && text(m_at + 1) == "\"")) {
            nameSpace();
        } else if (is("class") || is("struct") || is("union")) {
            if (!classBody())
                member(owner);
        } else if (is("}")) {
            ++m_at; // of a namespace
        } else {
            member(owner);
        }
    }

    void nameSpace()
    {
        while (!atEnd() && !is("{") && !is(";"))
            ++m_at;
        ++m_at; // what is in it follows, and its brace
    }

    // False where a type is only named.
    bool classBody()
    {
        std::size_t at = m_at + 1;
        std::string name;
        bool hasBases = false;
        for (; at < m_tokens.size() && text(at) != "{"; ++at) {
            const std::string& token = text(at);
            const bool isScope = token == ":" && (text(at + 1) == ":" || text(at - 1) == ":");
            if (token == ";" || token == "=" || token == ")"
                || (!hasBases && (token == "(" || token == "*" || token == "&")))
                return token == ";" ? (m_at = at + 1, true) : false;
            if (!hasBases && token == "<") {
                at = pastAngles(at) - 1;
                continue;
            }
            hasBases = hasBases || (token == ":" && !isScope);
            if (!hasBases && isWord(token) && token != "final")
                name = isScopeBefore(at) ? name + "::" + token : token;
        }
        const std::size_t own = m_count.classes.size();
        m_count.classes.push_back({ name, m_tokens[m_at].line, 0 });
        m_at = at + 1;
        while (!atEnd() && !is("}"))
            declaration(own);
        ++m_at;
        skipToSemicolon(); // with the names of variables of it
        return true;
    }

    bool isScopeBefore(std::size_t at) const { return at >= 2 && text(at - 1) == ":" && text(at - 2) == ":"; }

    // A function or a variable.
    void member(std::size_t owner)
    {
        const std::size_t parameters = findParameters();
        if (parameters == kNoClass) {
            skipToSemicolon();
            return;
        }
        const std::string name = nameBefore(parameters);
        const int line = m_tokens[parameters].line;
        m_at = pastBrackets(parameters);
        bool counts = true;
        const bool hasBody = toBody(counts);
        if (hasBody) {
            const std::size_t end = pastBrackets(m_at);
            const int lines = m_tokens[end - 1].line - m_tokens[m_at].line - 1;
            m_count.functions.push_back({ name, line, std::max(0, lines) });
            m_at = end;
        } else {
            skipToSemicolon();
        }
        if (owner != kNoClass && counts)
            ++m_count.classes[owner].functions;
    }

    // The parenthesis of a function's parameters; none of a variable.
    std::size_t findParameters() const
    {
        for (std::size_t at = m_at; at < m_tokens.size();) {
            const std::string& token = text(at);
            if (token == "operator")
                return parametersOfOperator(at);
            if (token == ";" || token == "=" || token == "{" || token == "}")
                return kNoClass;
            if (token == "alignas" || token == "decltype" || token == "explicit" || token == "noexcept") {
                at = text(at + 1) == "(" ? pastBrackets(at + 1) : at + 1;
            } else if (token == "(") {
                return isWord(text(at - 1)) && at > m_at && text(at + 1) != "*" ? at : kNoClass;
            } else if (token == "<") {
                at = pastAngles(at);
            } else {
                at = token == "[" ? pastBrackets(at) : at + 1;
            }
        }
        return kNoClass;
    }

    std::size_t parametersOfOperator(std::size_t at) const
    {
        at += text(at + 1) == "(" ? 3 : 1; // operator()
        while (at < m_tokens.size() && text(at) != "(")
            ++at;
        return at < m_tokens.size() ? at : kNoClass;
    }

    std::string nameBefore(std::size_t parameters) const
    {
        std::size_t first = parameters - 1;
        for (std::size_t at = m_at; at < parameters; ++at)
            first = text(at) == "operator" ? at : first;
        while (first > m_at && (isScopeBefore(first) || text(first - 1) == "~"))
            first -= text(first - 1) == "~" ? 1 : std::min<std::size_t>(3, first - m_at);
        std::string name;
        for (std::size_t at = first; at < parameters; ++at)
            name += text(at);
        return name;
    }

    // From the end of the parameters to the brace of the body, past what a constructor initializes.
    bool toBody(bool& counts)
    {
        bool initializes = false;
        while (!atEnd()) {
            const std::string& token = text(m_at);
            const std::string& before = text(m_at - 1);
            if (token == ";" || token == "}")
                return false;
            if (token == "=") {
                counts = text(m_at + 1) != "default" && text(m_at + 1) != "delete";
                return false;
            }
            if (token == "{" && (!initializes || before == ")" || before == "}"))
                return true;
            initializes = initializes || (token == ":" && text(m_at + 1) != ":" && before != ":");
            m_at = token == "<" ? pastAngles(m_at) : pastBrackets(m_at);
        }
        return false;
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    SourceCount m_count;
};

} // namespace

SourceCount countSource(std::string_view source)
{
    return Parser(Reader(source).tokens()).count();
}

} // namespace nabiz::tests
