// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_content.h"

#include "trainer/config/parameters/metric_table.h"
#include "ui/analysis/seed_groups.h"
#include "ui/charts/render/plot_text.h"
#include "ui/models/compared_series.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/watch_content.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace nabiz::ui {
namespace {

// Fewer points than this are joined as they are: a moving average of ten validation losses tells nothing.
constexpr std::size_t kSmoothedFrom = 60;
constexpr int kColors = 6;
// A validation loss of one evaluation is a point, not a curve.
constexpr std::size_t kEvaluations = 2;

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

std::vector<const RunDetail*> details(const RunLookup& find, const std::vector<storage::RunId>& runs)
{
    std::vector<const RunDetail*> result;
    for (const storage::RunId run : runs) {
        if (const RunDetail* const detail = find(run)) {
            result.push_back(detail);
        }
    }
    return result;
}

ComparedRun settingsOf(const RunDetail& detail)
{
    ComparedRun run;
    run.overview = &detail.overview;
    run.parameters = &detail.parameters;
    return run;
}

struct ToDraw {
    std::vector<const RunDetail*> runs; // more than one: their mean
    GroupCurve mean;
};

// A group is one curve, beside which stand those of its runs that have no part in it: without a value, or not read
// whole yet. None hides another.
std::vector<ToDraw> drawn(
    ComparedSeries& series, const std::string& metric, const std::vector<const RunDetail*>& members)
{
    std::vector<ToDraw> result;
    std::vector<const RunDetail*> together, apart;
    for (const RunDetail* const member : members) {
        (hasValues(*member, metric) ? together : apart).push_back(member);
    }
    const GroupCurve mean = together.size() > 1 ? series.group(metric, together) : GroupCurve();
    if (mean.mean && !mean.mean->empty()) {
        result.push_back({ together, mean });
    } else {
        apart.insert(apart.begin(), together.begin(), together.end());
    }
    for (const RunDetail* const member : apart) {
        if (member->drawable(metric)) {
            result.push_back({ { member }, {} });
        }
    }
    return result;
}

// The baseline's is the text's; the others have their runs' own, but for one that another has already: of many runs
// that are checked some share theirs, and groups of them need few.
void giveColors(std::vector<ComparisonColumn>& columns)
{
    const bool isDark = Theme::isDark();
    std::set<QRgb> used;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        QColor& color = columns[i].color;
        color = i == 0 ? Theme::colors().text : runColor(columns[i].runs.front());
        for (int number = 0; used.contains(color.rgb()) && number < Theme::kSeriesColors; ++number)
            color = Theme::seriesColor(number, isDark);
        used.insert(color.rgb());
    }
}

} // namespace

RunLookup lookupIn(const RunCatalog& catalog)
{
    return [&catalog](storage::RunId run) { return catalog.detail(run); };
}

std::vector<ComparisonColumn> compareColumns(
    const RunLookup& find, const std::vector<storage::RunId>& runs, bool grouped)
{
    std::vector<ComparisonColumn> columns;
    const std::vector<const RunDetail*> loaded = details(find, runs);
    std::vector<ComparedRun> compared;
    for (const RunDetail* const detail : loaded) {
        compared.push_back(settingsOf(*detail));
    }
    if (grouped) {
        for (const SeedGroup& group : seedGroups(compared)) {
            ComparisonColumn column { group.name, {}, {} };
            for (const std::size_t member : group.members) {
                column.runs.push_back(loaded[member]->overview.run.id);
            }
            std::sort(column.runs.begin(), column.runs.end()); // its colour does not hang on who is the baseline
            columns.push_back(std::move(column));
        }
    } else {
        for (const RunDetail* const detail : loaded) {
            columns.push_back({ detail->overview.run.name, { detail->overview.run.id }, {} });
        }
    }
    giveColors(columns);
    return columns;
}

