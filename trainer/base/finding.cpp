// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/finding.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::pair<FindingSeverity, std::string_view> kSeverities[] = {
    { FindingSeverity::Fine, "fine" },
    { FindingSeverity::Note, "note" },
    { FindingSeverity::Warning, "warning" },
};

constexpr std::pair<std::string_view, const char*> kTitles[] = {
    { "leak", NABIZ_TEXT("Message", "Sees what follows") },
    { "duplicates", NABIZ_TEXT("Message", "Repeated text") },
    { "padding", NABIZ_TEXT("Message", "Padding") },
    { "overlap", NABIZ_TEXT("Message", "Validation is in the training text") },
    { "collisions", NABIZ_TEXT("Message", "Letters that collide") },
    { "floor", NABIZ_TEXT("Message", "Loss against what is possible") },
    { "dead_parameters", NABIZ_TEXT("Message", "Parameters that do not learn") },
    { "first_loss", NABIZ_TEXT("Message", "First loss") },
    { "not_in_effect", NABIZ_TEXT("Message", "Settings without effect") },
};

// Of most things there is one finding at a time, whatever its figures; these two tell of several at once.
bool isSame(const Finding& a, const Finding& b)
{
    const bool several = a.id == "not_in_effect" || a.id == "dead_parameters";
    return a.id == b.id && (!several || (a.message == b.message && a.measured == b.measured));
}

} // namespace

std::string_view severityName(FindingSeverity severity)
{
    return kSeverities[static_cast<std::size_t>(severity)].second;
}

Message findingTitle(std::string_view id)
{
    for (const auto& [known, title] : kTitles) {
        if (known == id)
            return message(title);
    }
    return message("%1", std::string(id));
}

std::string describe(const Finding& finding)
{
    return finding.measured.english() + (finding.message.empty() ? "" : " " + finding.message.english());
}

Message toMessage(const Finding& finding)
{
    Message event = finding.message.empty() ? Message { finding.measured.text, {} } : finding.message;
    const std::string own = std::to_string(event.arguments.size());
    event.arguments.push_back(finding.id);
    event.arguments.emplace_back(severityName(finding.severity));
    event.arguments.push_back(finding.measured.text);
    event.arguments.insert(event.arguments.end(), finding.measured.arguments.begin(), finding.measured.arguments.end());
    event.arguments.push_back(own);
    return event;
}

std::optional<Finding> findingFrom(const std::string& text, const std::vector<std::string>& arguments)
{
    std::size_t own = 0;
    if (arguments.size() < 4)
        return std::nullopt;
    const std::string& count = arguments.back();
    const auto parsed = std::from_chars(count.data(), count.data() + count.size(), own);
    if (parsed.ec != std::errc() || parsed.ptr != count.data() + count.size() || own > arguments.size() - 4)
        return std::nullopt;
    const auto severity = std::find_if(std::begin(kSeverities), std::end(kSeverities),
        [&](const auto& known) { return known.second == arguments[own + 1]; });
    if (severity == std::end(kSeverities))
        return std::nullopt;
    const auto at = [&](std::size_t index) { return arguments.begin() + static_cast<std::ptrdiff_t>(index); };
    Finding finding { arguments[own], severity->first, { arguments[own + 2], { at(own + 3), arguments.end() - 1 } },
        {} };
    if (finding.severity != FindingSeverity::Fine)
        finding.message = { text, { arguments.begin(), at(own) } };
    return finding;
}

std::vector<Finding> standing(const std::vector<Finding>& findings)
{
    std::vector<Finding> result;
    for (const Finding& finding : findings) {
        const auto before
            = std::find_if(result.begin(), result.end(), [&](const Finding& other) { return isSame(other, finding); });
        if (before == result.end())
            result.push_back(finding);
        else
            *before = finding;
    }
    std::stable_sort(
        result.begin(), result.end(), [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    return result;
}

std::vector<Finding> suspicious(const std::vector<Finding>& findings)
{
    std::vector<Finding> result;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(result),
        [](const Finding& finding) { return finding.severity != FindingSeverity::Fine; });
    return result;
}

} // namespace nabiz::trainer
