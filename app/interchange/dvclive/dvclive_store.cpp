// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/dvclive/dvclive_store.h"
#include "app/interchange/csv/csv_rows.h"
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/source_text.h"

#include <algorithm>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlock = 8U << 20U;

// One metric: a head that names step, perhaps timestamp, and the last part of the name.
class MetricTable {
public:
    explicit MetricTable(const fs::path& path)
        : m_file(path)
    {
    }
    void read(std::vector<storage::ImportedPoint>& points, std::int64_t& damaged)
    {
        if (m_file.isReplaced()) {
            m_file.restart();
            m_text.clear();
            m_head.clear();
        }
        while (m_file.read(m_text, kBlock) > 0) {
            std::size_t at = 0;
            std::vector<std::string_view> cells;
            while (m_rows.next(m_text, at, cells, false)) {
                if (m_head.empty())
                    m_head.assign(cells.begin(), cells.end());
                else
                    row(cells, points, damaged);
            }
            m_text.erase(0, at);
        }
    }

private:
    void row(
        const std::vector<std::string_view>& cells, std::vector<storage::ImportedPoint>& points, std::int64_t& damaged)
    {
        std::optional<std::int64_t> step;
        std::optional<double> value;
        double wall = storage::kNoWallTime;
        for (std::size_t i = 0; i < std::min(cells.size(), m_head.size()); ++i) {
            if (m_head[i] == "step")
                step = sourceStep(cells[i]);
            else if (m_head[i] == "timestamp")
                wall = sourceNumber(cells[i]).value_or(storage::kNoWallTime) / 1000; // ms
            else
                value = sourceNumber(cells[i]);
        }
        if (step && value)
            points.push_back({ *step, wall, *value });
        else
            damaged += cells.size() > 1 || (cells.size() == 1 && !cells.front().empty()) ? 1 : 0;
    }

    GrowingFile m_file;
    std::string m_text;
    CsvRows m_rows { '\t' };
    std::vector<std::string> m_head;
};

class DvcliveStore final : public StoreReader {
public:
    DvcliveStore(const fs::path& path, const std::string& label)
        : m_path(path)
        , m_label(label)
    {
    }

    std::vector<storage::ImportedRun> read(bool) override
    {
        storage::ImportedRun run { .source = "dvclive", .path = m_path.string(), .name = m_label };
        run.isWhole = m_isFirst;
        std::error_code error;
        const auto folder = m_path / "plots" / "metrics";
        std::vector<fs::path> files;
        for (auto it = fs::recursive_directory_iterator(folder, error);
             !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
            if (it->path().extension() == ".tsv")
                files.push_back(it->path());
        }
        std::sort(files.begin(), files.end());
        for (const auto& path : files) {
            auto name = path.lexically_relative(folder);
            storage::ImportedSeries series { name.replace_extension().generic_string(), {}, {} };
            m_tables.try_emplace(path, path).first->second.read(series.points, run.damaged);
            if (!series.points.empty())
                run.series.push_back(std::move(series));
        }
        if (run.series.empty())
            return {};
        addYamlParameters(run, fileTextOrNone(m_path / "params.yaml", 4U << 20U));
        m_isFirst = false;
        return { std::move(run) };
    }

private:
    const fs::path m_path;
    const std::string m_label;
    std::map<fs::path, MetricTable> m_tables;
    bool m_isFirst = true;
};

bool isDvclive(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_directory(path / "plots" / "metrics", error))
        return false;
    for (auto it = fs::recursive_directory_iterator(path / "plots" / "metrics", error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        if (it->path().extension() == ".tsv")
            return true;
    }
    return false;
}

std::unique_ptr<StoreReader> openDvclive(const fs::path& path, const std::string& label)
{
    return std::make_unique<DvcliveStore>(path, label);
}

} // namespace

StoreFormat dvcliveFormat()
{
    return { "dvclive", isDvclive, openDvclive, ownsAll };
}

} // namespace nabiz::app
