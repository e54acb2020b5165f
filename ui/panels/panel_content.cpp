// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel_content.h"

#include "trainer/config/parameters/metric_table.h"
#include "ui/charts/render/plot_text.h"
#include "ui/models/compared_series.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_colors.h"
#include "ui/panels/metric_pattern.h"
#include "ui/panels/ready_panels.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <set>

namespace nabiz::ui {
namespace {

constexpr std::size_t kMostCurves = 64; // more cannot be told apart, nor drawn in a frame

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

std::size_t placeInTable(const std::string& name)
{
    const auto rows = trainer::metricTable();
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
    return static_cast<std::size_t>(found - rows.begin());
}

// Digits by their value: expert 10 stands behind expert 9.
bool comesBefore(const std::string& a, const std::string& b)
{
    const std::size_t left = placeInTable(a), right = placeInTable(b);
    if (left != right) {
        return left < right;
    }
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const auto digits = [](const std::string& text, std::size_t from) {
            const std::size_t end = text.find_first_not_of("0123456789", from);
            return (end == std::string::npos ? text.size() : end) - from;
        };
        const std::size_t m = digits(a, i), n = digits(b, j);
        if (m > 0 && n > 0) {
            const auto one = a.substr(i, m), other = b.substr(j, n);
            if (m != n || one != other) {
                return m != n ? m < n : one < other;
            }
            i += m;
            j += n;
        } else if (a[i] != b[j]) {
            return a[i] < b[j];
        } else {
            ++i;
            ++j;
        }
    }
    return a.size() < b.size();
}

void style(PlotCurve& curve, const std::string& metric, const PanelOptions& options, std::size_t place, bool byRun)
{
    const int color = byRun ? RunColors::number(curve.run) : static_cast<int>(place % Theme::kSeriesColors);
    curve.color = Theme::seriesColor(color, options.dark);
    curve.dash = static_cast<DashPattern>((byRun ? place : place / Theme::kSeriesColors) % 4);
    curve.smoothed = isNoisy(metric);
    curve.points = metric == "val.loss";
    curve.scale = curve.series->unit() == "bytes" ? 1e-9 : 1;
}

QString shownUnit(const std::string& unit)
{
    return unit == "bytes" ? QStringLiteral("GB") : QString::fromStdString(unit);
}

// One unit stands at the title; of several each curve has its own.
void nameUnits(PlotContent& content, const std::set<std::string>& units)
{
    if (units.size() == 1) {
        content.unit = shownUnit(*units.begin());
        return;
    }
    for (PlotCurve& curve : content.curves) {
        const QString unit = shownUnit(curve.series->unit());
        curve.label += unit.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(unit);
    }
}

void sayWhatLacks(PlotContent& content, const PanelRuns& runs, const PanelSpec& panel)
{
    QStringList lacking;
    for (const QString& wanted : panel.metrics) {
        PanelSpec alone;
        alone.metrics = { wanted };
        if (panelMetrics(runs, alone).empty()) {
            lacking.append(wanted);
        }
    }
    if (!lacking.isEmpty() && !runs.empty()) {
        content.notes.append(tr("not recorded: %1").arg(shortName(lacking.join(QStringLiteral(", ")))));
    }
}

PlotContent emptyContent(const PanelSpec& panel, const PanelOptions& options)
{
    PlotContent content;
    content.title = panelTitle(panel);
    content.xUnit = options.xUnit;
    content.logX = options.logX;
    content.logY = panel.logY;
    content.clipOutliers = options.clipOutliers;
    content.showXAxis = options.showXAxis;
    content.smoothing = options.smoothing;
    content.plannedX = options.plannedX;
    content.showCount = false;
    return content;
}

PlotCurve curveOf(const RunDetail& run, const std::string& metric, const PanelOptions& options)
{
    PlotCurve curve;
    curve.series = run.drawable(metric);
    curve.x = xScaleOf(run, options.xUnit);
    curve.run = run.overview.run.id;
    curve.key = static_cast<qint64>(qHash(QString::fromStdString(metric), static_cast<std::size_t>(curve.run)) >> 1);
    return curve;
}

} // namespace

std::vector<std::string> panelMetrics(const PanelRuns& runs, const PanelSpec& panel)
{
    std::set<std::string> found;
    for (const QString& wanted : panel.metrics) {
        const std::string name = wanted.toStdString();
        for (const RunDetail* const run : runs) {
            if (!isPattern(name)) {
                if (run->drawable(name)) {
                    found.insert(name);
                }
                continue;
            }
            for (const auto& [known, series] : run->series) {
                if (series && !series->empty() && matchesPattern(name, known)) {
                    found.insert(known);
                }
            }
        }
    }
    std::vector<std::string> metrics(found.begin(), found.end());
    std::stable_sort(metrics.begin(), metrics.end(), comesBefore);
    return metrics;
}

std::size_t panelCurves(const PanelRuns& runs, const PanelSpec& panel)
{
    std::size_t count = 0;
    for (const std::string& metric : panelMetrics(runs, panel)) {
        count += static_cast<std::size_t>(
            std::count_if(runs.begin(), runs.end(), [&](const RunDetail* run) { return run->drawable(metric); }));
    }
    return std::min(count, kMostCurves);
}

PlotContent panelContent(const PanelRuns& runs, const PanelSpec& panel, const PanelOptions& options)
{
    PlotContent content = emptyContent(panel, options);
    const std::vector<std::string> metrics = panelMetrics(runs, panel);
    std::set<std::string> units;
    std::size_t leftOut = 0;
    for (std::size_t place = 0; place < metrics.size(); ++place) {
        for (const RunDetail* const run : runs) {
            PlotCurve curve = curveOf(*run, metrics[place], options);
            if (!curve.series || !curve.x.knows(options.xUnit)) {
                continue;
            }
            if (content.curves.size() == kMostCurves) {
                ++leftOut;
                continue;
            }
            const QString name = QString::fromStdString(run->overview.run.name), metric = metricLabel(metrics[place]);
            curve.label = runs.size() == 1 ? metric
                : metrics.size() == 1      ? name
                                           : QStringLiteral("%1 · %2").arg(name, metric);
            style(curve, metrics[place], options, place, runs.size() > 1);
            units.insert(curve.series->unit());
            content.curves.push_back(curve);
        }
    }
    nameUnits(content, units);
    sayWhatLacks(content, runs, panel);
    if (leftOut > 0) {
        content.notes.append(tr("curves left out: %1").arg(leftOut));
    }
    sayHowSmooth(content);
    return content;
}

} // namespace nabiz::ui
