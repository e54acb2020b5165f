// SPDX-License-Identifier: GPL-3.0-or-later
// A log of a JSON object a line. It counts by step, else by epoch where that is whole, else by its lines.
#include "app/interchange/hf/hf_store.h"
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/source_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

constexpr std::size_t kBlock = 8U << 20U;
constexpr std::size_t kHead = 64U << 10U;
constexpr std::size_t kLongestLine = 64U << 20U;
constexpr std::array<std::string_view, 10> kSteps { "step", "_step", "global_step", "steps", "iter", "iteration",
    "iterations", "batch", "update", "num_updates" };
constexpr std::array<std::string_view, 6> kWalls { "_timestamp", "timestamp", "wall_time", "time", "datetime", "date" };

template <typename Names> bool isOneOf(const std::string& key, const Names& names)
{
    return std::find(names.begin(), names.end(), key) != names.end();
}

std::optional<double> timeOf(const Json& value)
{
    constexpr double kEarliest = 6e8; // what is less counts from a start
    if (value.is_string())
        return isoTime(value.get<std::string>());
    return value.is_number() && value.get<double>() > kEarliest && value.get<double>() < 1e11
        ? std::optional(value.get<double>())
        : std::nullopt;
}

class JsonLines final : public StoreReader {
public:
    explicit JsonLines(const fs::path& path)
        : m_file(path)
    {
    }

    std::vector<storage::ImportedRun> read(bool isAll) override
    {
        if (m_file.isReplaced()) {
            m_file.restart();
            m_text.clear();
            m_line = 0;
            m_isFirst = true;
        }
        storage::ImportedRun run { .source = "hf", .path = m_file.path().string() };
        run.name = m_file.path().stem().string();
        run.isWhole = m_isFirst;
        SeriesOf series(run);
        while (m_file.read(m_text, kBlock) > 0) {
            std::size_t at = 0;
            for (auto end = m_text.find('\n'); end != std::string::npos; end = m_text.find('\n', at)) {
                takeLine(std::string_view(m_text).substr(at, end - at), run, series);
                at = end + 1;
            }
            m_text.erase(0, at);
            if (m_text.size() > kLongestLine)
                throw StoreError("a line is longer than 64 MB");
        }
        if (isAll && Json::accept(m_text)) {
            takeLine(m_text, run, series);
            m_text.clear();
        }
        if (run.series.empty())
            return {};
        m_isFirst = false;
        return { std::move(run) };
    }

private:
    void takeLine(std::string_view line, storage::ImportedRun& run, SeriesOf& series)
    {
        line = trimmed(line);
        if (line.empty())
            return;
        const auto json = pythonJson(line);
        if (!json.is_object()) {
            ++run.damaged;
            return;
        }
        std::string counter;
        auto step = m_line++;
        for (const auto name : { kSteps[0], kSteps[1], kSteps[2], kSteps[3], kSteps[4], kSteps[5], kSteps[6], kSteps[7],
                 kSteps[8], kSteps[9], std::string_view("epoch") }) {
            const auto found = json.find(name);
            const auto number = found == json.end() ? std::nullopt : jsonNumber(*found);
            const auto whole = number ? sourceStep(*number) : std::nullopt;
            if (whole && counter.empty()) {
                counter = name;
                step = *whole;
            }
        }
        double wall = storage::kNoWallTime;
        for (const auto& [key, value] : json.items()) {
            if (isOneOf(key, kWalls))
                wall = timeOf(value).value_or(wall);
        }
        take(json, {}, counter, step, wall, series);
    }

    static void take(const Json& values, const std::string& prefix, const std::string& counter, std::int64_t step,
        double wall, SeriesOf& series)
    {
        for (const auto& [key, value] : values.items()) {
            if (prefix.empty() && (key == counter || (isOneOf(key, kWalls) && timeOf(value))))
                continue;
            const auto name = prefix.empty() ? key : prefix + '.' + key;
            if (const auto number = jsonNumber(value))
                series[name].points.push_back({ step, wall, *number });
            else if (value.is_object())
                take(value, name, counter, step, wall, series);
        }
    }

    GrowingFile m_file;
    std::string m_text;
    std::int64_t m_line = 0;
    bool m_isFirst = true;
};

// Its first line counts something and has a figure beside that: data sets are JSON lines too.
bool isJsonLines(const fs::path& path)
{
    const auto ending = path.extension();
    std::error_code error;
    if ((ending != ".jsonl" && ending != ".ndjson") || !fs::is_regular_file(path, error))
        return false;
    const auto head = fileTextOrNone(path, kHead);
    const auto line = trimmed(std::string_view(head).substr(0, head.find('\n')));
    const auto json = pythonJson(line);
    if (!json.is_object())
        return false;
    bool hasStep = false;
    int figures = 0;
    for (const auto& [key, value] : json.items()) {
        hasStep |= (isOneOf(key, kSteps) || key == "epoch") && value.is_number();
        figures += jsonNumber(value) || value.is_object() ? 1 : 0;
    }
    return hasStep && figures > 1;
}

std::unique_ptr<StoreReader> openJsonLines(const fs::path& path, const std::string&)
{
    return std::make_unique<JsonLines>(path);
}

} // namespace

StoreFormat jsonLinesFormat()
{
    return { "hf", isJsonLines, openJsonLines, ownsNothing };
}

} // namespace nabiz::app
