// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_content.h"

#include "trainer/config/metric_table.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch_content.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

// Fewer points than this are joined as they are: a moving average of ten validation losses tells nothing.
constexpr std::size_t kSmoothedFrom = 60;

bool isNoisy(const std::string& metric)
{
    return metric != "val.loss" && metric != "learning_rate" && metric.rfind("memory.", 0) != 0;
}

} // namespace

PlotContent compareContent(
    const RunCatalog& catalog, const std::vector<storage::RunId>& runs, const CompareOptions& options)
{
    PlotContent content;
    content.title = metricLabel(options.metric);
    content.xUnit = options.xUnit;
    content.logY = options.logY;
    content.showCount = false;
    std::string unit;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const RunDetail* const detail = catalog.detail(runs[i]);
        const RunSeries* const series = detail ? detail->drawable(options.metric) : nullptr;
        if (!series) {
            continue;
        }
        unit = series->unit();
        if (options.hidden.contains(runs[i])) {
            continue;
        }
        PlotCurve curve;
        curve.series = series;
        curve.label = QString::fromStdString(detail->overview.run.name);
        curve.color = compareColor(runs[i], i == 0);
        curve.x = xScaleOf(*detail, options.xUnit);
        curve.key = runs[i];
        curve.smoothed = isNoisy(options.metric) && series->size() >= kSmoothedFrom;
        curve.scale = unit == "bytes" ? 1e-9 : 1;
        content.curves.push_back(curve);
    }
    content.unit = unit == "bytes" ? QCoreApplication::translate("ComparePage", "GB")
        : unit == "nats"           ? QCoreApplication::translate("ComparePage", "nats a byte")
                                   : QString::fromStdString(unit);
    return content;
}

std::vector<std::string> commonMetrics(const RunCatalog& catalog, const std::vector<storage::RunId>& runs)
{
    std::set<std::string> known;
    for (const storage::RunId run : runs) {
        if (const RunDetail* const detail = catalog.detail(run)) {
            for (const auto& [name, series] : detail->series) {
                if (series && !series->empty()) {
                    known.insert(name);
                }
            }
        }
    }
    std::vector<std::string> metrics;
    for (const trainer::MetricRow& row : trainer::metricTable()) {
        if (known.erase(std::string(row.name)) > 0) {
            metrics.emplace_back(row.name);
        }
    }
    metrics.insert(metrics.end(), known.begin(), known.end());
    return metrics;
}

QColor compareColor(storage::RunId run, bool isBaseline)
{
    return isBaseline ? Theme::colors().text : runColor(run);
}

} // namespace nabiz::ui
