// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/csv/csv_store.h"
#include "app/interchange/csv/csv_columns.h"
#include "app/interchange/csv/csv_names.h"
#include "app/interchange/csv/csv_rows.h"
#include "app/interchange/csv/csv_text.h"
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/source_text.h"

#include <algorithm>
#include <map>

namespace nabiz::app {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlock = 8U << 20U;
constexpr std::size_t kHead = 64U << 10U; // what a file is known by
constexpr std::size_t kLongestRow = 64U << 20U;
constexpr std::size_t kSampleRows = 200;

bool isBlank(const std::vector<std::string_view>& cells)
{
    return std::all_of(cells.begin(), cells.end(), [](auto cell) { return cell.empty(); });
}

class CsvStore final : public StoreReader {
public:
    explicit CsvStore(const fs::path& path)
        : m_file(path)
    {
    }

    std::vector<storage::ImportedRun> read(bool isAll) override
    {
        if (m_file.isReplaced())
            begin();
        m_runs.clear();
        m_series.clear();
        m_damaged = 0;
        bool isEnd = false;
        while (!isEnd) {
            isEnd = m_file.read(m_bytes, kBlock) == 0;
            m_decoder.take(m_bytes, m_text);
            m_at = 0;
            if (m_columns || readHeader(isAll && isEnd))
                readRows(isAll && isEnd);
            m_text.erase(0, m_at);
            if (m_text.size() > kLongestRow)
                throw StoreError("a row is longer than 64 MB");
        }
        return finish();
    }

private:
    void begin()
    {
        m_file.restart();
        m_bytes.clear();
        m_decoder = {};
        m_text.clear();
        m_columns.reset();
        m_row = 0;
        m_isFirst = true;
    }

    // Once some rows stand behind it, by which the columns are told.
    bool readHeader(bool isEnd)
    {
        std::size_t at = CsvRows::headerAt(m_text);
        if (at >= m_text.size())
            return false;
        m_rows = CsvRows(CsvRows::separatorOf(std::string_view(m_text).substr(at)));
        std::vector<std::string_view> cells;
        if (!m_rows.next(m_text, at, cells, isEnd))
            return false;
        if (!isUtf8(std::string_view(m_text).substr(0, at)))
            throw StoreError("it is no text in UTF-8");
        if (!CsvColumns::isHeader(cells))
            throw StoreError("its first line names no columns");
        return begin(cells, at, isEnd);
    }

    // Whose head these cells are, told by the rows behind it.
    bool begin(const std::vector<std::string_view>& head, std::size_t behind, bool isEnd)
    {
        m_header.assign(head.begin(), head.end());
        std::vector<std::string_view> cells;
        std::vector<std::vector<std::string>> sample;
        for (auto at = behind; sample.size() < kSampleRows && m_rows.next(m_text, at, cells, isEnd);) {
            if (!isHeaderAgain(cells) && namesColumns(cells))
                break;
            if (!isBlank(cells) && !isHeaderAgain(cells))
                sample.emplace_back(cells.begin(), cells.end());
        }
        if (sample.empty() && !isEnd)
            return false;
        m_columns.emplace(std::vector<std::string_view>(m_header.begin(), m_header.end()), sample, m_rows.separator(),
            m_file.path().stem().string());
        if (m_columns->isTableOfRuns())
            throw StoreError("its rows are runs or models and not the steps of one: there is no curve in it");
        m_at = behind;
        m_hadNumber.assign(m_header.size(), false);
        m_series.clear();
        return true;
    }

    void readRows(bool isEnd)
    {
        prepare();
        std::vector<std::string_view> cells;
        for (auto at = m_at;;) {
            const bool hasEnd = m_rows.next(m_text, at, cells, false);
            // Without its end, its last cell may be cut: only a row with all its cells is one.
            if (!hasEnd
                && !(isEnd && m_rows.next(m_text, at, cells, true) && cells.size() == m_columns->columns().size()))
                break;
            if (isOtherHeader(cells)) {
                if (!begin(cells, at, isEnd))
                    break; // rows by which its columns are told have to come first
                prepare();
                continue;
            }
            m_at = at;
            if (!isBlank(cells) && !isHeaderAgain(cells))
                readRow(cells);
        }
    }

    bool isHeaderAgain(const std::vector<std::string_view>& cells) const
    {
        return std::equal(cells.begin(), cells.end(), m_header.begin(), m_header.end());
    }

    // A writer that has more to tell by now begins the file's rest with another one, which has the step's name.
    bool isOtherHeader(const std::vector<std::string_view>& cells) const
    {
        const auto step = m_columns->stepColumn();
        return !isHeaderAgain(cells) && namesColumns(cells)
            && (!step || std::find(cells.begin(), cells.end(), m_header[*step]) != cells.end());
    }
    // No numbers, and some of the names above.
    bool namesColumns(const std::vector<std::string_view>& cells) const
    {
        return CsvColumns::isHeader(cells) && std::any_of(cells.begin(), cells.end(), [this](auto cell) {
            return !cell.empty() && std::find(m_header.begin(), m_header.end(), cell) != m_header.end();
        });
    }

