// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report_charts.h"

#include "app/report/compared_report.h"
#include "ui/charts/export/chart_export.h"
#include "ui/charts/shape/curve_extent.h"
#include "ui/panels/panel_content.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace nabiz::app {

namespace {

constexpr QSize kSize(960, 420);
constexpr double kScale = 2;

QString fromUtf8(const std::string& text)
{
    return QString::fromStdString(text);
}

const ui::RunSeries* processMemory(const ReportRun& run)
{
    return run.find("memory.process");
}

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
        content.notes.append(
            fromUtf8(text("chart.smoothed", { std::to_string(std::lround(content.smoothing.amount)) })));
}

ui::PlotCurve lossCurve(const ReportRun& run, const QColor& color)
{
    const bool reference = run.overview.run.status == storage::RunStatus::Reference;
    return { .series = run.find("loss"),
        .label = fromUtf8(run.overview.run.name),
        .key = run.overview.run.id,
        .run = run.overview.run.id,
        .color = color,
        .smoothed = !reference,
        .reference = reference };
}

ui::PlotContent onPaper(const std::string& title)
{
    ui::PlotContent content;
    content.title = fromUtf8(title);
    content.showCount = false; // a notice to who zooms, in the window's language
    return content;
}

} // namespace

bool hasLoss(const ReportRun& run)
{
    return run.find("loss") != nullptr;
}

bool hasMemory(const ReportRun& run)
{
    return run.find("memory.peak") || processMemory(run);
}

ui::PlotContent lossChart(const ReportRun& run, const ReportText& text)
{
    ui::PlotContent content = onPaper(text("chart.loss"));
    content.unit = fromUtf8(text("chart.loss_unit"));
    if (run.overview.run.facts.contains("stand_in"))
        content.title += QStringLiteral(" · ") + fromUtf8(text("chart.stand_in"));
    const auto color = ui::Theme::seriesColor(0, false);
    content.curves.push_back(lossCurve(run, color));
    if (const auto* validation = run.find("val.loss"))
        content.curves.push_back({ .series = validation,
            .label = fromUtf8(text("chart.validation")),
            .color = ui::Theme::seriesColor(1, false),
            .smoothed = false,
            .points = true });
    if (const auto* reported = run.find(kReportedLoss))
        content.curves.push_back({ .series = reported,
            .label = fromUtf8(text("chart.reported")),
            .key = -1,
            .color = ui::Theme::seriesColor(3, false),
            .smoothed = false,
            .reference = true });
    if (const double entropy = run.fact("data.entropy").value_or(0); entropy > 0)
        content.lines.push_back({ .value = entropy,
            .label = fromUtf8(text("chart.entropy", { text.number(entropy) })),
            .color = ui::Theme::lightColors().dim });
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
            content.curves.push_back({ .series = series,
                .label = fromUtf8(text(label)),
                .color = ui::Theme::seriesColor(color, false),
                .smoothed = false,
                .filled = filled,
                .dashed = dashed,
                .scale = 1e-9 });
    };
    if (run.find("memory.peak")) {
        add("memory.allocated", "chart.allocated", 0, true, false);
        add("memory.peak", "chart.peak", 1, false, false);
        add("memory.reserved", "chart.reserved", 2, false, true);
        add("memory.process", "chart.process", 2, false, true);
    } else {
        add("memory.process", "chart.process", 0, true, false);
    }
    return content;
}

ui::PlotContent memoryComparisonChart(const ComparedReport& compared, const ReportText& text)
{
    ui::PlotContent content = onPaper(text("chart.memory"));
    content.unit = "GB";
    content.zeroBased = true;
    content.smoothing = {};
    for (const auto& column : compared.columns) {
        for (const auto id : column.runs) {
            const auto& run = static_cast<const ReportRun&>(*compared.lookup()(id));
            const auto* peak = run.find("memory.peak");
            if (const auto* series = peak ? peak : processMemory(run))
                content.curves.push_back({ .series = series,
                    .x = ui::xScaleOf(run, compared.look.xUnit),
                    .label = fromUtf8(run.overview.run.name),
                    .key = id,
                    .run = id,
                    .color = column.color,
                    .smoothed = false,
                    .scale = 1e-9 });
        }
    }
    content.xUnit = compared.look.xUnit;
    return content;
}

ui::PlotContent comparisonChart(const ComparedReport& compared, const ReportText& text)
{
    const std::string metric = compared.metric();
    const ui::CompareOptions options { .metric = metric, .xUnit = compared.look.xUnit, .logY = false };
    ui::PlotContent content = ui::compareContent(compared.lookup(), compared.series, compared.columns, options);
    content.title = fromUtf8(metric == "loss" ? text("chart.loss")
            : metric == "val.loss"            ? text("chart.validation")
                                              : metric);
    if (metric == "loss" || metric == "val.loss")
        content.unit = fromUtf8(text("chart.loss_unit"));
    content.showCount = false;
    content.notes.clear(); // in the window's language
    if (std::any_of(
            content.curves.begin(), content.curves.end(), [](const auto& curve) { return !curve.members.empty(); }))
        content.notes << fromUtf8(text("chart.band"));
    chooseAxis(content, text);
    content.logY = compared.look.logY.value_or(content.logY);
    return content;
}

ui::PlotContent panelChart(const std::vector<ReportRun>& runs, const ui::PanelSpec& panel, const ReportText& text)
{
    ui::PanelRuns shown;
    for (const ReportRun& run : runs)
        shown.push_back(&run);
    ui::PlotContent content = ui::panelContent(shown, panel, {});
    const bool log = panel.logY;
    content.notes.clear(); // in the window's language
    chooseAxis(content, text);
    content.logY = log;
    return content;
}

std::map<std::string, std::string> drawChart(const ReportChart& chart)
{
    return { { chart.path + ".svg", ui::chartSvg(chart.content, kSize).toStdString() },
        { chart.path + ".png", ui::chartPng(chart.content, kSize, kScale).toStdString() } };
}

QByteArray drawPreview(const ReportChart& chart)
{
    return ui::chartPng(chart.content, kSize, kScale);
}

} // namespace nabiz::app
