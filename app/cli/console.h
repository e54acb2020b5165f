// SPDX-License-Identifier: GPL-3.0-or-later
// Where the commands print: results on stdout, everything else on stderr, and nothing that a terminal would obey.
// Numbers and sizes for people are made here too, always with a decimal point. Main thread, except `logLine` and the
// progress.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

// `nabiz: LINE` on stderr, and the details below it.
void printError(std::string_view line, const std::vector<std::string>& details);
void printText(std::string_view text, std::FILE* file = stdout);
void printJson(const nlohmann::ordered_json& document, std::FILE* file = stdout);
// A line that the next one is drawn over, on stderr.
void drawProgress(std::string_view line);
void clearProgress();
// The whole terminal on stdout, drawn over; what was there before comes back when it is left.
void enterScreen(bool on);
void drawScreen(const std::vector<std::string>& lines);
// Throws UsageError when what was printed could not be written.
void flushOutput();

// One line with its time on stderr. Any thread.
void logLine(std::string_view line);
bool terminalOnStderr();

std::string bytesText(double bytes); // 512 MB, 1.21 GB (10⁹ bytes)
std::string durationText(double seconds); // 8 s, 1:05, 2:03:04
std::string numberText(std::optional<double> value, int digits = 4); // significant; all before the point; "–" for none
std::string countText(std::int64_t value);
std::string localTime(std::int64_t milliseconds); // 2026-05-04 13:05:06
std::string utcTime(std::int64_t milliseconds); // 2026-05-04T10:05:06.789Z

} // namespace nabiz::app
