// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/inbox/inbox_file.h"
#include "app/interchange/stores/store_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nabiz::app {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kBlock = 8U << 20U;
constexpr std::size_t kHead = 1U << 20U;
constexpr std::size_t kLongestLine = 16U << 20U;

// Null where it has none.
const Json& field(const Json& json, const char* key)
{
    static const Json none;
    const auto found = json.find(key);
    return found == json.end() ? none : *found;
}

std::string textOf(const Json& json)
{
    return json.is_string() ? json.get<std::string>() : std::string();
}

std::int64_t wholeOf(const Json& json)
{
    const auto number = jsonNumber(json);
    return number ? sourceStep(*number).value_or(0) : 0;
}

// The line that begins a file, as an object that holds "start"; else null.
Json startLine(std::string_view text)
{
    const auto end = text.find('\n');
    const auto json = end == std::string_view::npos ? Json() : pythonJson(trimmed(text.substr(0, end)));
    return json.is_object() && field(json, "v").is_number() && field(json, "start").is_object() ? json : Json();
}

// Later ones of a key take the place of earlier ones.
void addSettings(const Json& settings, storage::ImportedRun& run)
{
    for (const auto& [key, value] : settings.items()) {
        auto& all = run.parameters;
        const auto known
            = std::find_if(all.begin(), all.end(), [&key = key](const auto& one) { return one.first == key; });
        if (known == all.end())
            all.emplace_back(key, jsonText(value));
        else
            known->second = jsonText(value);
    }
}

void describe(const Json& about, storage::ImportedRun& run)
{
    if (const auto name = textOf(field(about, "name")); !name.empty())
        run.name = name;
    if (const auto& notes = field(about, "notes"); notes.is_string())
        run.note = notes.get<std::string>();
    const auto& tags = field(about, "tags");
    if (!tags.is_array())
        return;
    run.tags.clear();
    for (const auto& tag : tags)
        run.tags.push_back(jsonText(tag));
}

} // namespace

bool isInboxFile(const std::filesystem::path& path)
{
    std::error_code error;
    return path.extension() == ".jsonl" && std::filesystem::is_regular_file(path, error)
        && !startLine(fileTextOrNone(path, kHead)).is_null();
}

const std::optional<std::string>& InboxFile::id()
{
    if (m_id)
        return m_id;
    const auto text = fileTextOrNone(m_file.path(), kHead);
    const auto json = startLine(text);
    m_began = json.is_null() ? m_began : jsonNumber(field(json, "t")).value_or(m_began);
    const auto own = json.is_null() ? std::string() : textOf(field(json["start"], "id"));
    const auto name = m_file.path().stem().string();
    if (!own.empty())
        m_id = own;
    else if (text.find('\n') != std::string::npos || text.size() >= kHead)
        m_id = name.substr(0, name.rfind('-'));
    return m_id;
}

bool InboxFile::read(storage::ImportedRun& run, SeriesOf& series, InboxLives& lives)
{
    const auto before = m_file.offset();
    while (m_file.read(m_text, kBlock) > 0)
        takeText(m_text, { run, series, lives });
    return m_file.offset() > before;
}

void InboxFile::takeText(std::string& text, const Target& target)
{
    std::size_t at = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', at)) {
        const auto line = std::string_view(text).substr(at, end - at);
        if (m_isSkipping || line.size() > kLongestLine)
            ++target.run.damaged;
        else
            takeLine(line, target);
        m_isSkipping = false;
        at = end + 1;
    }
    text.erase(0, at);
    if (m_isSkipping || text.size() > kLongestLine) {
        m_isSkipping = true;
        text.clear();
    }
}

void InboxFile::hear(double wall)
{
    if (!std::isfinite(wall))
        return;
    m_first = std::isfinite(m_first) ? m_first : wall;
    m_last = std::fmax(m_last, wall); // a clock may be set back
}

void InboxFile::takeLine(std::string_view line, const Target& target)
{
    auto& run = target.run;
    line = trimmed(line);
    if (line.empty())
        return;
    if (m_line.read(line)) {
        hear(m_line.wall);
        live(m_line.step, target.lives);
        for (const auto& [key, value] : m_line.figures)
            target.series[key].points.push_back({ m_line.step, m_line.wall, value, m_life });
        return;
    }
    const auto json = pythonJson(line);
    if (!json.is_object()) {
        ++run.damaged;
        return;
    }
    const double wall = jsonNumber(field(json, "t")).value_or(storage::kNoWallTime);
    hear(wall);
    if (const auto& start = field(json, "start"); start.is_object())
        takeStart(start, wall, target);
    if (const auto& settings = field(json, "config"); settings.is_object())
        addSettings(settings, run);
    if (const auto& told = field(json, "set"); told.is_object())
        describe(told, run);
    if (const auto& summary = field(json, "summary"); summary.is_object()) {
        for (const auto& [key, value] : summary.items())
            run.facts["summary." + key] = jsonText(value);
    }
    if (const auto& end = field(json, "end"); end.is_number())
        m_exitCode = static_cast<int>(wholeOf(end) != 0);
    if (json.contains("m") || json.contains("texts"))
        takeFigures(json, wall, target);
}

// A process that begins anew in the same file, its number used again, has not ended.
void InboxFile::takeStart(const Json& start, double wall, const Target& target)
{
    auto& [run, series, lives] = target;
    m_isFresh = true;
    m_isAlone = !lives.othersLive && !(lives.othersLast > wall);
    describe(start, run);
    for (const char* key : { "project", "group", "job_type", "host", "command" }) {
        if (const auto text = textOf(field(start, key)); !text.empty())
            run.facts[key] = text;
    }
    m_writer = { textOf(field(start, "host")), textOf(field(start, "boot")), wholeOf(field(start, "pid")),
        wholeOf(field(start, "process_start")) };
    m_exitCode.reset();
}

void InboxFile::live(std::int64_t step, InboxLives& lives)
{
    if (std::exchange(m_isFresh, false)) {
        if (m_isAlone && !lives.hasPlaces && step <= lives.reached) {
            ++lives.life;
            lives.reached = step;
        }
        m_life = lives.life;
    }
    lives.reached = std::max(lives.reached, step);
}

void InboxFile::takeFigures(const Json& json, double wall, const Target& target)
{
    auto& [run, series, lives] = target;
    const auto number = jsonNumber(field(json, "s"));
    const auto step = number ? sourceStep(*number) : std::nullopt;
    const auto& figures = field(json, "m");
    if (!step || (!figures.is_object() && !figures.is_null())) {
        ++run.damaged;
        return;
    }
    const auto& places = field(json, "x"); // of the metrics that count by another one
    lives.hasPlaces = lives.hasPlaces || places.is_object();
    live(*step, lives);
    for (const auto& [key, value] : figures.items()) {
        const auto figure = jsonNumber(value);
        if (!figure) {
            ++run.damaged;
            continue;
        }
        const auto place = places.is_object() ? jsonNumber(field(places, key.c_str())) : std::nullopt;
        const auto whole = place ? sourceStep(*place) : std::nullopt;
        series[key].points.push_back({ whole.value_or(*step), wall, *figure, m_life });
    }
    if (const auto& texts = field(json, "texts"); texts.is_object()) {
        for (const auto& [key, value] : texts.items())
            run.texts.push_back({ key, *step, wall, jsonText(value) });
    }
}

} // namespace nabiz::app
