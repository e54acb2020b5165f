// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/verdict_text.h"

#include "ui/text/number_text.h"
#include "ui/text/outcome_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace nabiz::ui {
namespace {

constexpr std::size_t kNames = 3;
constexpr double kApart = 0.1; // less is the noise of a clock

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

QString shortName(const std::string& name)
{
    constexpr qsizetype kMost = 40;
    const QString whole = QString::fromStdString(name);
    return whole.size() > kMost ? whole.left(kMost - 1) + QChar(0x2026) : whole;
}

QString nameOf(const Comparison& comparison, std::size_t column)
{
    return shortName(comparison.columns[column].name);
}

QString signedNumber(double value)
{
    return value < 0 ? QStringLiteral("−") + numberText(-value, 3) : QStringLiteral("+") + numberText(value, 3);
}

QString reachedSentence(const QString& other, const QString& baseline, const Verdict& verdict)
{
    const bool validation = verdict.basis == LossBasis::Validation;
    const QString batches = soonerText(verdict.speed->batches), time = soonerText(verdict.speed->time);
    if (batches.isEmpty() && (time.isEmpty() || std::abs(verdict.speed->time - 1) < kApart)) {
        return (validation ? tr("%1 reaches %2's best validation loss at the same batch.")
                           : tr("%1 reaches %2's best mean loss at the same batch."))
            .arg(other, baseline);
    }
    const double ratio = verdict.speed->time / verdict.speed->batches;
    const bool apart = !time.isEmpty() && (batches.isEmpty() || ratio > 1 + kApart || ratio < 1 - kApart);
    if (!apart) {
        return (validation ? tr("%1 reaches %2's best validation loss %3.") : tr("%1 reaches %2's best mean loss %3."))
            .arg(other, baseline, batches.isEmpty() ? time : batches);
    }
    return (validation ? tr("%1 reaches %2's best validation loss %3, in time %4.")
                       : tr("%1 reaches %2's best mean loss %3, in time %4."))
        .arg(other, baseline, batches.isEmpty() ? tr("at the same batch") : batches, time);
}

QString obstacleSentence(Obstacle obstacle, const QString& one, const QString& other)
{
    switch (obstacle) {
    case Obstacle::OtherText:
        return tr("%1 and %2 were trained on different texts: their losses say nothing of each other.").arg(other, one);
    case Obstacle::OtherValidationText:
        return tr("%1 and %2 were validated on different texts: their validation losses say nothing of each other.")
            .arg(other, one);
    case Obstacle::OtherUnit:
        return tr("The losses of %1 and %2 are not known to be in one unit: they say nothing of each other.")
            .arg(other, one);
    }
    return {};
}

} // namespace

QString speedSentence(const Comparison& comparison)
{
    if (comparison.columns.size() == 1) {
        return tr("These runs differ only in their seed: what differs between them is luck.");
    }
    if (!comparison.verdict) {
        return tr("No loss to compare yet.");
    }
    const Verdict& verdict = *comparison.verdict;
    const QString baseline = nameOf(comparison, 0), other = nameOf(comparison, verdict.other);
    if (verdict.obstacle) {
        return obstacleSentence(*verdict.obstacle, baseline, other);
    }
    if (!verdict.speed) {
        return tr("No loss to compare yet.");
    }
    if (verdict.speed->reached) {
        return reachedSentence(other, baseline, verdict);
    }
    const QString target = numberText(verdict.speed->target);
    const QString back = verdict.reverse && verdict.reverse->reached ? soonerText(verdict.reverse->batches) : QString();
    if (!back.isEmpty()) {
        return (verdict.basis == LossBasis::Validation
                ? tr("%1 does not reach %2's best validation loss, %3; %2 reaches its best %4.")
                : tr("%1 does not reach %2's best mean loss, %3; %2 reaches its best %4."))
            .arg(other, baseline, target, back);
    }
    return (verdict.basis == LossBasis::Validation ? tr("%1 does not reach %2's best validation loss, %3.")
                                                   : tr("%1 does not reach %2's best mean loss, %3."))
        .arg(other, baseline, target);
}

