// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/csv/csv_rows.h"
#include "app/interchange/stores/source_text.h"

#include <algorithm>

namespace nabiz::app {

namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";
constexpr std::size_t kMostColumns = 100'000;

// Where the row ends: at its line break outside of quotes. A quote counts only at a cell's beginning, as in W&B's and
// Python's writers; one within is a sign like any other.
std::size_t rowEnd(std::string_view text, std::size_t at, char separator)
{
    const auto line = text.find('\n', at);
    if (line != std::string_view::npos && text.substr(at, line - at).find('"') == std::string_view::npos)
        return line;
    bool isQuoted = false;
    bool isCellBegin = true;
    for (auto i = at; i < text.size(); ++i) {
        const char letter = text[i];
        if (isQuoted) {
            isQuoted = letter != '"';
        } else if (letter == '"' && (isCellBegin || text[i - 1] == '"')) {
            isQuoted = true;
        } else if (letter == '\n') {
            return i;
        } else if (letter == separator) {
            isCellBegin = true;
            continue;
        }
        isCellBegin = isCellBegin && letter == ' ';
    }
    return std::string_view::npos;
}

// The end of the cell that begins with a quote: the closing one.
std::size_t closing(std::string_view row, std::size_t at)
{
    for (auto i = at + 1; i < row.size(); ++i) {
        if (row[i] != '"')
            continue;
        if (i + 1 < row.size() && row[i + 1] == '"') {
            ++i;
            continue;
        }
        return i;
    }
    return std::string_view::npos;
}

} // namespace

std::size_t CsvRows::headerAt(std::string_view text)
{
    std::size_t at = text.starts_with(kMark) ? kMark.size() : 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = trimmed(text.substr(at, end - at));
        const bool isForExcel = line.size() == 5 && line.starts_with("sep=");
        if (!line.empty() && line.front() != '#' && !isForExcel)
            break;
        at = std::min(end + 1, text.size());
    }
    return at;
}

char CsvRows::separatorOf(std::string_view text)
{
    const auto first = text.find_first_not_of("\r\n");
    text.remove_prefix(std::min(first, text.size()));
    const auto line = text.substr(0, rowEnd(text, 0, ','));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char separator : { ',', ';', '\t', '|' }) {
        bool isQuoted = false;
        std::ptrdiff_t count = 0;
        for (const char letter : line) {
            isQuoted = isQuoted != (letter == '"');
            count += !isQuoted && letter == separator ? 1 : 0;
        }
        if (count > most) {
            most = count;
            best = separator;
        }
    }
    return best;
}

std::string_view CsvRows::quoted(std::string_view cell)
{
    if (cell.find('"') == std::string_view::npos)
        return cell;
    if (m_used == m_unquoted.size())
        m_unquoted.emplace_back();
    std::string& text = m_unquoted[m_used++];
    text.clear();
    for (std::size_t i = 0; i < cell.size(); ++i) {
        text += cell[i];
        if (cell[i] == '"' && i + 1 < cell.size() && cell[i + 1] == '"')
            ++i;
    }
    return text;
}

bool CsvRows::next(std::string_view text, std::size_t& at, std::vector<std::string_view>& cells, bool isAll)
{
    auto end = rowEnd(text, at, m_separator);
    const bool isWhole = end != std::string_view::npos;
    if (at >= text.size() || (!isWhole && !isAll))
        return false;
    end = isWhole ? end : text.size();
    const auto row = text.substr(at, end - at);
    at = isWhole ? end + 1 : end;
    cells.clear();
    m_used = 0;
    m_unquoted.reserve(256); // what was given must not move
    for (std::size_t i = 0; i <= row.size() && cells.size() < kMostColumns;) {
        auto begin = i;
        while (begin < row.size() && row[begin] == ' ')
            ++begin;
        if (begin < row.size() && row[begin] == '"') {
            if (const auto close = closing(row, begin); close != std::string_view::npos) {
                cells.push_back(m_used < m_unquoted.capacity() ? quoted(row.substr(begin + 1, close - begin - 1))
                                                               : row.substr(begin + 1, close - begin - 1));
                i = row.find(m_separator, close);
                i = i == std::string_view::npos ? row.size() + 1 : i + 1;
                continue;
            }
        }
        const auto stop = std::min(row.find(m_separator, i), row.size());
        cells.push_back(m_separator == '\t' ? row.substr(i, stop - i) : trimmed(row.substr(i, stop - i)));
        i = stop + 1;
    }
    if (!cells.empty() && m_separator == '\t')
        cells.back() = trimmed(cells.back());
    return true;
}

} // namespace nabiz::app
