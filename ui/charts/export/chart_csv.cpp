// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/export/chart_csv.h"

#include "trainer/base/csv_text.h"
#include "trainer/base/value.h"
#include "trainer/config/parameters/metric_table.h"
#include "ui/charts/shape/curve_extent.h"

#include <algorithm>
#include <string>

namespace nabiz::ui {
namespace {

constexpr std::size_t kChunk = 1 << 16; // bytes written at once

struct Column {
    const RunSeries* series;
    bool single; // recorded as a float32
    std::size_t next = 0;
};

struct Table {
    qint64 run;
    QString name;
    XScale x;
    std::vector<Column> columns;
};

std::vector<Table> tablesOf(const PlotContent& content)
{
    std::vector<Table> tables;
    for (const PlotCurve& curve : content.curves) {
        if (!isDrawn(curve)) {
            continue;
        }
        auto table = std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.run == curve.run; });
        if (table == tables.end()) {
            table = tables.insert(table, { curve.run, curve.label, curve.x, {} });
        }
        const trainer::MetricRow* const row = trainer::findMetric(curve.series->name());
        table->columns.push_back({ curve.series, row && row->singlePrecision });
    }
    return tables;
}

// Of all tables, in the order met.
std::vector<std::string> namesOf(const std::vector<Table>& tables)
{
    std::vector<std::string> names;
    for (const Table& table : tables) {
        for (const Column& column : table.columns) {
            if (std::find(names.begin(), names.end(), column.series->name()) == names.end()) {
                names.push_back(column.series->name());
            }
        }
    }
    return names;
}

// The next row's place: the earliest sample that is left, as all metrics of a run follow one clock.
const Column* earliest(const Table& table)
{
    const Column* best = nullptr;
    for (const Column& column : table.columns) {
        if (column.next >= column.series->size()) {
            continue;
        }
        const auto key = [](const Column& c) { return std::pair(c.series->time(c.next), c.series->batch(c.next)); };
        if (!best || key(column) < key(*best)) {
            best = &column;
        }
    }
    return best;
}

class Writer {
public:
    Writer(const CsvSink& write, const std::vector<std::string>& names, bool withRun)
        : m_write(write)
        , m_names(names)
        , m_withRun(withRun)
    {
        m_text = m_withRun ? "run,batch,time" : "batch,time";
        for (const std::string& name : names) {
            m_text += ',' + trainer::csvCell(name);
        }
        m_text += '\n';
    }

    void writeTable(Table& table, double x0, double x1)
    {
        const std::string run = trainer::csvCell(table.name.toStdString());
        while (const Column* const place = earliest(table)) {
            const double batch = place->series->batch(place->next), time = place->series->time(place->next);
            const double x = table.x.x(batch, time);
            std::string cells;
            for (const std::string& name : m_names) {
                cells += ',' + takeCell(table, name, batch, time);
            }
            if (x >= x0 && x <= x1) {
                m_text += (m_withRun ? run + ',' : std::string()) + std::to_string(static_cast<std::int64_t>(batch))
                    + ',' + trainer::toText(time) + cells + '\n';
                ++m_rows;
                flush(kChunk);
            }
        }
    }

    qint64 end()
    {
        flush(0);
        return m_rows;
    }

private:
    static std::string takeCell(Table& table, const std::string& name, double batch, double time)
    {
        for (Column& column : table.columns) {
            const std::size_t i = column.next;
            if (column.series->name() == name && i < column.series->size() && column.series->batch(i) == batch
                && column.series->time(i) == time) {
                ++column.next;
                return trainer::csvCell(column.series->value(i), column.single);
            }
        }
        return {};
    }

    void flush(std::size_t from)
    {
        if (m_text.size() > from) {
            m_write(m_text);
            m_text.clear();
        }
    }

    const CsvSink& m_write;
    const std::vector<std::string>& m_names;
    const bool m_withRun;
    std::string m_text;
    qint64 m_rows = 0;
};

} // namespace

bool isWhole(const PlotContent& content)
{
    return std::none_of(content.curves.begin(), content.curves.end(),
        [](const PlotCurve& curve) { return isDrawn(curve) && curve.series->isPreview(); });
}

qint64 writeChartCsv(const PlotContent& content, double x0, double x1, const CsvSink& write)
{
    std::vector<Table> tables = tablesOf(content);
    const std::vector<std::string> names = namesOf(tables);
    Writer writer(write, names, tables.size() > 1);
    for (Table& table : tables) {
        writer.writeTable(table, x0, x1);
    }
    return writer.end();
}

} // namespace nabiz::ui
