// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/reading/series_figures.h"
#include "storage/reading/batch_index.h"
#include "storage/reading/pyramid_node.h"
#include "storage/schema/hot_statement.h"

#include <limits>

namespace nabiz::storage {

namespace {

std::vector<double> chunkOf(bool isWide, const SQLite::Column& column)
{
    std::vector<double> wide;
    std::vector<float> narrow;
    if (isWide)
        appendBlob(wide, column);
    else
        appendBlob(narrow, column);
    wide.insert(wide.end(), narrow.begin(), narrow.end());
    return wide;
}

} // namespace

SeriesFigures packedFigures(SQLite::Database& database, const Metric& metric)
{
    SeriesFigures figures;
    figures.metric = metric;
    double nonFinite = 0;
    SQLite::Statement nodes(
        database, "SELECT data FROM pyramid WHERE metric = ? AND level > 0 ORDER BY level, chunk LIMIT 1");
    nodes.bind(1, metric.id);
    if (!nodes.executeStep())
        return figures;
    std::vector<double> numbers;
    appendBlob(numbers, nodes.getColumn(0));
    for (std::size_t at = 0; at + Fields <= numbers.size(); at += Fields) {
        const double* const node = numbers.data() + at;
        nonFinite += node[NonFinite];
        figures.points += static_cast<std::size_t>(node[Finite] + node[NonFinite]);
        if (node[Finite] == 0)
            continue;
        figures.extend(node[Minimum]);
        figures.extend(node[Maximum]);
    }
    SQLite::Statement ends(database,
        "SELECT wide, data FROM pyramid WHERE metric = ?1 AND level = 0 AND (?2 OR chunk = 0 OR chunk ="
        " (SELECT max(chunk) FROM pyramid WHERE metric = ?1 AND level = 0)) ORDER BY chunk");
    ends.bind(1, metric.id);
    ends.bind(2, nonFinite > 0 ? 1 : 0);
    while (ends.executeStep()) {
        const std::vector<double> values = chunkOf(ends.getColumn(0).getInt() != 0, ends.getColumn(1));
        if (values.empty())
            continue;
        figures.first = figures.first.value_or(values.front());
        figures.last = values.back();
        for (const double value : values)
            figures.extend(value);
    }
    return figures;
}

SeriesFigures readFigures(SQLite::Database& database, const BatchIndex* index, const Metric& metric)
{
    SeriesFigures figures;
    figures.metric = metric;
    HotStatement query(database, "SELECT seq, value FROM point WHERE metric = ? ORDER BY seq");
    query.bind(1, metric.id);
    while (query.step()) {
        const auto seq = static_cast<std::size_t>(query.integer(0));
        if (index && (seq >= index->size() || !index->isAlive(seq)))
            continue;
        figures.take(query.isNull(1) ? std::numeric_limits<double>::quiet_NaN() : query.real(1));
    }
    return figures;
}

} // namespace nabiz::storage
