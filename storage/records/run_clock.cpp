// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/run_clock.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace nabiz::storage {

namespace {

std::optional<double> number(std::string_view text)
{
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stopped == end ? std::optional(value) : std::nullopt;
}

std::string textOf(double value)
{
    char text[32] = {};
    return { text, std::to_chars(text, text + sizeof text, value).ptr };
}

std::string_view factOf(const Facts& facts, const char* key)
{
    const auto found = facts.find(key);
    return found == facts.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace

double RunClock::at(double time) const
{
    double zero = stretches.front().zero();
    for (const Stretch& stretch : stretches) {
        if (time > stretch.from)
            zero = stretch.zero();
    }
    return zero + time;
}

RunClock clockOf(const Run& run)
{
    const auto zero = number(factOf(run.facts, kTimeZero));
    RunClock clock;
    clock.stretches.push_back({ 0, zero.value_or(static_cast<double>(run.started.value_or(0))) / 1000 });
    std::string_view rest = factOf(run.facts, kTimeStretches);
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        const auto parted = word.find('@');
        if (parted == std::string_view::npos)
            continue;
        const auto from = number(word.substr(0, parted));
        const auto began = number(word.substr(parted + 1));
        if (!from || !began)
            continue;
        while (clock.stretches.size() > 1 && clock.stretches.back().from >= *from)
            clock.stretches.pop_back();
        clock.stretches.push_back({ *from, *began / 1000 });
    }
    return clock;
}

void beginStretch(Facts& facts, double seconds, std::int64_t nowMs)
{
    if (seconds == 0 && !facts.contains(kTimeZero)) {
        facts[kTimeZero] = std::to_string(nowMs);
        return;
    }
    std::string& stretches = facts[kTimeStretches];
    stretches += (stretches.empty() ? "" : " ") + textOf(seconds) + "@" + std::to_string(nowMs);
}

} // namespace nabiz::storage
