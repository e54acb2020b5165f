// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_columns.h"
#include "app/interchange/page_names.h"
#include "app/interchange/page_number.h"
#include "app/interchange/page_words.h"

#include <algorithm>
#include <set>

namespace nabiz::app {

namespace {

using Words = std::initializer_list<std::string_view>;

bool isOneOf(std::string_view word, Words words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// A cell, and where it ends in its line.
struct Placed {
    std::string text;
    std::size_t end = 0;
};

// Cut where at least so many spaces stand, or a tab.
std::vector<Placed> placed(std::string_view line, std::size_t spaces)
{
    std::vector<Placed> cells;
    std::size_t begin = line.find_first_not_of(" \t\r");
    while (begin != std::string_view::npos) {
        auto end = begin;
        for (std::size_t at = begin; at < line.size();) {
            const auto gap = line.find_first_of(" \t\r", at);
            end = std::min(gap, line.size());
            at = std::min(line.find_first_not_of(" \t\r", end), line.size());
            if (at - end >= spaces || line.substr(end, at - end).find('\t') != std::string_view::npos)
                break;
        }
        cells.push_back({ plainText(line.substr(begin, end - begin)), end });
        begin = line.find_first_not_of(" \t\r", end);
    }
    return cells;
}

bool isHead(const std::vector<Placed>& cells)
{
    bool hasBatch = false, hasMetric = false;
    for (const auto& cell : cells) {
        const auto name = headName(cell.text);
        hasBatch = hasBatch || meansBatch(name);
        hasMetric = hasMetric || !metricOf(name).empty();
        if (isNothing(cell.text) || cell.text.find_first_of("0123456789=:") == 0 || cell.text.ends_with(':')
            || numberLength(cell.text) > 0)
            return false;
    }
    return hasBatch && hasMetric;
}

bool isRule(std::string_view line)
{
    return line.find_first_of("-=") != std::string_view::npos && line.find_first_not_of("-= \t\r") == line.npos;
}

// ...  ...  ...: rows that were left out
bool areDots(const std::vector<Placed>& cells)
{
    return std::all_of(
        cells.begin(), cells.end(), [](const auto& cell) { return cell.text == "..." || cell.text == ".."; });
}

// The row's cells under the heads, without an index in front of them; empty: it is no row of the table.
PageCells under(const std::vector<Placed>& head, std::vector<Placed> cells)
{
    const bool hasIndex = cells.size() == head.size() + 1 && numberLength(cells[0].text) == cells[0].text.size();
    for (std::size_t i = 0; hasIndex && i < head.size(); ++i) {
        if (cells[i + 1].end != head[i].end)
            return {};
    }
    if (hasIndex)
        cells.erase(cells.begin());
    PageCells texts;
    for (auto& cell : cells)
        texts.push_back(hasIndex && cell.text == "NaN" ? std::string() : std::move(cell.text)); // pandas has none there
    const bool isRow = texts.size() == head.size() && std::any_of(texts.begin(), texts.end(), isNumberOrNone);
    return isRow ? texts : PageCells();
}

} // namespace

std::string headName(std::string_view cell)
{
    std::string name(cell);
    for (const std::string_view arrow : { "↓", "↑", "⬇", "⬆" }) {
        for (auto at = name.find(arrow); at != std::string::npos; at = name.find(arrow))
            name.erase(at, arrow.size());
    }
    std::replace(name.begin(), name.end(), '[', '(');
    std::replace(name.begin(), name.end(), ']', ')');
    const auto bare
        = [](std::string_view text) { return folded(text.substr(std::min(text.find_first_not_of(' '), text.size()))); };
    const auto bracket = name.find('(');
    if (bracket == std::string::npos || bracket == 0 || !bare(name).ends_with(')'))
        return bare(name);
    const auto base = bare(name.substr(0, bracket));
    const auto inside = bare(name.substr(bracket + 1, name.rfind(')') - bracket - 1));
    if (isOneOf(inside, { "val", "valid", "validation", "eval", "dev", "doğrulama" }) && metricOf(base) == "loss")
        return "val loss";
    const bool changesNothing = inside.empty()
        || isOneOf(inside,
            { "train", "training", "eğitim", "nats", "nat", "nats/token", "nats per token", "avg", "avg.", "average",
                "mean", "ortalama", "ce", "cross-entropy", "cross entropy", "lower is better", "no", "no.", "#", "n",
                "global", "optimizer", "mean ± std", "mean±std", "± std", "ortalama ± sapma" });
    return changesNothing ? base : bare(name);
}

std::string severalIn(const PageCells& header, const std::vector<PageCells>& rows)
{
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto name = headName(header[i]);
        // A setting that differs from row to row; what changes in the course of one run is none of these.
        const auto setting = metricOf(name).empty() && !meansBatch(name) ? settingKey(name, true) : std::string();
        const bool isSetting = setting.starts_with("model.") || setting == "training.optimizer"
            || setting == "training.batch_size" || setting == "training.seed";
        const bool isPart = isOneOf(name, { "split", "phase", "set", "mode", "stage", "subset", "aşama", "bölüm" });
        if (!isPart && !isSetting
            && !isOneOf(name,
                { "seed", "tohum", "fold", "kat", "run", "koşu", "model", "trial", "experiment", "deney", "variant",
                    "config", "configuration", "method", "name", "ad", "run id", "run name", "rank", "dataset",
                    "params", "parameters", "# params", "#params", "n params", "size", "model size", "width", "depth",
                    "gpu", "hardware" }))
            continue;
        std::set<std::string> values;
        for (const auto& row : rows)
            values.insert(i < row.size() && !isNothing(row[i]) ? folded(row[i]) : std::string());
        values.erase(std::string());
        const bool isOther = isPart && !values.empty() && !isOneOf(*values.begin(), { "train", "training", "eğitim" });
        if (values.size() > 1 || isOther)
            return header[i];
    }
    return {};
}

namespace {

// The 100 of "Step 100", "step: 100" and "Step 100/500"; empty for anything else.
std::string batchNumber(const std::string& cell)
{
    const auto tokens = pageTokens(cell);
    std::size_t number = 1;
    const bool isOne = !tokens.empty() && meansBatch(tokens[0].word) && behindNumber(tokens, number) == tokens.size();
    return isOne ? std::string(tokens[number].text) : std::string();
}

} // namespace

int batchRank(std::string_view name)
{
    return name == "global step" ? 3 : name.find("batch") == name.npos ? 2 : 1;
}

bool isOfSizes(std::string_view name, std::size_t column, const std::vector<PageCells>& rows)
{
    if (batchRank(name) > 1 || rows.size() < 2)
        return false;
    const PageNumbers numbers;
    std::int64_t before = 0;
    for (const auto& row : rows) {
        const auto size = column < row.size() ? numbers.readWhole(row[column]) : std::nullopt;
        if (!size || *size < 2 || (*size & (*size - 1)) != 0 || (before > 0 && *size != 2 * before))
            return false;
        before = *size;
    }
    return true;
}

void nameBatches(PageCells& header, std::vector<PageCells>& rows)
{
    const auto isNamed = [](const std::string& cell) { return !batchNumber(cell).empty(); };
    if (header.size() > 1 && std::all_of(header.begin() + 1, header.end(), isNamed)) {
        header[0] = "step";
        for (std::size_t i = 1; i < header.size(); ++i)
            header[i] = batchNumber(header[i]);
        return;
    }
    const bool isHead
        = std::any_of(header.begin(), header.end(), [](const auto& cell) { return meansBatch(headName(cell)); });
    if (isHead || rows.empty()
        || !std::all_of(rows.begin(), rows.end(), [&](const auto& row) { return !row.empty() && isNamed(row[0]); }))
        return;
    header[0] = "step";
    for (auto& row : rows)
        row[0] = batchNumber(row[0]);
}

std::size_t valueColumn(const PageCells& header)
{
    for (std::size_t i = 1; i < header.size(); ++i) {
        const auto name = folded(header[i]);
        for (const char* wanted : { "this run", "bu koşu", "declared", "bildirilen", "value", "değer" }) {
            if (name == wanted)
                return i;
        }
    }
    return 1;
}

bool isNumberOrNone(const std::string& cell)
{
    const auto word = folded(cell);
    return isNothing(cell) || numberLength(cell) == cell.size() || word == "nan" || word == "inf" || word == "-inf";
}

std::optional<AlignedTable> alignedTable(const std::vector<std::string_view>& lines, std::size_t at)
{
    for (const std::size_t spaces : { std::size_t { 2 }, std::size_t { 1 } }) {
        const auto head = placed(lines[at], spaces);
        if (head.size() < 2 || !isHead(head))
            continue;
        AlignedTable table;
        for (const auto& cell : head)
            table.header.push_back(cell.text);
        table.end = at + 1;
        for (auto i = at + 1; i < lines.size(); ++i) {
            const auto cells = placed(lines[i], spaces);
            if (!cells.empty() && (isRule(lines[i]) || areDots(cells)))
                continue;
            auto row = under(head, cells);
            if (row.empty())
                row = under(head, placed(lines[i], 1));
            if (row.empty())
                break;
            table.rows.push_back(std::move(row));
            table.lines.push_back(i);
            table.end = i + 1;
        }
        if (!table.rows.empty())
            return table;
    }
    return std::nullopt;
}

} // namespace nabiz::app