QString luckSentence(const Comparison& comparison)
{
    if (!comparison.verdict || comparison.verdict->obstacle) {
        return {};
    }
    const Verdict& verdict = *comparison.verdict;
    const auto n1 = static_cast<qulonglong>(verdict.baselineSeeds), n2 = static_cast<qulonglong>(verdict.otherSeeds);
    if (!verdict.interval) {
        return n1 == 1 && n2 == 1
            ? tr("One seed each: it cannot be told from luck.")
            : tr("n = %1 and %2 finished: below two seeds a side it cannot be told from luck.").arg(n1).arg(n2);
    }
    const Interval& interval = *verdict.interval;
    const QString figures
        = (verdict.basis == LossBasis::Validation
                ? tr("Final validation loss %1 against %2 (95 %: %3 to %4; n = %5 and %6):")
                : tr("Final mean loss %1 against %2 (95 %: %3 to %4; n = %5 and %6):"))
              .arg(signedNumber(interval.difference), nameOf(comparison, 0), signedNumber(interval.low),
                  signedNumber(interval.high), QString::number(n2), QString::number(n1));
    switch (verdict.judgement) {
    case Judgement::Better:
        return figures + QLatin1Char(' ') + tr("better, by more than luck.");
    case Judgement::Worse:
        return figures + QLatin1Char(' ') + tr("worse, by more than luck.");
    default:
        return figures + QLatin1Char(' ') + tr("cannot tell, seeds alone differ as much.");
    }
}

QString anytimeSentence(const Comparison& comparison)
{
    if (!comparison.verdict || !comparison.verdict->anytime) {
        return {};
    }
    const AnytimeVerdict& verdict = *comparison.verdict->anytime;
    const auto n1 = static_cast<qulonglong>(verdict.baselineSeeds), n2 = static_cast<qulonglong>(verdict.otherSeeds);
    QString text = verdict.looks > 1 ? tr("However often it is looked at, at evaluation %1 of %2 (n = %3 and %4):")
                                           .arg(static_cast<qulonglong>(verdict.look))
                                           .arg(static_cast<qulonglong>(verdict.looks))
                                           .arg(n2)
                                           .arg(n1)
                                     : tr("However often it is looked at (n = %1 and %2):").arg(n2).arg(n1);
    if (verdict.interval) {
        text += QLatin1Char(' ')
            + tr("%1 (95 %: %2 to %3),")
                  .arg(signedNumber(verdict.interval->difference), signedNumber(verdict.interval->low),
                      signedNumber(verdict.interval->high));
    }
    const bool isTold = verdict.judgement == Judgement::Better || verdict.judgement == Judgement::Worse;
    text += QLatin1Char(' ')
        + (verdict.judgement == Judgement::Better       ? tr("better.")
                : verdict.judgement == Judgement::Worse ? tr("worse.")
                : verdict.interval                      ? tr("cannot tell yet.")
                                                        : tr("so few seeds can tell nothing."));
    if (!isTold && verdict.seedsNeeded && *verdict.seedsNeeded > std::min(n1, n2)) {
        text += QLatin1Char(' ')
            + tr("A difference of this size takes about %1 seeds a side.")
                  .arg(static_cast<qulonglong>(*verdict.seedsNeeded));
    }
    return text;
}

QString warningSentence(const RunWarning& warning)
{
    QStringList names;
    for (std::size_t i = 0; i < std::min(kNames, warning.runs.size()); ++i) {
        names.append(shortName(warning.runs[i]));
    }
    QString list = names.join(QStringLiteral(", "));
    if (warning.runs.size() > kNames) {
        list = tr("%1 and %2 more").arg(list).arg(static_cast<qulonglong>(warning.runs.size() - kNames));
    }
    switch (warning.kind) {
    case ComparisonWarning::OtherData:
        return tr("Trained on another text than the baseline: %1.").arg(list);
    case ComparisonWarning::OtherValidation:
        return tr("Validated on other samples than the baseline: %1.").arg(list);
    case ComparisonWarning::OtherSeed:
        return tr("Another seed than the baseline's: %1.").arg(list);
    case ComparisonWarning::NotFinished:
        return tr("Not finished: %1.").arg(list);
    case ComparisonWarning::WentOn:
        return tr("Gone on with after a break, see its events: %1.").arg(list);
    case ComparisonWarning::Reference:
        return tr("Figures from a page, not measured here: %1.").arg(list);
    case ComparisonWarning::Imported:
        return tr("Imported, not trained here: %1.").arg(list);
    }
    return {};
}

} // namespace nabiz::ui
