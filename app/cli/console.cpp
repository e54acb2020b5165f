// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include "app/cli/usage_error.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <ctime>

#include <unistd.h>

namespace nabiz::app {

void printError(std::string_view line, const std::vector<std::string>& details)
{
    std::string text = fmt::format("nabiz: {}\n", line);
    for (const std::string& detail : details)
        text += fmt::format("  {}\n", detail);
    printText(text, stderr);
}

void printText(std::string_view text, std::FILE* file) { std::fwrite(text.data(), 1, text.size(), file); }

void printJson(const nlohmann::ordered_json& document)
{
    // Names and sample texts may hold bytes that are not UTF-8; JSON may not.
    printText(document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
}

void flushOutput()
{
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
        throw UsageError(fmt::format("the output could not be written: {}; give it a place with room", std::strerror(errno)));
}

void logLine(std::string_view line)
{
    static const auto logger = [] {
        auto made = spdlog::stderr_logger_mt("nabiz");
        made->set_pattern("%H:%M:%S  %v");
        return made;
    }();
    logger->info("{}", line);
}

bool terminalOnStderr() { return isatty(STDERR_FILENO) == 1; }

std::string bytesText(double bytes)
{
    struct Unit {
        double size;
        const char* name;
    };
    for (const Unit unit : { Unit { 1e9, "GB" }, Unit { 1e6, "MB" }, Unit { 1e3, "kB" } }) {
        if (std::abs(bytes) < unit.size)
            continue;
        const double value = bytes / unit.size;
        return fmt::format("{:.{}f} {}", value, value >= 100 || unit.size < 1e9 ? 0 : value >= 10 ? 1 : 2, unit.name);
    }
    return fmt::format("{:.0f} B", bytes);
}

std::string durationText(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds)));
    if (whole < 60)
        return fmt::format("{} s", whole);
    if (whole < 3600)
        return fmt::format("{}:{:02}", whole / 60, whole % 60);
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string numberText(std::optional<double> value, int digits)
{
    if (!value)
        return "–";
    if (std::isnan(*value))
        return "nan";
    return fmt::format("{:.{}g}", *value, digits);
}

std::string countText(std::int64_t value) { return fmt::format("{}", value); }

namespace {

std::string timeText(std::int64_t milliseconds, bool utc, const char* pattern)
{
    const std::time_t seconds = milliseconds / 1000;
    std::tm parts {};
    if (!(utc ? gmtime_r(&seconds, &parts) : localtime_r(&seconds, &parts)))
        return {};
    std::array<char, 40> text {};
    return { text.data(), std::strftime(text.data(), text.size(), pattern, &parts) };
}

} // namespace

std::string localTime(std::int64_t milliseconds) { return timeText(milliseconds, false, "%Y-%m-%d %H:%M:%S"); }

std::string utcTime(std::int64_t milliseconds)
{
    return fmt::format("{}.{:03}Z", timeText(milliseconds, true, "%Y-%m-%dT%H:%M:%S"), milliseconds % 1000);
}

} // namespace nabiz::app
