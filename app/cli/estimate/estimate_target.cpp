// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/estimate/estimate_target.h"

#include "app/cli/usage_error.h"
#include "trainer/base/problem.h"
#include "trainer/config/parameters/device_name.h"
#include "trainer/config/presets/parameter_check.h"
#include "trainer/estimate/memory_estimate.h"
#include "trainer/validation/validation.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace nabiz::app {

namespace {

// As LibTorch finds them, in GiB.
constexpr std::pair<std::string_view, double> kCards[]
    = { { "T4", 14.56 }, { "L4", 22.03 }, { "V100", 15.77 }, { "A10", 22.06 }, { "A100", 39.39 }, { "A100-80", 79.14 },
          { "H100", 79.11 }, { "H200", 139.72 }, { "RTX3090", 23.57 }, { "RTX4090", 23.52 } };

constexpr std::int64_t kLargestValue = std::int64_t { 1 } << 30;
// Not every value can be counted (a width that its heads do not divide): the next lower one that can is at most so far
// away.
constexpr std::int64_t kGap = 1024;

std::string upper(std::string_view text)
{
    std::string letters;
    for (const char c : text) {
        if (c != ' ')
            letters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    return letters;
}

class Search {
public:
    Search(const trainer::Config& config, const trainer::Parameter& parameter, const trainer::Machine& machine)
        : m_config(config)
        , m_parameter(parameter)
        , m_machine(machine)
    {
    }

    // The largest value up to `most` that can be counted.
    std::optional<std::int64_t> countable(std::int64_t most)
    {
        for (std::int64_t value = most; value >= 0 && most - value <= kGap; --value) {
            if (isCountable(value))
                return value;
        }
        return std::nullopt;
    }

    bool fits(std::int64_t value)
    {
        const auto verdict = at(value).verdict;
        return verdict && *verdict != trainer::MemoryVerdict::TooLarge;
    }

    bool grows(std::int64_t lowest, std::int64_t highest)
    {
        std::int64_t least = lowest;
        while (least < highest && least - lowest < kGap && !isCountable(least))
            ++least;
        const auto most = countable(highest);
        return !most || at(*most).totalBytes() > at(least).totalBytes();
    }

private:
    trainer::MemoryEstimate at(std::int64_t value)
    {
        m_config.set(m_parameter.key, value);
        return trainer::estimateMemory(m_config, m_machine);
    }

    bool isCountable(std::int64_t value)
    {
        if (!trainer::rangeProblem(m_parameter, value).empty())
            return false;
        m_config.set(m_parameter.key, value);
        return std::ranges::none_of(trainer::validate(m_config, m_machine), [&](const trainer::Problem& problem) {
            return problem.severity == trainer::Severity::Error
                && (problem.key == m_parameter.key || problem.key.starts_with("model."));
        });
    }

    trainer::Config m_config;
    const trainer::Parameter& m_parameter;
    const trainer::Machine& m_machine;
};

} // namespace

std::int64_t parseBytes(std::string_view text)
{
    for (const auto& [name, gibibytes] : kCards) {
        if (upper(text) == name)
            return std::llround(gibibytes * 0x1p30);
    }
    static const std::map<std::string, double, std::less<>> units { { "", 1 }, { "B", 1 }, { "K", 1e3 }, { "KB", 1e3 },
        { "M", 1e6 }, { "MB", 1e6 }, { "G", 1e9 }, { "GB", 1e9 }, { "T", 1e12 }, { "TB", 1e12 }, { "KIB", 0x1p10 },
        { "MIB", 0x1p20 }, { "GIB", 0x1p30 }, { "TIB", 0x1p40 } };
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto unit
        = units.find(upper(text.substr(static_cast<std::size_t>(error == std::errc() ? end - text.data() : 0))));
    if (error != std::errc() || unit == units.end() || !(number * unit->second >= 1) || number * unit->second > 1e18)
        throw UsageError(fmt::format(
            "--capacity '{}' is no amount of memory: write bytes, as in 15e9, 15GB or 14.6GiB, or a card, as in t4",
            text));
    return std::llround(number * unit->second);
}

trainer::Machine withCapacity(trainer::Machine machine, const trainer::Config& config, std::int64_t bytes)
{
    const auto device = trainer::parseDevice(config.text("hardware.device"));
    if (device && !device->automatic && !device->cuda) {
        machine.memoryBytes = bytes;
        return machine;
    }
    machine.cudaDevices = std::max({ machine.cudaDevices, 1, device ? device->index + 1 : 1 });
    machine.gpuBytes.assign(static_cast<std::size_t>(machine.cudaDevices), bytes);
    return machine;
}

std::optional<std::int64_t> largestThatFits(
    const trainer::Config& config, const std::string& key, const trainer::Machine& machine)
{
    const trainer::Parameter* parameter = trainer::findParameter(key);
    if (!parameter)
        throw UsageError(fmt::format("--solve: there is no setting '{}'{}", key,
            trainer::nearestKey(key).empty() ? std::string()
                                             : fmt::format("; did you mean {}?", trainer::nearestKey(key))));
    if (!std::holds_alternative<std::int64_t>(parameter->defaultValue))
        throw UsageError(fmt::format("--solve takes a setting that is a whole number, and {} is none", key));
    if (trainer::estimateMemory(config, machine).capacityBytes == 0)
        throw UsageError("--solve needs to know how much memory there is: give --capacity, as in 15GB");
    Search search(config, *parameter, machine);
    const auto lowest = static_cast<std::int64_t>(std::max(parameter->minimum, 0.0));
    const auto highest = static_cast<std::int64_t>(std::min(parameter->maximum, static_cast<double>(kLargestValue)));
    if (!search.grows(lowest, highest))
        throw UsageError(fmt::format("--solve {}: memory does not grow with it, so no value is the largest", key));
    std::optional<std::int64_t> best;
    std::int64_t low = lowest;
    std::int64_t high = highest;
    while (low <= high) {
        const std::int64_t middle = low + (high - low) / 2;
        const auto value = search.countable(middle);
        if (!value || *value < low) { // nothing in the lower half can be counted
            low = middle + 1;
        } else if (search.fits(*value)) {
            best = value;
            low = middle + 1;
        } else {
            high = *value - 1;
        }
    }
    return best;
}

} // namespace nabiz::app
