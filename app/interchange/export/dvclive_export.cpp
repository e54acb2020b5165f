// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/export/dvclive_export.h"
#include "app/interchange/export/exported_run.h"
#include "trainer/base/output_file.h"
#include "trainer/base/value.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace nabiz::app {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

// A name with slashes is a path below plots/metrics; none leads out of it.
fs::path plotOf(const std::string& metric)
{
    fs::path path;
    for (const fs::path& part : fs::path(metric)) {
        if (part != "/" && !part.empty())
            path /= part == "." || part == ".." ? "_" : part;
    }
    return path.empty() ? "_" : path;
}

std::string tsvCell(std::string text)
{
    for (char& c : text) {
        if (c == '\t' || c == '\n' || c == '\r')
            c = ' ';
    }
    return text;
}

void makeFolder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw trainer::unwritable(folder, error);
}

// The latest values, nested at slashes as the plots are.
void nest(Json& all, const std::string& metric, double value)
{
    Json* at = &all;
    for (const fs::path& part : plotOf(metric)) {
        at = &(*at)[part.string()];
        if (!at->is_object() && !at->is_null())
            return; // "a" is a value already, "a/b" finds no place here; its plot has all of it
    }
    if (std::isfinite(value))
        *at = value;
    else
        *at = trainer::toText(value);
}

void writePlot(const storage::Series& series, const storage::RunClock& clock, const fs::path& file)
{
    makeFolder(file.parent_path());
    trainer::OutputFile out(file);
    out.write("timestamp\tstep\t" + tsvCell(plotOf(series.metric.name).filename().string()) + '\n');
    for (std::size_t i = 0; i < series.value.size(); ++i) {
        const auto ms = static_cast<std::int64_t>(std::llround(clock.at(series.time[i]) * 1000)); // as DVCLive's own
        out.write(std::to_string(ms) + '\t' + std::to_string(static_cast<std::int64_t>(series.batch[i])) + '\t'
            + trainer::toText(series.value[i]) + '\n');
    }
    out.commit();
}

// What is a number, a word or a list to YAML stands as it is, every other text in quotes.
std::string yamlOf(const std::string& text)
{
    const auto parsed = Json::parse(text, nullptr, false);
    const bool isPlain = !parsed.is_discarded() && !parsed.is_string();
    return isPlain ? text : Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::int64_t exportDvclive(const storage::RunStore& store, const storage::Run& run, const fs::path& folder)
{
    std::int64_t points = 0, last = 0;
    Json latest = Json::object();
    std::set<fs::path> taken;
    for (const auto& metric : store.metrics(run.id)) {
        const auto series = store.series(run.id, metric);
        if (series.value.empty())
            continue;
        auto file = folder / "plots" / "metrics" / plotOf(metric.name);
        while (!taken.insert(file).second) // "a//b" and "a/b" are two metrics and one path
            file += "_";
        file += ".tsv";
        writePlot(series, exportClock(run), file);
        points += static_cast<std::int64_t>(series.value.size());
        nest(latest, metric.name, series.value.back());
        last = std::max(last, static_cast<std::int64_t>(series.batch.back()));
    }
    latest["step"] = last;
    std::string parameters;
    for (const auto& parameter : store.parameters(run.id)) {
        const auto& text = parameter.value();
        parameters += yamlOf(parameter.key) + ": " + yamlOf(text) + '\n';
    }
    trainer::writeFile(folder / "params.yaml", parameters);
    // Without it dvc counts rows instead of steps.
    trainer::writeFile(folder / "dvc.yaml",
        "params:\n- params.yaml\nmetrics:\n- metrics.json\nplots:\n- plots/metrics:\n    x: step\n");
    trainer::writeFile(folder / "metrics.json", latest.dump(4, ' ', false, Json::error_handler_t::replace) + '\n');
    return points;
}

} // namespace nabiz::app
