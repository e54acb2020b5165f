// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/outcome_text.h"

#include "ui/text/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace nabiz::ui {
namespace {

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

QString mean()
{
    return QString::number(kMeanOf);
}

QString valueText(OutcomeKind kind, double value)
{
    switch (kind) {
    case OutcomeKind::Loss:
        return numberText(value);
    case OutcomeKind::Batch:
    case OutcomeKind::Count:
    case OutcomeKind::Rate:
        return std::isfinite(value) ? countText(std::llround(value)) : numberText(value);
    case OutcomeKind::Bytes:
        return bytesText(value);
    case OutcomeKind::Seconds:
        return value < 1 ? tr("%1 ms").arg(numberText(value * 1000, 3)) : durationText(value);
    }
    return {};
}

QString atName(const OutcomeRow& row)
{
    const bool validation = row.basis == LossBasis::Validation;
    switch (row.outcome) {
    case Outcome::AtEqualBatch:
        return (validation ? tr("validation loss at batch %1, to which all came")
                           : tr("loss, mean of %2, at batch %1, to which all came").arg(QStringLiteral("%1"), mean()))
            .arg(countText(std::llround(row.at)));
    case Outcome::AtEqualTime:
        return (validation ? tr("validation loss after %1, for which all ran")
                           : tr("loss, mean of %2, after %1, for which all ran").arg(QStringLiteral("%1"), mean()))
            .arg(durationText(row.at));
    default:
        return (validation ? tr("validation loss within %1 of memory")
                           : tr("loss, mean of %2, within %1 of memory").arg(QStringLiteral("%1"), mean()))
            .arg(bytesText(row.at));
    }
}

// Why a loss is not held against the baseline's, in the place of how much better it is.
QString obstacleText(Obstacle obstacle)
{
    switch (obstacle) {
    case Obstacle::OtherText:
        return tr("other text");
    case Obstacle::OtherValidationText:
        return tr("other validation text");
    case Obstacle::OtherUnit:
        return tr("other unit");
    }
    return {};
}

} // namespace

QString outcomeName(const OutcomeRow& row)
{
    switch (row.outcome) {
    case Outcome::BestValLoss:
        return tr("validation loss, best");
    case Outcome::LastValLoss:
        return tr("validation loss, last");
    case Outcome::BestMeanLoss:
        return tr("loss, best mean of %1").arg(mean());
    case Outcome::MeanLastLoss:
        return tr("loss, mean of last %1").arg(mean());
    case Outcome::LowestLoss:
        return tr("loss, lowest single batch");
    case Outcome::LastLoss:
        return tr("loss, last single batch");
    case Outcome::ReachedBatch:
        return tr("batch at which %1 is reached").arg(numberText(row.at));
    case Outcome::ReachedTime:
        return tr("time until %1 is reached").arg(numberText(row.at));
    case Outcome::AtEqualBatch:
    case Outcome::AtEqualTime:
    case Outcome::AtEqualMemory:
        return atName(row);
    case Outcome::PeakMemory:
        return tr("peak memory");
    case Outcome::BatchTime:
        return tr("time a batch, median");
    case Outcome::TokensPerSecond:
        return tr("tokens a second, median");
    case Outcome::Batches:
        return tr("batches");
    case Outcome::Duration:
        return tr("duration");
    }
    return {};
}

QString outcomeHelp(const OutcomeRow& row)
{
    switch (row.outcome) {
    case Outcome::LowestLoss:
        return tr("The smallest loss of any one batch. It is luck in part: an easy batch gives a low loss.");
    case Outcome::ReachedBatch:
    case Outcome::ReachedTime:
        return row.basis == LossBasis::Validation
            ? tr("Where the validation loss was first as low as the baseline's best.")
            : tr("Where the mean loss of %1 batches was first as low as the baseline's best.").arg(mean());
    case Outcome::AtEqualMemory:
        return tr(
            "What each had reached before it took more than 5 % above the smallest peak of them all: what a device "
            "with just that memory would have got. A dash: it needs more from the start.");
    default:
        return {};
    }
}

QString soonerText(double times)
{
    if (!(times > 0) || std::abs(times - 1) < 0.05) {
        return {};
    }
    return times > 1 ? tr("%1 × sooner").arg(numberText(times, 2)) : tr("%1 × later").arg(numberText(1 / times, 2));
}

QString signedPercent(double share)
{
    const QString size = percentText(std::abs(share));
    if (size == percentText(0)) {
        return size;
    }
    return (share < 0 ? QStringLiteral("−") : QStringLiteral("+")) + size;
}

OutcomeText outcomeText(const OutcomeRow& row, std::size_t column)
{
    const OutcomeValue& cell = row.values[column];
    OutcomeText text;
    text.value = cell.value ? valueText(row.kind, *cell.value) : QStringLiteral("—");
    if (cell.obstacle && (cell.value || row.outcome == Outcome::ReachedBatch)) {
        text.change = obstacleText(*cell.obstacle);
    }
    if (!cell.value) {
        return text;
    }
    if (cell.points > 0) {
        text.place = QCoreApplication::translate("nabiz::ui", "of %n point(s)", nullptr, static_cast<int>(cell.points));
    } else if (cell.batch) {
        text.place = tr("at %1").arg(countText(*cell.batch));
    } else if (cell.spread > 0) {
        text.place = QStringLiteral("± ") + valueText(row.kind, cell.spread);
    }
    if (column == 0 || cell.obstacle || row.kind == OutcomeKind::Count || row.outcome == Outcome::Duration) {
        return text;
    }
    if (row.outcome == Outcome::ReachedBatch || row.outcome == Outcome::ReachedTime) {
        text.change = soonerText(cell.sooner);
        text.better = text.change.isEmpty() ? 0 : cell.sooner > 1 ? 1 : -1;
    } else if (const auto change = changeFrom(row.values[0].value, cell.value)) {
        text.change = signedPercent(*change);
        text.better = std::abs(*change) < 0.0005 ? 0 : (*change < 0) == (row.kind != OutcomeKind::Rate) ? 1 : -1;
    }
    return text;
}

} // namespace nabiz::ui
