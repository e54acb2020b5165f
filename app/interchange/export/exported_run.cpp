// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/export/exported_run.h"

#include <cmath>

namespace nabiz::app {

storage::RunClock exportClock(storage::Run run)
{
    run.started = run.started.value_or(run.created);
    return storage::clockOf(run);
}

std::vector<bool> singlePrecision(
    const storage::RunStore& store, storage::RunId run, const std::vector<storage::Metric>& metrics)
{
    std::vector<bool> single(metrics.size(), true);
    store.history(run, metrics, [&](const storage::RunStore::HistoryRow& row) {
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            const double value = row.values[i].value_or(0);
            single[i] = single[i]
                && (!std::isfinite(value)
                    || (std::abs(value) < 3e38 && static_cast<double>(static_cast<float>(value)) == value));
        }
    });
    return single;
}

} // namespace nabiz::app