    void prepare()
    {
        if (!m_series.empty())
            return;
        std::map<std::pair<std::string, std::string>, std::size_t> known; // of the rows above another header
        for (const auto& run : m_runs) {
            for (std::size_t i = 0; i < run.series.size(); ++i)
                known.emplace(std::pair(run.originalId, run.series[i].name), i);
        }
        for (const auto& column : m_columns->columns()) {
            if (column.role != CsvColumns::Role::Metric) {
                m_series.emplace_back(0, 0);
                continue;
            }
            auto run = std::find_if(
                m_runs.begin(), m_runs.end(), [&](const auto& one) { return one.originalId == column.run; });
            if (run == m_runs.end()) {
                m_runs.emplace_back();
                run = m_runs.end() - 1;
                run->originalId = column.run;
            }
            const auto above = known.find({ column.run, column.name });
            m_series.emplace_back(run - m_runs.begin(), above == known.end() ? run->series.size() : above->second);
            if (above == known.end())
                run->series.push_back({ column.name, {}, {} });
        }
    }

    void readRow(const std::vector<std::string_view>& cells)
    {
        const auto row = m_row++;
        const auto step = m_columns->hasStep() ? m_columns->step(cells) : std::optional(row);
        if (!step) {
            ++m_damaged;
            return;
        }
        const double wall = m_columns->wall(cells);
        const auto& columns = m_columns->columns();
        for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
            if (columns[i].role != CsvColumns::Role::Metric || cells[i].empty())
                continue;
            if (const auto value = m_columns->number(cells[i])) {
                m_hadNumber[i] = true;
                seriesOf(cells, i).points.push_back({ *step, wall, *value });
            } else if (m_hadNumber[i]) {
                ++m_damaged; // words among numbers; a column of words is none of ours
            }
        }
    }

    storage::ImportedSeries& seriesOf(const std::vector<std::string_view>& cells, std::size_t column)
    {
        auto& run = runOf(cells, column);
        if (m_columns->runColumn() && !m_columns->nameColumn())
            return seriesNamed(run, m_columns->columns()[column].name);
        const auto name = m_columns->nameColumn();
        if (!name || *name >= cells.size() || cells[*name].empty())
            return run.series[m_series[column].second];
        return seriesNamed(run, cells[*name]);
    }

    static storage::ImportedSeries& seriesNamed(storage::ImportedRun& run, std::string_view name)
    {
        const auto known = std::find_if(
            run.series.begin(), run.series.end(), [&](const auto& series) { return series.name == name; });
        return known != run.series.end()
            ? *known
            : run.series.emplace_back(storage::ImportedSeries { std::string(name), {}, {} });
    }

    storage::ImportedRun& runOf(const std::vector<std::string_view>& cells, std::size_t column)
    {
        const auto place = m_columns->runColumn();
        if (!place || *place >= cells.size() || cells[*place].empty())
            return m_runs[m_series[column].first];
        const auto known = std::find_if(
            m_runs.begin(), m_runs.end(), [&](const auto& run) { return run.originalId == cells[*place]; });
        if (known != m_runs.end())
            return *known;
        m_runs.emplace_back().originalId = cells[*place];
        return m_runs.back();
    }

    std::vector<storage::ImportedRun> finish()
    {
        std::vector<storage::ImportedRun> runs;
        for (auto& run : m_runs) {
            std::erase_if(run.series, [](const auto& series) { return series.points.empty(); });
            if (run.series.empty())
                continue;
            run.source = "csv";
            run.path = m_file.path().string();
            run.isWhole = m_isFirst;
            run.damaged = m_damaged;
            describeCsvRun(run, m_file.path());
            runs.push_back(std::move(run));
        }
        if (!runs.empty())
            m_isFirst = false;
        return runs;
    }

    GrowingFile m_file;
    std::string m_bytes; // read and no text yet
    CsvText m_decoder;
    std::string m_text; // not understood yet
    std::size_t m_at = 0; // in m_text
    CsvRows m_rows { ',' };
    std::optional<CsvColumns> m_columns;
    std::vector<std::string> m_header;
    std::vector<bool> m_hadNumber; // by column
    std::int64_t m_row = 0;
    bool m_isFirst = true;
    // Of this read.
    std::vector<storage::ImportedRun> m_runs;
    std::vector<std::pair<std::size_t, std::size_t>> m_series; // by column: run, series
    std::int64_t m_damaged = 0;
};

bool isCsv(const fs::path& path)
{
    std::string ending = path.extension().string();
    for (char& letter : ending)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    std::error_code error;
    if ((ending != ".csv" && ending != ".tsv") || !fs::is_regular_file(path, error))
        return false;
    std::string bytes = fileTextOrNone(path, kHead), head;
    CsvText().take(bytes, head);
    std::size_t at = CsvRows::headerAt(head);
    if (at >= head.size() || head.find('\0') != std::string::npos)
        return false;
    CsvRows rows(CsvRows::separatorOf(std::string_view(head).substr(at)));
    std::vector<std::string_view> cells;
    return rows.next(head, at, cells, true) && CsvColumns::isHeader(cells);
}

std::unique_ptr<StoreReader> openCsv(const fs::path& path, const std::string&)
{
    return std::make_unique<CsvStore>(path);
}

} // namespace

StoreFormat csvFormat()
{
    return { "csv", isCsv, openCsv, ownsNothing };
}

} // namespace nabiz::app
