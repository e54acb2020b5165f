// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/export/exported_run.h"

#include <cmath>
#include <cstdlib>

namespace nabiz::app {

double zeroOf(const storage::Run& run)
{
    const auto zero = run.facts.find("time.zero");
    const auto ms
        = zero != run.facts.end() ? std::strtoll(zero->second.c_str(), nullptr, 10) : run.started.value_or(run.created);
    return static_cast<double>(ms) / 1000;
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
