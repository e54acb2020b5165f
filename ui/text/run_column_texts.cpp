// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/run_column_texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace nabiz::ui {

using storage::RunField;

namespace {

struct Words {
    RunField field;
    const char* title;
    const char* help;
};

constexpr Words kWords[] = {
    { RunField::Id, QT_TRANSLATE_NOOP("RunColumn", "Id"),
        QT_TRANSLATE_NOOP("RunColumn", "The number by which the command line finds a run.") },
    { RunField::Name, QT_TRANSLATE_NOOP("RunColumn", "Name"),
        QT_TRANSLATE_NOOP("RunColumn", "The box shows the run in charts, in its colour. F2 renames it.") },
    { RunField::Status, QT_TRANSLATE_NOOP("RunColumn", "Status"),
        QT_TRANSLATE_NOOP("RunColumn", "Live runs change by themselves.") },
    { RunField::Reason, QT_TRANSLATE_NOOP("RunColumn", "Reason"),
        QT_TRANSLATE_NOOP("RunColumn",
            "Why it ended before its planned end: what failed or diverged, or what stopped it. Empty where a person "
            "did.") },
    { RunField::Starred, QT_TRANSLATE_NOOP("RunColumn", "★"),
        QT_TRANSLATE_NOOP("RunColumn", "A star marks what is worth keeping in sight (S).") },
    { RunField::Tag, QT_TRANSLATE_NOOP("RunColumn", "Tags"),
        QT_TRANSLATE_NOOP("RunColumn",
            "Words that runs have in common, with commas between them. F2 or a double click edits them.") },
    { RunField::Note, QT_TRANSLATE_NOOP("RunColumn", "Note"),
        QT_TRANSLATE_NOOP("RunColumn", "What is to be remembered of the run. F2 or a double click edits it.") },
    { RunField::Why, QT_TRANSLATE_NOOP("RunColumn", "Why"),
        QT_TRANSLATE_NOOP("RunColumn", "What was said when the run was started.") },
    { RunField::Group, QT_TRANSLATE_NOOP("RunColumn", "Group"),
        QT_TRANSLATE_NOOP("RunColumn", "What it was ordered together with others as, such as the cells of a grid.") },
    { RunField::Preset, QT_TRANSLATE_NOOP("RunColumn", "Preset"),
        QT_TRANSLATE_NOOP("RunColumn", "The preset that the run was made from.") },
    { RunField::Source, QT_TRANSLATE_NOOP("RunColumn", "Source"),
        QT_TRANSLATE_NOOP("RunColumn", "Trained here, or imported.") },
    { RunField::Host, QT_TRANSLATE_NOOP("RunColumn", "Machine"),
        QT_TRANSLATE_NOOP("RunColumn", "The machine that it ran on.") },
    { RunField::Seed, QT_TRANSLATE_NOOP("RunColumn", "Seed"),
        QT_TRANSLATE_NOOP("RunColumn", "Runs that differ in it alone tell how much is chance.") },
    { RunField::Created, QT_TRANSLATE_NOOP("RunColumn", "Created"),
        QT_TRANSLATE_NOOP("RunColumn", "When the run was put in the queue.") },
    { RunField::Started, QT_TRANSLATE_NOOP("RunColumn", "Started"),
        QT_TRANSLATE_NOOP("RunColumn", "When preparing it began.") },
    { RunField::Ended, QT_TRANSLATE_NOOP("RunColumn", "Ended"), QT_TRANSLATE_NOOP("RunColumn", "When it ended.") },
    { RunField::Batches, QT_TRANSLATE_NOOP("RunColumn", "Batches"),
        QT_TRANSLATE_NOOP("RunColumn", "Batches recorded.") },
    { RunField::Steps, QT_TRANSLATE_NOOP("RunColumn", "Steps"),
        QT_TRANSLATE_NOOP("RunColumn", "Optimizer steps: batches over the accumulation.") },
    { RunField::PlannedBatches, QT_TRANSLATE_NOOP("RunColumn", "Planned"),
        QT_TRANSLATE_NOOP("RunColumn", "Batches that it was to train.") },
    { RunField::Seconds, QT_TRANSLATE_NOOP("RunColumn", "Duration"),
        QT_TRANSLATE_NOOP("RunColumn", "From its start to its last batch.") },
    { RunField::Best, QT_TRANSLATE_NOOP("RunColumn", "Best loss"),
        QT_TRANSLATE_NOOP(
            "RunColumn", "The best validation loss. Where none was measured, the raw minimum, marked as such.") },
    { RunField::BestBatch, QT_TRANSLATE_NOOP("RunColumn", "Best at"),
        QT_TRANSLATE_NOOP("RunColumn", "The batch of the best loss.") },
    { RunField::FirstLoss, QT_TRANSLATE_NOOP("RunColumn", "First loss"),
        QT_TRANSLATE_NOOP("RunColumn", "Training loss of the first batch.") },
    { RunField::BestLoss, QT_TRANSLATE_NOOP("RunColumn", "Raw minimum"),
        QT_TRANSLATE_NOOP(
            "RunColumn", "The smallest training loss of one batch: a lucky batch counts as much as a good model.") },
    { RunField::BestLossBatch, QT_TRANSLATE_NOOP("RunColumn", "Raw min. at"),
        QT_TRANSLATE_NOOP("RunColumn", "The batch of the raw minimum.") },
    { RunField::LastLoss, QT_TRANSLATE_NOOP("RunColumn", "Last loss"),
        QT_TRANSLATE_NOOP("RunColumn", "Training loss of the last batch.") },
    { RunField::MeanLoss, QT_TRANSLATE_NOOP("RunColumn", "Mean last 20"),
        QT_TRANSLATE_NOOP("RunColumn", "Mean training loss of the last 20 batches.") },
    { RunField::BestValLoss, QT_TRANSLATE_NOOP("RunColumn", "Best val."),
        QT_TRANSLATE_NOOP("RunColumn", "The best validation loss.") },
    { RunField::BestValBatch, QT_TRANSLATE_NOOP("RunColumn", "Best val. at"),
        QT_TRANSLATE_NOOP("RunColumn", "The batch of the best validation loss.") },
    { RunField::LastValLoss, QT_TRANSLATE_NOOP("RunColumn", "Last val."),
        QT_TRANSLATE_NOOP("RunColumn", "The last validation loss.") },
    { RunField::PeakMemory, QT_TRANSLATE_NOOP("RunColumn", "Peak, GB"),
        QT_TRANSLATE_NOOP("RunColumn", "Most memory in use at one time: of the device, or on a CPU of the process.") },
    { RunField::TokensPerSecond, QT_TRANSLATE_NOOP("RunColumn", "Tokens/s"),
        QT_TRANSLATE_NOOP("RunColumn", "Median over the batches after the third.") },
    { RunField::BatchSeconds, QT_TRANSLATE_NOOP("RunColumn", "Batch, s"),
        QT_TRANSLATE_NOOP("RunColumn", "Median time of a batch after the third.") },
    { RunField::NonFinite, QT_TRANSLATE_NOOP("RunColumn", "Not finite"),
        QT_TRANSLATE_NOOP("RunColumn", "Batches whose loss was NaN or infinite.") },
};

const Words& words(RunField field)
{
    return *std::find_if(
        std::begin(kWords), std::end(kWords), [field](const Words& row) { return row.field == field; });
}

QString translated(const char* literal)
{
    return QCoreApplication::translate("RunColumn", literal);
}

} // namespace

QString fieldTitle(RunField field)
{
    return translated(words(field).title);
}

QString fieldHelp(RunField field)
{
    return translated(words(field).help);
}

QString gigabytesText(double bytes)
{
    const double value = bytes / 1e9, size = std::abs(value);
    const int decimals = size > 0 ? 1 - static_cast<int>(std::floor(std::log10(size))) : 0; // two digits of a small one
    return QLocale().toString(value, 'f', std::clamp(decimals, 2, 6));
}

QString clockText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return {};
    const qint64 whole = std::llround(seconds);
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    const QString end = two(whole % 3600 / 60) + u':' + two(whole % 60);
    return whole < 3600 ? QString::number(whole / 60) + u':' + two(whole % 60)
                        : QString::number(whole / 3600) + u':' + end;
}

QString momentText(qint64 milliseconds)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(milliseconds);
    const bool isThisYear = moment.date().year() == QDate::currentDate().year();
    return QLocale().toString(moment, isThisYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy HH:mm"));
}

} // namespace nabiz::ui
