// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/private_words.h"

#include "app/notify/notify_settings.h"
#include "app/run/environment.h"
#include "trainer/base/train_error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <regex>
#include <string_view>

#include <pwd.h>
#include <unistd.h>

namespace nabiz::app {

namespace {

constexpr std::size_t kShortest = 3; // characters
constexpr std::array<std::string_view, 10> kSecret { "TOKEN", "SECRET", "KEY", "PASS", "PWD", "AUTH", "CRED", "COOKIE",
    "WEBHOOK", "PROXY" };

bool isSecret(std::string name)
{
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name != "PWD" && name != "OLDPWD"
        && std::ranges::any_of(kSecret, [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

std::string variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

// Where a path that begins at `from` ends: at its quotation mark, else at what a path in a sentence does not hold.
std::size_t endOfPath(const std::string& text, std::size_t from)
{
    const char before = from > 0 ? text[from - 1] : ' ';
    const std::size_t end = before == '\'' || before == '"' ? text.find_first_of(std::string { before, '\n' }, from)
                                                            : text.find_first_of(" \t\r\n\"'<>|,;", from);
    return std::min(end, text.size());
}

// Of whichever user: /home/ada, /Users/ada, /root.
void hideHomes(std::string& text)
{
    for (const std::string_view root : { "/home/", "/Users/", "/root" }) {
        for (std::size_t at = 0; (at = text.find(root, at)) != std::string::npos;) {
            const std::size_t behind = at + root.size();
            const bool isWhole = root.back() == '/' || behind == text.size()
                || !std::isalnum(static_cast<unsigned char>(text[behind]));
            if (isWhole)
                text.replace(at, endOfPath(text, at) - at, "~/…");
            at += isWhole ? 3 : root.size();
        }
    }
}

// What looks like a key whoever's it is, an address of mail, and what stands in an address before or behind its host.
// Few lines hold any of it.
std::string withoutKeys(std::string text)
{
    constexpr std::array<std::string_view, 12> kSigns { "@", "://", "sk-", "ghp_", "gho_", "github_pat_", "hf_", "xox",
        "AIza", "AKIA", "Bearer ", "Basic " };
    constexpr std::size_t kLongest = 4000; // of a line that is looked through
    if (std::ranges::none_of(kSigns, [&](std::string_view sign) { return text.find(sign) != std::string::npos; }))
        return text;
    if (text.size() > kLongest)
        text = text.substr(0, kLongest) + "…\n";
    static const std::regex keys("(sk-|gh[po]_|github_pat_|hf_|xox[abprs]-|AIza|AKIA)[A-Za-z0-9_-]{8,}");
    static const std::regex bearer("(Bearer|Basic) [A-Za-z0-9+/=._-]{8,}");
    static const std::regex mail("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z.]{2,}");
    static const std::regex address("([a-z]+://)[^/ '\"]*@|([a-z]+://[^/? '\"]+)[/?][^ '\"]*");
    std::string shown = std::regex_replace(text, keys, "***");
    shown = std::regex_replace(shown, bearer, "$1 ***");
    shown = std::regex_replace(shown, address, "$1$2/***");
    return std::regex_replace(shown, mail, "***");
}

} // namespace

PrivateWords::PrivateWords()
{
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view line(*entry);
        const std::size_t equals = line.find('=');
        if (equals != std::string_view::npos && isSecret(std::string(line.substr(0, equals))))
            add(std::string(line.substr(equals + 1)), "***");
    }
    try {
        const NotifySettings notify = readNotifySettings();
        add(notify.url, "***");
        add(notify.command, "***");
    } catch (const trainer::TrainError&) { // what cannot be read is not told of either
    }
    const passwd* const user = getpwuid(geteuid());
    for (const std::string& home : { variable("HOME"), std::string(user && user->pw_dir ? user->pw_dir : "") })
        add(home, "~");
    for (const std::string& name : { variable("USER"), variable("LOGNAME"), std::string(user ? user->pw_name : "") })
        add(name, "USER");
    const auto facts = environmentFacts();
    if (const auto host = facts.find("host"); host != facts.end())
        add(host->second, "HOST");
}

void PrivateWords::add(std::string word, std::string shown)
{
    while (word.size() > 1 && word.back() == '/')
        word.pop_back();
    if (word.size() < kShortest || word == "root") // root is the name of too much
        return;
    const auto place
        = std::ranges::find_if(m_words, [&](const auto& known) { return known.first.size() < word.size(); });
    m_words.insert(place, { std::move(word), std::move(shown) });
}

std::string PrivateWords::without(std::string text) const
{
    for (const auto& [word, shown] : m_words) {
        const bool isHome = shown == "~";
        for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += shown.size())
            text.replace(at, isHome ? endOfPath(text, at) - at : word.size(), isHome ? "~/…" : shown);
    }
    hideHomes(text);
    // Line by line: a log may have millions of them.
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        shown += withoutKeys(text.substr(at, end - at));
        at = end;
    }
    return shown;
}

} // namespace nabiz::app
