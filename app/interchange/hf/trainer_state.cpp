// SPDX-License-Identifier: GPL-3.0-or-later
// trainer_state.json: written anew, whole, with each checkpoint and at the end.
#include "app/interchange/hf/hf_store.h"
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/source_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

constexpr const char* kState = "trainer_state.json";
constexpr std::string_view kCheckpoint = "checkpoint-";
constexpr std::size_t kLargest = 512U << 20U;

std::optional<std::int64_t> checkpointOf(const fs::path& folder)
{
    const auto name = folder.filename().string();
    return name.starts_with(kCheckpoint) ? sourceStep(std::string_view(name).substr(kCheckpoint.size())) : std::nullopt;
}

// Every folder's own, and those of its checkpoints: the furthest last.
std::vector<fs::path> statesOf(const fs::path& folder)
{
    std::vector<std::pair<std::int64_t, fs::path>> states;
    std::error_code error;
    for (auto it = fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::directory_iterator(); it.increment(error)) {
        std::error_code ignored; // what cannot be looked at has no state
        const auto number = checkpointOf(it->path());
        if (number && fs::is_regular_file(it->path() / kState, ignored))
            states.emplace_back(*number, it->path() / kState);
    }
    std::sort(states.begin(), states.end());
    std::vector<fs::path> paths;
    for (auto& [number, path] : states)
        paths.push_back(std::move(path));
    if (fs::is_regular_file(folder / kState, error))
        paths.push_back(folder / kState);
    return paths;
}

class TrainerState final : public StoreReader {
public:
    TrainerState(const fs::path& path, const std::string& label)
        : m_path(path)
        , m_label(label)
    {
    }

    std::vector<storage::ImportedRun> read(bool) override
    {
        std::error_code error;
        const bool isFile = fs::is_regular_file(m_path, error);
        const auto states = isFile ? std::vector { m_path } : statesOf(m_path);
        if (states.empty())
            return {};
        const auto state = furthest(states);
        if (state.text == m_last)
            return {};
        if (!state.log) {
            if (!m_last.empty())
                return {}; // it is being written
            throw StoreError("it is no state of a Trainer: it has no log_history");
        }
        const Json& json = state.json;
        auto folder = isFile ? m_path.parent_path() : m_path;
        if (isFile && checkpointOf(folder))
            folder = folder.parent_path();
        storage::ImportedRun run { .source = "hf", .path = folder.string() };
        run.name = isFile ? folder.filename().string() : m_label;
        takeLog(*state.log, run);
        for (const auto& [key, value] : json.items()) {
            if (value.is_primitive() && !value.is_null())
                run.parameters.emplace_back(key, jsonText(value));
        }
        m_last = state.text;
        return { std::move(run) };
    }

private:
    struct State {
        std::string text;
        Json json;
        const Json* log = nullptr; // in json
    };

    // The folder's own was written at an end, and the training may have gone on: of it and the last checkpoint's, the
    // one with more.
    static State furthest(const std::vector<fs::path>& states)
    {
        State best;
        for (auto path = states.rbegin(); path != states.rend() && path - states.rbegin() < 2; ++path) {
            State state { fileText(*path, kLargest) };
            state.json = pythonJson(state.text);
            if (state.json.is_object() && state.json.contains("log_history"))
                state.log = &state.json["log_history"];
            if (state.log && !state.log->is_array())
                state.log = nullptr;
            if (!best.log || (state.log && state.log->size() > best.log->size())) {
                best = std::move(state);
                best.log = best.log ? &best.json["log_history"] : nullptr;
            }
        }
        return best;
    }

    static void takeLog(const Json& log, storage::ImportedRun& run)
    {
        SeriesOf series(run);
        std::int64_t last = 0;
        for (const Json& entry : log) {
            if (!entry.is_object()) {
                ++run.damaged;
                continue;
            }
            const auto step = entry.find("step");
            const auto number = step == entry.end() ? std::nullopt : jsonNumber(*step);
            last = number ? sourceStep(*number).value_or(last) : last;
            for (const auto& [key, value] : entry.items()) {
                if (const auto figure = key == "step" ? std::nullopt : jsonNumber(value))
                    series[key].points.push_back({ last, storage::kNoWallTime, *figure });
            }
        }
    }

    const fs::path m_path;
    const std::string m_label;
    std::string m_last; // what was read
};

bool isTrainerState(const fs::path& path)
{
    std::error_code error;
    if (fs::is_directory(path, error))
        return !statesOf(path).empty();
    return path.filename() == kState && fs::is_regular_file(path, error);
}

bool ownsStates(const fs::path& store, const fs::path& inside)
{
    return inside.filename() == kState || (inside.parent_path() == store && checkpointOf(inside));
}

std::unique_ptr<StoreReader> openTrainerState(const fs::path& path, const std::string& label)
{
    return std::make_unique<TrainerState>(path, label);
}

} // namespace

StoreFormat trainerStateFormat()
{
    return { "hf", isTrainerState, openTrainerState, ownsStates };
}

} // namespace nabiz::app
