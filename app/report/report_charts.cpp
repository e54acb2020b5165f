// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report_charts.h"

#include "ui/charts/chart_export.h"
#include "ui/charts/curve_extent.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace nabiz::app {

namespace {

constexpr QSize kSize(960, 420);
constexpr double kScale = 2;

QString fromUtf8(const std::string& text) { return QString::fromStdString(text); }

const ui::RunSeries* processMemory(const ReportRun& run) { return run.find("memory.process"); }

// A range of more than a factor of twenty is only readable on a logarithmic axis.
bool wantsLogarithm(const ui::PlotContent& content)
{
    bool wide = false;
    for (const auto& curve : content.curves) {
        const auto extent = curve.series->extent(0, curve.series->size());
        if (extent.finite == 0)
            continue;
        if (extent.minimum <= 0)
            return false;
        wide = wide || extent.maximum > 20 * extent.minimum;
    }
    return wide;
}

// Where it falls through decades, a wide mean stands above it.
void chooseAxis(ui::PlotContent& content, const ReportText& text)
{
    content.logY = wantsLogarithm(content);
    if (content.logY)
        content.smoothing.amount = 5;
    const bool smooths = std::any_of(content.curves.begin(), content.curves.end(),
        [&content](const ui::PlotCurve& curve) { return ui::isSmoothed(curve, content); });
    if (smooths)
        content.notes.append(fromUtf8(text("chart.smoothed", { std::to_string(std::lround(content.smoothing.amount)) })));
}

ui::PlotCurve lossCurve(const ReportRun& run, const QColor& color)
{
    const bool reference = run.overview.run.status == storage::RunStatus::Reference;
    return { .series = run.find("loss"), .label = fromUtf8(run.overview.run.name), .key = run.overview.run.id,
        .run = run.overview.run.id, .color = color, .smoothed = !reference, .reference = reference };
}

// The first, the baseline, in the text's colour.
QColor shade(std::size_t run)
{
    return run == 0 ? ui::Theme::lightColors().text : ui::Theme::seriesColor(static_cast<int>(run) - 1, false);
}

ui::PlotContent onPaper(const std::string& title)
{
    ui::PlotContent content;
    content.title = fromUtf8(title);
    content.showCount = false; // a notice to who zooms, in the window's language
    return content;
}

} // namespace

bool hasLoss(const ReportRun& run) { return run.find("loss") != nullptr; }

bool hasMemory(const ReportRun& run) { return run.find("memory.peak") || processMemory(run); }

ui::PlotContent lossChart(const ReportRun& run, const ReportText& text)
{
    ui::PlotContent content = onPaper(text("chart.loss"));
    content.unit = fromUtf8(text("chart.loss_unit"));
    if (run.overview.run.facts.contains("stand_in"))
        content.title += QStringLiteral(" · ") + fromUtf8(text("chart.stand_in"));
    const auto color = ui::Theme::seriesColor(0, false);
    content.curves.push_back(lossCurve(run, color));
    if (const auto* validation = run.find("val.loss"))
        content.curves.push_back({ .series = validation, .label = fromUtf8(text("chart.validation")),
            .color = ui::Theme::seriesColor(1, false), .smoothed = false, .points = true });
    if (const auto* reported = run.find(kReportedLoss))
        content.curves.push_back({ .series = reported, .label = fromUtf8(text("chart.reported")), .key = -1,
            .color = ui::Theme::seriesColor(3, false), .smoothed = false, .reference = true });
    const auto& facts = run.overview.run.facts;
    if (const auto found = facts.find("data.entropy"); found != facts.end()) {
        const double entropy = std::strtod(found->second.c_str(), nullptr);
        if (entropy > 0)
            content.lines.push_back({ .value = entropy, .label = fromUtf8(text("chart.entropy", { text.number(entropy) })),
                .color = ui::Theme::lightColors().dim });
    }
    chooseAxis(content, text);
    return content;
}

ui::PlotContent memoryChart(const ReportRun& run, const ReportText& text)
{
    ui::PlotContent content = onPaper(text("chart.memory"));
    content.unit = "GB";
    content.zeroBased = true;
    content.smoothing = {};
    const auto add = [&](const char* metric, const char* label, int color, bool filled, bool dashed) {
        if (const auto* series = run.find(metric))
            content.curves.push_back({ .series = series, .label = fromUtf8(text(label)),
                .color = ui::Theme::seriesColor(color, false), .smoothed = false, .filled = filled, .dashed = dashed,
                .scale = 1e-9 });
    };
    if (run.find("memory.peak")) {
        add("memory.allocated", "chart.allocated", 0, true, false);
        add("memory.peak", "chart.peak", 1, false, false);
        add("memory.reserved", "chart.reserved", 2, false, true);
    } else {
        add("memory.process", "chart.process", 0, true, false);
    }
    return content;
}

ui::PlotContent memoryComparisonChart(const std::vector<ReportRun>& runs, const ReportText& text)
{
    ui::PlotContent content = onPaper(text("chart.memory"));
    content.unit = "GB";
    content.zeroBased = true;
    content.smoothing = {};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto* peak = runs[i].find("memory.peak");
        const auto* series = peak ? peak : processMemory(runs[i]);
        if (series)
            content.curves.push_back({ .series = series, .label = fromUtf8(runs[i].overview.run.name),
                .key = runs[i].overview.run.id, .run = runs[i].overview.run.id, .color = shade(i), .smoothed = false,
                .scale = 1e-9 });
    }
    return content;
}

ui::PlotContent comparisonChart(const std::vector<ReportRun>& runs, const ReportText& text)
{
    ui::PlotContent content = onPaper(text("chart.loss"));
    content.unit = fromUtf8(text("chart.loss_unit"));
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (hasLoss(runs[i]))
            content.curves.push_back(lossCurve(runs[i], shade(i)));
    }
    chooseAxis(content, text);
    return content;
}

std::map<std::string, std::string> drawChart(const ReportChart& chart)
{
    return { { chart.path + ".svg", ui::chartSvg(chart.content, kSize).toStdString() },
        { chart.path + ".png", ui::chartPng(chart.content, kSize, kScale).toStdString() } };
}

QByteArray drawPreview(const ReportChart& chart) { return ui::chartPng(chart.content, kSize, kScale); }

} // namespace nabiz::app
