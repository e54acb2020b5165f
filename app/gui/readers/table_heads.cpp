// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/readers/table_heads.h"

#include <QStringList>

#include <algorithm>

namespace nabiz::app {

namespace {

constexpr std::size_t kMost = 200; // heads

std::vector<ui::TableHead> cellsOf(const QString& line, QChar separator, int number)
{
    std::vector<ui::TableHead> cells;
    for (qsizetype at = 0; at <= line.size();) {
        const auto found = line.indexOf(separator, at);
        const auto end = found < 0 ? line.size() : found;
        auto begin = at, stop = end;
        while (begin < stop && (line[begin].isSpace() || line[begin] == u'"'))
            ++begin;
        while (stop > begin && (line[stop - 1].isSpace() || line[stop - 1] == u'"'))
            --stop;
        const bool isEdge = separator == u'|' && begin == stop && (at == 0 || end == line.size());
        if (!isEdge)
            cells.push_back(
                { number, static_cast<int>(begin), static_cast<int>(stop - begin), line.mid(begin, stop - begin) });
        at = end + 1;
    }
    return cells;
}

bool isNumber(const QString& text)
{
    QString plain = text;
    bool isOne = false;
    plain.replace(u',', u'.').toDouble(&isOne);
    return isOne;
}

bool isRule(const QString& line)
{
    return line.contains(QLatin1String("--"))
        && std::all_of(line.begin(), line.end(), [](QChar sign) { return QStringLiteral("|-+: \t").contains(sign); });
}

} // namespace

// Names over at least as many cells, one of them a number.
std::vector<ui::TableHead> tableHeads(const QString& page)
{
    std::vector<ui::TableHead> heads;
    const auto lines = page.split(u'\n');
    for (qsizetype at = 0; at + 1 < lines.size() && heads.size() < kMost; ++at) {
        for (const QChar separator : { u'|', u'\t', u';', u',' }) {
            const auto head = cellsOf(lines[at], separator, static_cast<int>(at) + 1);
            const auto next = at + (isRule(lines[at + 1]) ? 2 : 1);
            if (head.size() < 2 || next >= lines.size() || isRule(lines[at]))
                continue;
            const auto row = cellsOf(lines[next], separator, 0);
            const auto isNumberCell = [](const ui::TableHead& cell) { return isNumber(cell.text); };
            if (row.size() != head.size() || std::any_of(head.begin(), head.end(), isNumberCell)
                || std::none_of(row.begin(), row.end(), isNumberCell))
                continue;
            std::copy_if(head.begin(), head.end(), std::back_inserter(heads),
                [](const ui::TableHead& cell) { return cell.length > 0; });
            break;
        }
    }
    return heads;
}

} // namespace nabiz::app
