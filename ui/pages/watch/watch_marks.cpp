// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_marks.h"

#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

namespace nabiz::ui {
namespace {

constexpr std::size_t kMostSteps = 12; // a rate that changes oftener follows a curve, not steps
constexpr double kStep = 0.02; // share by which a rate must change to be a step

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

std::optional<MarkKind> kindOf(const std::string& kind)
{
    if (kind == "evaluation") {
        return MarkKind::Evaluation;
    }
    if (kind == "checkpoint") {
        return MarkKind::Checkpoint;
    }
    if (kind == "resume" || kind == "change") {
        return MarkKind::Resume;
    }
    return kind == "warning" || kind == "throttle" ? std::optional(MarkKind::Warning) : std::nullopt;
}

// Where a rate of steps changes, by halving what does not stay the same; too many: it has none.
void findSteps(const RunSeries& rate, std::size_t first, std::size_t last, std::vector<std::size_t>& steps)
{
    const RunSeries::Extent extent = rate.extent(first, last);
    if (steps.size() > kMostSteps || extent.finite == 0
        || std::abs(extent.maximum - extent.minimum) <= kStep * std::abs(extent.maximum)) {
        return;
    }
    if (last - first == 2) {
        steps.push_back(first + 1);
        return;
    }
    const std::size_t middle = first + (last - first) / 2;
    findSteps(rate, first, middle + 1, steps);
    findSteps(rate, middle, last, steps);
}

// The end of the warm-up, where the rate is first at its highest, and the steps behind it.
void addRates(std::vector<PlotMark>& marks, const RunDetail& detail, const XScale& scale)
{
    const RunSeries* const found = detail.find("learning_rate");
    if (!found || found->size() < 3) {
        return;
    }
    const RunSeries& rate = found->inOrder(scale);
    const RunSeries::Extent extent = rate.extent(0, rate.size());
    std::size_t first = 0, last = rate.size(); // to the first of the highest
    while (extent.finite > 0 && last - first > 1) {
        const std::size_t middle = first + (last - first) / 2;
        const RunSeries::Extent half = rate.extent(first, middle);
        (half.finite > 0 && half.maximum == extent.maximum ? last : first) = middle;
    }
    const auto add = [&](std::size_t i, const QString& text) {
        marks.push_back({ rate.x(i, scale), MarkKind::RateChange, text, kNoEvent, {} });
    };
    if (first > 0) {
        add(first, tr("learning rate at its highest, %1").arg(rateText(extent.maximum)));
    }
    std::vector<std::size_t> steps;
    findSteps(rate, first, rate.size(), steps);
    for (const std::size_t i : steps.size() <= kMostSteps ? steps : std::vector<std::size_t>()) {
        add(i, tr("learning rate %1 → %2").arg(rateText(rate.value(i - 1)), rateText(rate.value(i))));
    }
}

} // namespace

std::vector<PlotMark> marksOf(const RunDetail& detail, XUnit unit)
{
    std::vector<PlotMark> marks;
    const RunSeries* const loss = detail.drawable("loss");
    const XScale scale = xScaleOf(detail, unit);
    if (!loss || !scale.knows(unit)) {
        return marks;
    }
    const RunSeries& byBatch = loss->inOrder({});
    const auto add = [&](double batch, MarkKind kind, const QString& text, qint64 event) {
        const std::size_t i = byBatch.lastAtOrBefore(batch, {});
        if (batch >= 0 && i < byBatch.size()) {
            marks.push_back({ scale.x(batch, byBatch.time(i)), kind, text, event, {} });
        }
    };
    std::vector<std::int64_t> noted; // checkpoints that the log tells of
    for (std::size_t i = 0; i < detail.events.size(); ++i) {
        const storage::Event& event = detail.events[i];
        if (const auto kind = kindOf(event.kind)) {
            add(static_cast<double>(event.batch), *kind, text(event), static_cast<qint64>(i));
            if (kind == MarkKind::Checkpoint) {
                noted.push_back(event.batch);
            }
        }
    }
    for (const storage::Checkpoint& checkpoint : detail.checkpoints) {
        if (std::find(noted.begin(), noted.end(), checkpoint.batch) == noted.end()) {
            add(static_cast<double>(checkpoint.batch), MarkKind::Checkpoint,
                tr("checkpoint, %1").arg(bytesText(static_cast<double>(checkpoint.bytes))), kNoEvent);
        }
    }
    addRates(marks, detail, scale);
    std::stable_sort(marks.begin(), marks.end(), [](const PlotMark& a, const PlotMark& b) { return a.x < b.x; });
    return marks;
}

} // namespace nabiz::ui