bool hasGroups(const std::vector<ComparisonColumn>& columns)
{
    return std::any_of(columns.begin(), columns.end(), [](const auto& column) { return column.runs.size() > 1; });
}

std::vector<ComparedEntry> compareEntriesOf(
    const RunLookup& find, ComparedSeries& series, const std::vector<ComparisonColumn>& columns)
{
    std::vector<ComparedSeries::NamedRuns> groups;
    for (const ComparisonColumn& column : columns) {
        groups.emplace_back(column.name, details(find, column.runs));
    }
    return series.entries(groups);
}

PlotContent compareContent(const RunLookup& find, ComparedSeries& series, const std::vector<ComparisonColumn>& columns,
    const CompareOptions& options)
{
    PlotContent content;
    content.title = metricLabel(options.metric);
    content.xUnit = options.xUnit;
    content.logY = options.logY;
    std::string unit;
    bool banded = false, areUnitsApart = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (const ToDraw& item : drawn(series, options.metric, details(find, columns[i].runs))) {
            const RunDetail& run = *item.runs.front();
            PlotCurve curve;
            curve.series = item.mean.mean ? item.mean.mean : run.drawable(options.metric);
            curve.members = item.mean.members;
            banded = banded || !curve.members.empty();
            const auto& own = run.drawable(options.metric)->unit();
            areUnitsApart = areUnitsApart || (!content.curves.empty() && own != unit);
            unit = own;
            curve.label = QString::fromStdString(item.mean.mean ? columns[i].name : run.overview.run.name);
            curve.color = columns[i].color;
            curve.x = xScaleOf(run, options.xUnit);
            curve.key = run.overview.run.id;
            curve.reference = run.overview.run.status == storage::RunStatus::Reference;
            curve.smoothed = isNoisy(options.metric) && curve.series->size() >= kSmoothedFrom;
            curve.scale = unit == "bytes" ? 1e-9 : 1;
            // Colours come again after six runs: then the dash tells them apart.
            curve.dash = i == 0 ? DashPattern::Solid : static_cast<DashPattern>(curve.key / kColors % 4);
            content.curves.push_back(curve);
        }
    }
    if (banded) {
        content.notes.append(tr("line: mean of the seeds; band: lowest to highest of them"));
    }
    sayHowSmooth(content);
    if (areUnitsApart) {
        content.notes.append(tr("the units differ, or are not known of some: only the shapes may be compared"));
        return content;
    }
    content.unit = unit == "bytes" ? QCoreApplication::translate("ComparePage", "GB")
        : unit == "nats"           ? QCoreApplication::translate("ComparePage", "nats a byte")
                                   : QString::fromStdString(unit);
    return content;
}

std::vector<std::string> commonMetrics(const RunCatalog& catalog, const std::vector<storage::RunId>& runs)
{
    std::set<std::string> known;
    for (const RunDetail* const detail : details(lookupIn(catalog), runs)) {
        for (const auto& [name, series] : detail->series) {
            if (series && !series->empty()) {
                known.insert(name);
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

std::string usualMetric(const RunCatalog& catalog, const std::vector<storage::RunId>& runs)
{
    const std::vector<const RunDetail*> loaded = details(lookupIn(catalog), runs);
    const bool all = !loaded.empty() && std::all_of(loaded.begin(), loaded.end(), [](const RunDetail* detail) {
        const RunSeries* const series = detail->drawable("val.loss");
        return series && series->total() >= kEvaluations;
    });
    if (all)
        return "val.loss";
    const std::vector<std::string> metrics = commonMetrics(catalog, runs);
    if (metrics.empty() || std::find(metrics.begin(), metrics.end(), "loss") != metrics.end())
        return "loss";
    const auto called = std::find_if(metrics.begin(), metrics.end(),
        [](const std::string& name) { return QString::fromStdString(name).contains("loss", Qt::CaseInsensitive); });
    return called != metrics.end() ? *called : metrics.front();
}

} // namespace nabiz::ui
