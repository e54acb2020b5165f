// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include "app/cli/usage_error.h"
#include "app/run/terminal_text.h"

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

namespace {

// The only sequences that the command line itself sends, as ECMA-48 and xterm have them.
const std::string kLineAnew = "\r\x1b[K";
constexpr std::string_view kEnterScreen = "\x1b[?1049h\x1b[?25l"; // another one, without a cursor
constexpr std::string_view kLeaveScreen = "\x1b[?25h\x1b[?1049l";
constexpr std::string_view kHome = "\x1b[H";
constexpr std::string_view kEndOfLine = "\x1b[K";
constexpr std::string_view kEndOfScreen = "\x1b[J";

void put(std::string_view text, std::FILE* file)
{
    std::fwrite(text.data(), 1, text.size(), file);
}

} // namespace

void printError(std::string_view line, const std::vector<std::string>& details)
{
    std::string text = fmt::format("nabiz: {}\n", safeLine(line));
    for (const std::string& detail : details)
        text += fmt::format("  {}\n", safeLine(detail));
    put(text, stderr);
}

void printText(std::string_view text, std::FILE* file)
{
    put(safeText(text), file);
}

void drawProgress(std::string_view line)
{
    put(kLineAnew + safeLine(line), stderr);
}

void enterScreen(bool on)
{
    put(on ? kEnterScreen : kLeaveScreen, stdout);
    std::fflush(stdout);
}

void drawScreen(const std::vector<std::string>& lines)
{
    std::string text(kHome);
    for (std::size_t i = 0; i < lines.size(); ++i)
        text.append(i > 0 ? "\r\n" : "").append(safeLine(lines[i])).append(kEndOfLine);
    put(text.append(kEndOfScreen), stdout);
    std::fflush(stdout);
}

void clearProgress()
{
    put(kLineAnew, stderr);
}

void printJson(const nlohmann::ordered_json& document, std::FILE* file)
{
    // Names and sample texts may hold bytes that are not UTF-8; JSON may not.
    put(safeJson(document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + '\n', file);
}

void flushOutput()
{
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
        throw UsageError(
            fmt::format("the output could not be written: {}; give it a place with room", std::strerror(errno)));
}

void logLine(std::string_view line)
{
    static const auto logger = [] {
        auto made = spdlog::stderr_logger_mt("nabiz");
        made->set_pattern("%H:%M:%S  %v");
        return made;
    }();
    logger->info("{}", safeLine(line));
}

bool terminalOnStderr()
{
    return isatty(STDERR_FILENO) == 1;
}

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
    if (const double size = std::abs(*value); size >= std::pow(10, digits) && size < 1e15)
        return fmt::format("{:.0f}", *value); // not 1.2e+04
    return fmt::format("{:.{}g}", *value, digits);
}

std::string countText(std::int64_t value)
{
    return fmt::format("{}", value);
}

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

std::string localTime(std::int64_t milliseconds)
{
    return timeText(milliseconds, false, "%Y-%m-%d %H:%M:%S");
}

std::string utcTime(std::int64_t milliseconds)
{
    return fmt::format("{}.{:03}Z", timeText(milliseconds, true, "%Y-%m-%dT%H:%M:%S"), milliseconds % 1000);
}

} // namespace nabiz::app
