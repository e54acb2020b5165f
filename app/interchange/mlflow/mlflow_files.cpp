// SPDX-License-Identifier: GPL-3.0-or-later
// The file store of MLflow: mlruns/EXPERIMENT/RUN with a file a metric, a parameter and a tag; a slash in a name is a
// folder.
#include "app/interchange/mlflow/mlflow_store.h"
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/source_text.h"
#include "storage/foreign/mlflow_database.h"

#include <algorithm>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSmall = 1U << 20U; // more than any parameter or tag is allowed
constexpr std::size_t kBlock = 8U << 20U;

std::vector<fs::path> inside(const fs::path& folder)
{
    std::vector<fs::path> paths;
    std::error_code error;
    for (auto it = fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::directory_iterator(); it.increment(error))
        paths.push_back(it->path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

// Every file below the folder, with its name as MLflow has it.
std::vector<std::pair<std::string, fs::path>> filesBelow(const fs::path& folder)
{
    std::vector<std::pair<std::string, fs::path>> files;
    std::error_code error;
    for (auto it = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        std::error_code ignored; // what cannot be looked at is no file of it
        if (it->is_regular_file(ignored))
            files.emplace_back(it->path().lexically_relative(folder).generic_string(), it->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::map<std::string, std::string> meta(const fs::path& folder)
{
    storage::ImportedRun holder;
    addYamlParameters(holder, fileTextOrNone(folder / "meta.yaml", kSmall));
    return { holder.parameters.begin(), holder.parameters.end() };
}

bool isRun(const fs::path& folder)
{
    std::error_code error;
    return fs::is_regular_file(folder / "meta.yaml", error)
        && (fs::is_directory(folder / "metrics", error) || fs::is_directory(folder / "params", error));
}

bool isExperiment(const fs::path& folder)
{
    std::error_code error;
    return fs::is_regular_file(folder / "meta.yaml", error) && !isRun(folder)
        && fileTextOrNone(folder / "meta.yaml", kSmall).find("experiment_id:") != std::string::npos;
}

std::optional<double> milliseconds(const std::map<std::string, std::string>& meta, const std::string& key)
{
    const auto found = meta.find(key);
    const auto value = found == meta.end() ? std::nullopt : sourceNumber(found->second);
    return value ? std::optional(*value / 1000) : std::nullopt;
}

// A metric's file, line by line: time in ms, value, step; recent versions add fields of a dataset or a model.
class MetricFile {
public:
    explicit MetricFile(const fs::path& path)
        : m_file(path)
    {
    }
    void read(std::vector<storage::ImportedPoint>& points, std::int64_t& damaged)
    {
        if (m_file.isReplaced()) {
            m_file.restart();
            m_text.clear();
        }
        while (m_file.read(m_text, kBlock) > 0) {
            std::size_t at = 0;
            for (auto end = m_text.find('\n'); end != std::string::npos; end = m_text.find('\n', at)) {
                line(std::string_view(m_text).substr(at, end - at), points, damaged);
                at = end + 1;
            }
            m_text.erase(0, at);
        }
    }

private:
    static void line(std::string_view text, std::vector<storage::ImportedPoint>& points, std::int64_t& damaged)
    {
        text = trimmed(text);
        std::vector<std::string_view> fields;
        for (std::size_t at = 0; at <= text.size() && !text.empty();) {
            const auto end = std::min(text.find(' ', at), text.size());
            fields.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        const bool isWhole = fields.size() >= 2 && fields.size() <= 8;
        const auto time = isWhole ? sourceNumber(fields[0]) : std::nullopt;
        const auto value = isWhole ? sourceNumber(fields[1]) : std::nullopt;
        const auto step = fields.size() > 2 ? sourceStep(fields[2]) : std::optional<std::int64_t>(0);
        if (time && value && step)
            points.push_back({ *step, *time / 1000, *value });
        else
            damaged += text.empty() ? 0 : 1;
    }

    GrowingFile m_file;
    std::string m_text;
};

// A metric's file alone, taken out of its run: named after itself.
class MlflowMetric final : public StoreReader {
public:
    explicit MlflowMetric(const fs::path& path)
        : m_path(path)
        , m_file(path)
    {
    }
    std::vector<storage::ImportedRun> read(bool) override
    {
        storage::ImportedRun run { .source = "mlflow", .path = m_path.string(), .name = m_path.stem().string() };
        run.series.push_back({ run.name, {}, {} });
        m_file.read(run.series[0].points, run.damaged);
        if (run.series[0].points.empty())
            return {};
        run.isWhole = std::exchange(m_isFirst, false);
        return { std::move(run) };
    }

private:
    const fs::path m_path;
    MetricFile m_file;
    bool m_isFirst = true;
};

class MlflowFiles final : public StoreReader {
public:
    explicit MlflowFiles(const fs::path& path)
        : m_path(path)
    {
    }

    std::vector<storage::ImportedRun> read(bool) override
    {
        std::vector<storage::ImportedRun> runs;
        if (isRun(m_path)) {
            readRun(m_path, runs);
            return runs;
        }
        if (isExperiment(m_path)) {
            readExperiment(m_path, runs);
            return runs;
        }
        for (const auto& folder : inside(m_path)) {
            if (!folder.filename().string().starts_with('.') && isExperiment(folder))
                readExperiment(folder, runs);
        }
        return runs;
    }

private:
    struct State {
        std::map<fs::path, MetricFile> metrics;
        std::string told; // its meta.yaml
    };

    void readExperiment(const fs::path& folder, std::vector<storage::ImportedRun>& runs)
    {
        for (const auto& run : inside(folder)) {
            if (isRun(run))
                readRun(run, runs);
        }
    }

    void readRun(const fs::path& folder, std::vector<storage::ImportedRun>& runs)
    {
        const auto about = meta(folder);
        const auto value = [&](const std::string& key) {
            const auto found = about.find(key);
            return found == about.end() || found->second == "null" ? std::string() : found->second;
        };
        if (value("lifecycle_stage") == "deleted")
            return;
        storage::ImportedRun run { .source = "mlflow", .path = folder.string() };
        run.originalId = !value("run_id").empty() ? value("run_id")
            : !value("run_uuid").empty()          ? value("run_uuid")
                                                  : folder.filename().string();
        run.name = value("run_name");
        run.status = storage::mlflowStatus(value("status"));
        run.started = milliseconds(about, "start_time");
        run.ended = milliseconds(about, "end_time");
        State& state = m_runs[folder];
        for (const auto& [name, path] : filesBelow(folder / "metrics")) {
            storage::ImportedSeries series { name, {}, {} };
            state.metrics.try_emplace(path, path).first->second.read(series.points, run.damaged);
            if (!series.points.empty())
                run.series.push_back(std::move(series));
        }
        auto told = fileTextOrNone(folder / "meta.yaml", kSmall);
        if (told.empty()) // being rewritten
            return;
        for (const char* part : { "tags", "params" }) {
            std::error_code error; // it has none
            const auto changed = fs::last_write_time(folder / part, error);
            told += error ? "" : std::to_string(changed.time_since_epoch().count()) + ' ';
        }
        run.isWhole = state.told.empty();
        if (run.series.empty() && state.told == told)
            return;
        state.told = told;
        describe(folder, run);
        runs.push_back(std::move(run));
    }

    static void describe(const fs::path& folder, storage::ImportedRun& run)
    {
        for (const auto& [name, path] : filesBelow(folder / "params"))
            run.parameters.emplace_back(name, fileTextOrNone(path, kSmall));
        for (const auto& [name, path] : filesBelow(folder / "tags"))
            storage::takeMlflowTag(run, name, fileTextOrNone(path, kSmall));
        if (run.name.empty())
            run.name = run.originalId;
        const auto experiment = meta(folder.parent_path());
        if (const auto name = experiment.find("name"); name != experiment.end())
            run.facts["experiment"] = name->second;
    }

    const fs::path m_path;
    std::map<fs::path, State> m_runs;
};

// 1700000000000 6.3347 0
bool isMetricFile(const fs::path& path)
{
    constexpr std::size_t kHead = 100;
    const auto ending = path.extension();
    if (!ending.empty() && ending != ".txt")
        return false;
    const auto head = fileTextOrNone(path, kHead);
    const auto line = std::string_view(head).substr(0, head.find('\n'));
    const auto time = line.substr(0, line.find(' '));
    const auto rest = line.substr(std::min(time.size() + 1, line.size()));
    return time.size() == 13 && sourceStep(time) && sourceNumber(rest.substr(0, rest.find(' ')))
        && rest.find(' ') != std::string_view::npos && sourceStep(rest.substr(rest.find(' ') + 1));
}

bool isFileStore(const fs::path& path)
{
    std::error_code error;
    if (fs::is_regular_file(path, error))
        return isMetricFile(path);
    if (!fs::is_directory(path, error))
        return false;
    if (isRun(path) || isExperiment(path))
        return true;
    const auto folders = inside(path);
    return std::any_of(folders.begin(), folders.end(), isExperiment);
}

std::unique_ptr<StoreReader> openFiles(const fs::path& path, const std::string&)
{
    std::error_code error;
    if (fs::is_regular_file(path, error))
        return std::make_unique<MlflowMetric>(path);
    return std::make_unique<MlflowFiles>(path);
}

} // namespace

StoreFormat mlflowFilesFormat()
{
    return { "mlflow", isFileStore, openFiles, ownsAll };
}

} // namespace nabiz::app
