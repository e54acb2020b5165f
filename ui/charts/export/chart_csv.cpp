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
constexpr std::size_t kTold = 100'000; // samples passed without a row before that is told

// Of all tables, in the order met.
std::vector<std::string> namesOf(const std::vector<ChartRows::Table>& tables)
{
    std::vector<std::string> names;
    for (const ChartRows::Table& table : tables) {
        for (const ChartRows::Column& column : table.columns) {
            if (std::find(names.begin(), names.end(), column.name) == names.end()) {
                names.push_back(column.name);
            }
        }
    }
    return names;
}

// A column on its way.
struct Reading {
    const ChartRows::Column* column;
    std::size_t next = 0;

    bool isAtEnd() const { return next >= column->values.size(); }
    double batch() const { return column->places.batch(next); }
    double time() const { return column->places.time(next); }
};

// The next row's place: the earliest sample that is left, as all metrics of a run follow one clock.
const Reading* earliest(const std::vector<Reading>& columns)
{
    const Reading* best = nullptr;
    for (const Reading& column : columns) {
        if (column.isAtEnd()) {
            continue;
        }
        if (!best || std::pair(column.time(), column.batch()) < std::pair(best->time(), best->batch())) {
            best = &column;
        }
    }
    return best;
}

class Writer {
public:
    Writer(const ChartRows::Sink& sink, const std::vector<std::string>& names, bool withRun)
        : m_sink(sink)
        , m_names(names)
        , m_withRun(withRun)
    {
        m_text = m_withRun ? "run,batch,time" : "batch,time";
        for (const std::string& name : names) {
            m_text += ',' + trainer::csvCell(name);
        }
        m_text += '\n';
    }

    // False where the sink has ended it.
    bool writeTable(const ChartRows::Table& table, double x0, double x1)
    {
        const std::string run = trainer::csvCell(table.name.toStdString());
        std::vector<Reading> columns;
        columns.reserve(table.columns.size());
        for (const ChartRows::Column& column : table.columns) {
            columns.push_back({ &column });
        }
        while (const Reading* const place = earliest(columns)) {
            const double batch = place->batch(), time = place->time();
            const double x = table.x.x(batch, time);
            std::string cells;
            for (const std::string& name : m_names) {
                cells += ',' + takeCell(columns, name, batch, time);
            }
            if (x >= x0 && x <= x1) {
                m_text += (m_withRun ? run + ',' : std::string()) + std::to_string(static_cast<std::int64_t>(batch))
                    + ',' + trainer::toText(time) + cells + '\n';
                ++m_rows;
            }
            if ((m_text.size() > kChunk || m_passed > m_told + kTold) && !flush()) {
                return false;
            }
        }
        return true;
    }

    qint64 end()
    {
        flush();
        return m_rows;
    }

private:
    std::string takeCell(std::vector<Reading>& columns, const std::string& name, double batch, double time)
    {
        for (Reading& reading : columns) {
            if (!reading.isAtEnd() && reading.column->name == name && reading.batch() == batch
                && reading.time() == time) {
                ++m_passed;
                return trainer::csvCell(reading.column->values[reading.next++], reading.column->single);
            }
        }
        return {};
    }

    bool flush()
    {
        m_told = m_passed;
        const bool goesOn = m_sink(m_text, m_passed);
        m_text.clear();
        return goesOn;
    }

    const ChartRows::Sink& m_sink;
    const std::vector<std::string>& m_names;
    const bool m_withRun;
    std::string m_text;
    std::size_t m_passed = 0, m_told = 0;
    qint64 m_rows = 0;
};

} // namespace

bool isWhole(const PlotContent& content)
{
    return std::none_of(content.curves.begin(), content.curves.end(),
        [](const PlotCurve& curve) { return isDrawn(curve) && curve.series->isPreview(); });
}

ChartRows::ChartRows(const PlotContent& content)
{
    for (const PlotCurve& curve : content.curves) {
        if (!isDrawn(curve)) {
            continue;
        }
        auto table = std::find_if(m_tables.begin(), m_tables.end(), [&](const Table& t) { return t.run == curve.run; });
        if (table == m_tables.end()) {
            table = m_tables.insert(table, { curve.run, curve.label, curve.x, {} });
        }
        const trainer::MetricRow* const row = trainer::findMetric(curve.series->name());
        table->columns.push_back({ curve.series->name(), row && row->singlePrecision, curve.series->places(),
            curve.series->column().values() });
    }
}

std::size_t ChartRows::samples() const
{
    std::size_t sum = 0;
    for (const Table& table : m_tables) {
        for (const Column& column : table.columns) {
            sum += column.values.size();
        }
    }
    return sum;
}

qint64 ChartRows::write(double x0, double x1, const Sink& sink) const
{
    const std::vector<std::string> names = namesOf(m_tables);
    Writer writer(sink, names, m_tables.size() > 1);
    for (const Table& table : m_tables) {
        if (!writer.writeTable(table, x0, x1)) {
            break;
        }
    }
    return writer.end();
}

} // namespace nabiz::ui
