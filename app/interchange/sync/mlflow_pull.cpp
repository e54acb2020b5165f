// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/sync/mlflow_pull.h"
#include "app/interchange/sync/mlflow_push.h"
#include "storage/foreign/mlflow_database.h"

namespace nabiz::app {

storage::ImportedRun MlflowPull::read(const MlflowRun& run, const std::string& experiment)
{
    storage::ImportedRun imported { .source = "mlflow", .originalId = run.id, .path = m_server.url() };
    imported.name = run.name;
    imported.status = storage::mlflowStatus(run.status);
    if (run.started)
        imported.started = static_cast<double>(*run.started) / 1000;
    if (run.ended && *run.ended > 0)
        imported.ended = static_cast<double>(*run.ended) / 1000;
    imported.facts["experiment"] = experiment;
    imported.parameters.assign(run.parameters.begin(), run.parameters.end());
    for (const auto& [key, value] : run.tags)
        storage::takeMlflowTag(imported, key, value);
    if (imported.name.empty())
        imported.name = run.id;
    for (const auto& metric : run.metrics) {
        storage::ImportedSeries series { metric, {}, {} };
        for (const auto& point : m_server.history(run.id, metric))
            series.points.push_back({ point.step, static_cast<double>(point.time) / 1000, point.value });
        imported.series.push_back(std::move(series));
    }
    return imported;
}

void MlflowPull::pull(storage::Recorder& recorder, ImportReport& report)
{
    for (const auto& [id, name] : m_server.experiments()) {
        for (const auto& run : m_server.runs(id)) {
            auto& told = m_told[run.id];
            if (run.tags.contains(kOriginTag) || told == run.digest)
                continue;
            auto imported = read(run, name);
            settle(imported, m_writers, lastHeard(imported));
            keepRun(std::move(imported), &recorder, report);
            told = run.digest;
        }
    }
}

} // namespace nabiz::app
