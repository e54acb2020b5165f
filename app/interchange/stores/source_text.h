// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, times and names as other trackers write them: Python's words for what is no number, ISO 8601 times, nested
// settings. Pure; any thread.
#pragma once

#include "storage/records/imported_run.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace nabiz::app {

std::string_view trimmed(std::string_view text);
bool isUtf8(std::string_view text);
// With U+FFFD in the place of what is none.
std::string madeUtf8(std::string text);
// The whole text: 1e-3, nan, NaN, inf, Infinity, -Infinity; too large is infinite, too small 0.
std::optional<double> sourceNumber(std::string_view text);
// A whole number, also written 50.0 or 3e9, that is exact.
std::optional<std::int64_t> sourceStep(std::string_view text);
std::optional<std::int64_t> sourceStep(double number);
// Seconds since 1970: 2026-11-23T15:26:21.438693+00:00, with a space for T, Z or no zone (taken as UTC), a date alone.
std::optional<double> isoTime(std::string_view text);

// Also Python's NaN and Infinity, which JSON has not: they become the words in quotes. Discarded when it is none.
nlohmann::json pythonJson(std::string_view text);
// A number, or one of the words for what is none; true and false are 1 and 0.
std::optional<double> jsonNumber(const nlohmann::json& value);
// As a parameter's text: a text is itself, null is null, a list is JSON.
std::string jsonText(const nlohmann::json& value);
// Nested objects joined by `joint`.
void addParameters(
    storage::ImportedRun& run, const nlohmann::json& value, const std::string& prefix = {}, char joint = '.');
// YAML as hparams.yaml and params.yaml hold it. What is none adds nothing.
void addYamlParameters(storage::ImportedRun& run, const std::string& yaml);

// The series of a name, made where it is new. Of a run that is being read.
class SeriesOf {
public:
    explicit SeriesOf(storage::ImportedRun& run)
        : m_run(run)
    {
    }
    storage::ImportedSeries& operator[](std::string_view name);

private:
    storage::ImportedRun& m_run;
    std::map<std::string, std::size_t, std::less<>> m_places;
};

} // namespace nabiz::app
