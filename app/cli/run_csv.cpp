// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_csv.h"

#include "app/run/terminal_text.h"
#include "trainer/base/csv_text.h"
#include "trainer/base/value.h"
#include "trainer/config/parameters/metric_table.h"

namespace nabiz::app {

std::int64_t writeRunCsv(const storage::RunStore& store, storage::RunId run,
    const std::vector<storage::Metric>& metrics, trainer::OutputFile& file)
{
    std::string line = "batch,time";
    const bool isRead = file.isTerminal(); // by a person: a name is not to be obeyed; by a program, it is to be exact
    // Another program's values are doubles, whatever theirs are called.
    const auto overview = store.run(run);
    const bool isOwn = overview && overview->run.source == "nabiz";
    std::vector<bool> single;
    for (const storage::Metric& metric : metrics) {
        line += ',' + trainer::csvCell(isRead ? safeLine(metric.name) : metric.name);
        const trainer::MetricRow* row = trainer::findMetric(metric.name);
        single.push_back(isOwn && row && row->singlePrecision);
    }
    file.write(line + '\n');
    std::int64_t rows = 0;
    store.history(run, metrics, [&](const storage::RunStore::HistoryRow& row) {
        line = std::to_string(row.batch) + ',' + trainer::toText(row.time);
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            line += ',';
            if (row.values[i])
                line += trainer::csvCell(*row.values[i], single[i]);
        }
        file.write(line + '\n');
        ++rows;
    });
    return rows;
}

} // namespace nabiz::app
