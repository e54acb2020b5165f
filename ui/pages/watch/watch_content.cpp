// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_content.h"

#include "ui/models/run_catalog.h"
#include "ui/models/run_colors.h"
#include "ui/pages/watch/watch_marks.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace nabiz::ui {
namespace {

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

QString runName(const RunCatalog& catalog, storage::RunId run)
{
    const storage::RunOverview* const overview = catalog.overview(run);
    return overview ? QString::fromStdString(overview->run.name) : QString();
}

void sayLeftOut(PlotContent& content, const QString& name)
{
    content.notes.append(content.xUnit == XUnit::Epoch
            ? tr("%1 left out: the length of its epochs is not known").arg(name)
            : tr("%1 left out: when it ran is not known").arg(name));
}

void addLoss(PlotContent& content, const RunCatalog& catalog, storage::RunId run, bool several)
{
    const RunDetail* const detail = catalog.detail(run);
    if (!detail || !detail->drawable("loss")) {
        return;
    }
    auto curve = watchCurve(*detail, "loss", content.xUnit);
    if (!curve) {
        sayLeftOut(content, runName(catalog, run));
        return;
    }
    curve->label = runName(catalog, run);
    curve->key = run;
    curve->color = runColor(run);
    curve->reference = detail->overview.run.status == storage::RunStatus::Reference;
    if (several) {
        setCue(*curve, run);
    }
    content.curves.push_back(std::move(*curve));
}

void addValLoss(PlotContent& content, const RunCatalog& catalog, storage::RunId run)
{
    const RunDetail* const detail = catalog.detail(run);
    if (auto curve = detail ? watchCurve(*detail, "val.loss", content.xUnit) : std::nullopt) {
        curve->key = -run; // hidden and shown beside its loss
        curve->color = runColor(run);
        curve->points = true;
        content.curves.push_back(std::move(*curve));
    }
}

void addEntropy(PlotContent& content, const RunCatalog& catalog, storage::RunId run)
{
    const storage::RunOverview* const overview = catalog.overview(run);
    if (!overview) {
        return;
    }
    const auto fact = overview->run.facts.find("data.entropy");
    if (fact == overview->run.facts.end()) {
        return;
    }
    bool isNumber = false;
    const double entropy = QString::fromStdString(fact->second).toDouble(&isNumber);
    if (isNumber && std::isfinite(entropy) && entropy > 0) {
        content.lines.push_back(
            { entropy, tr("entropy of the text %1").arg(numberText(entropy, 3)), Theme::colors().dim });
    }
}

} // namespace

double plannedX(const RunCatalog& catalog, storage::RunId run, XUnit unit)
{
    const storage::RunOverview* const overview = catalog.overview(run);
    if (!overview || !storage::isLive(overview->run.status) || isTime(unit)) {
        return 0;
    }
    const RunDetail* const detail = catalog.detail(run);
    const auto batches = static_cast<double>(overview->run.plannedBatches);
    return detail ? xScaleOf(*detail, unit).x(batches, 0) : unit == XUnit::Batch ? batches : 0;
}

PlotContent lossContent(const RunCatalog& catalog, storage::RunId current, const std::vector<storage::RunId>& checked,
    const WatchOptions& options)
{
    PlotContent content;
    content.title = tr("Loss");
    content.unit = tr("nats a byte");
    content.xUnit = options.xUnit;
    content.logX = options.logX;
    content.logY = options.logY;
    content.clipOutliers = options.clipOutliers;
    content.smoothing = options.smoothing;
    content.plannedX = plannedX(catalog, current, options.xUnit);
    const bool several
        = std::any_of(checked.begin(), checked.end(), [&](storage::RunId run) { return run != current; });
    addLoss(content, catalog, current, several);
    for (const storage::RunId run : checked) {
        if (run != current) {
            addLoss(content, catalog, run, several);
        }
    }
    addValLoss(content, catalog, current);
    addEntropy(content, catalog, current);
    const RunDetail* const detail = catalog.detail(current);
    if (options.marks && detail) {
        content.marks = marksOf(*detail, options.xUnit);
    }
    sayHowSmooth(content);
    return content;
}

PlotContent rateContent(const RunCatalog& catalog, storage::RunId current, const std::vector<storage::RunId>& checked,
    const WatchOptions& options)
{
    PlotContent content;
    content.title = tr("Learning rate");
    content.xUnit = options.xUnit;
    content.logX = options.logX;
    content.smoothing = {};
    content.zeroBased = true;
    content.showCount = false;
    std::vector<storage::RunId> runs { current };
    std::copy_if(checked.begin(), checked.end(), std::back_inserter(runs),
        [current](storage::RunId run) { return run != current; });
    for (const storage::RunId run : options.rate ? runs : std::vector<storage::RunId>()) {
        const RunDetail* const detail = catalog.detail(run);
        if (auto curve = detail ? watchCurve(*detail, "learning_rate", content.xUnit) : std::nullopt) {
            curve->label = runName(catalog, run);
            curve->key = run;
            curve->color = runColor(run);
            content.curves.push_back(std::move(*curve));
        }
    }
    return content;
}

std::optional<PlotCurve> watchCurve(const RunDetail& detail, const std::string& metric, XUnit unit)
{
    PlotCurve curve;
    curve.series = detail.drawable(metric);
    curve.x = xScaleOf(detail, unit);
    curve.run = detail.overview.run.id;
    return curve.series && curve.x.knows(unit) ? std::optional(std::move(curve)) : std::nullopt;
}

QColor runColor(storage::RunId run)
{
    return Theme::seriesColor(RunColors::number(run), Theme::isDark());
}

void setCue(PlotCurve& curve, storage::RunId run)
{
    constexpr DashPattern kPatterns[] = { DashPattern::Solid, DashPattern::Dashed, DashPattern::DashDot };
    curve.marker = static_cast<MarkerShape>(1 + run % kMarkerShapes);
    curve.dash = kPatterns[run / kMarkerShapes % 3];
}

} // namespace nabiz::ui
