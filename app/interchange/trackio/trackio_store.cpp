// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/trackio/trackio_store.h"
#include "app/interchange/stores/source_text.h"
#include "app/interchange/stores/sqlite_store.h"
#include "storage/foreign/trackio_database.h"

#include <nlohmann/json.hpp>

#include <set>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;
using Row = storage::TrackioDatabase::Row;

constexpr std::size_t kMostTexts = 1000; // of a run

class TrackioStore final : public StoreReader {
public:
    explicit TrackioStore(const fs::path& path)
        : m_path(path)
        , m_database(path)
    {
    }

    std::vector<storage::ImportedRun> read(bool) override
    {
        m_runs.clear();
        const auto damaged = readSqlite([this] {
            return m_database.read(
                [this](const Row& row) { takeSettings(row); }, [this](const Row& row) { takeValues(row); });
        });
        std::vector<storage::ImportedRun> all;
        for (auto& [id, state] : m_runs) {
            auto& run = state.run;
            run.damaged += damaged;
            const bool isKnown = m_known.contains(id);
            if (run.series.empty() && (isKnown || run.parameters.empty()))
                continue;
            run.isWhole = !isKnown;
            m_known.insert(id);
            all.push_back(std::move(run));
        }
        return all;
    }

private:
    struct State {
        storage::ImportedRun run;
        SeriesOf series { run };
    };

    State& of(const Row& row)
    {
        auto& state = m_runs[std::string(row.run)];
        if (state.run.source.empty()) {
            state.run.source = "trackio";
            state.run.originalId = row.run;
            state.run.path = m_path.string();
            state.run.name = row.name;
            state.run.facts["project"] = m_path.stem().string();
        }
        return state;
    }

    void takeSettings(const Row& row)
    {
        auto& run = of(row).run;
        const auto settings = Json::parse(row.json, nullptr, false);
        if (!settings.is_object()) {
            run.damaged += settings.is_discarded() ? 1 : 0;
            return;
        }
        for (const auto& [key, value] : settings.items()) {
            if (!key.starts_with('_')) {
                addParameters(run, value, key);
            } else if (!value.is_null()) {
                run.facts["trackio" + key] = jsonText(value);
                if (key == "_Created" && value.is_string())
                    run.started = isoTime(value.get<std::string>());
            }
        }
    }

    void takeValues(const Row& row)
    {
        auto& state = of(row);
        const auto values = Json::parse(row.json, nullptr, false);
        if (!values.is_object()) {
            ++state.run.damaged;
            return;
        }
        const double wall = isoTime(row.time).value_or(storage::kNoWallTime);
        take(state, values, {}, row.step, wall);
    }

    void take(State& state, const Json& values, const std::string& prefix, std::int64_t step, double wall)
    {
        for (const auto& [key, value] : values.items()) {
            const auto name = prefix.empty() ? key : prefix + '/' + key;
            if (const auto number = jsonNumber(value))
                state.series[name].points.push_back({ step, wall, *number });
            else if (value.is_string() && state.run.texts.size() < kMostTexts)
                state.run.texts.push_back({ name, step, wall, value.get<std::string>() });
            else if (value.is_object() && !value.contains("_type")) // with one: a table, an image
                take(state, value, name, step, wall);
        }
    }

    const fs::path m_path;
    storage::TrackioDatabase m_database;
    std::map<std::string, State> m_runs; // of this reading
    std::set<std::string> m_known;
};

bool isTrackio(const fs::path& path)
{
    return sqliteKind(path) == storage::ForeignKind::Trackio;
}

std::unique_ptr<StoreReader> openTrackio(const fs::path& path, const std::string&)
{
    return std::make_unique<TrackioStore>(path);
}

} // namespace

StoreFormat trackioFormat()
{
    return { "trackio", isTrackio, openTrackio, ownsNothing };
}

} // namespace nabiz::app
