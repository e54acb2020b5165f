// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/changed_text.h"

#include "ui/text/message_text.h"
#include "ui/text/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {

namespace {

constexpr int kLongest = 100; // letters of a value

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

QString value(const std::string& text)
{
    if (text.empty())
        return QStringLiteral("–");
    const QString whole = QString::fromStdString(text).simplified();
    return whole.size() > kLongest ? whole.left(kLongest - 1) + QChar(0x2026) : whole;
}

QString nameOf(const std::string& fact)
{
    if (fact == "data.hash")
        return tr("fingerprint of the text");
    if (fact == "data.val_hash")
        return tr("fingerprint of the validation text");
    if (fact == "track.commit")
        return tr("commit of the tracked folder");
    if (fact == "track.changes")
        return tr("changes in the tracked folder");
    if (fact == "track.hash")
        return tr("fingerprint of these changes");
    return fact == "nabiz" ? QStringLiteral("Nabız") : QString::fromStdString(fact);
}

QString line(const QString& name, const ChangedItem& item)
{
    return QStringLiteral("%1: %2 → %3").arg(name, value(item.before), value(item.after));
}

QString share(double before, double after)
{
    if (!(before > 0))
        return {};
    const QString sign = after >= before ? QStringLiteral("+") : QStringLiteral("−");
    return QStringLiteral(" (%1%2)").arg(sign, percentText(std::abs(after / before - 1)));
}

QString memoryOf(const WhatChanged& changed)
{
    const auto &before = changed.before.peakBytes, &after = changed.after.peakBytes;
    return before && after
        ? tr("peak memory %1 → %2%3").arg(bytesText(*before), bytesText(*after), share(*before, *after))
        : QString();
}

QString lossOf(const WhatChanged& changed)
{
    const auto &before = changed.before.loss, &after = changed.after.loss;
    if (!before || !after)
        return {};
    return (changed.isValidation ? tr("best validation loss %1 → %2%3") : tr("mean of the last losses %1 → %2%3"))
        .arg(numberText(*before), numberText(*after), share(*before, *after));
}

QStringList changes(const WhatChanged& changed)
{
    QStringList lines;
    for (const ChangedItem& item : changed.settings)
        lines.append(line(QString::fromStdString(item.key), item));
    for (const ChangedItem& item : changed.facts)
        lines.append(line(nameOf(item.key), item));
    return lines;
}

bool hasFailed(storage::RunStatus status)
{
    return status == storage::RunStatus::Failed || status == storage::RunStatus::Diverged;
}

} // namespace

QString changedText(const WhatChanged& changed)
{
    QStringList lines { (
        changed.isParent ? tr("Since %1, which it was made from:") : tr("Since %1, the last one of the same preset:"))
                            .arg(shortName(QString::fromStdString(changed.name))) };
    lines += changes(changed);
    if (changed.isNothing())
        lines.append(tr("no setting, nor the text, the program or the machine"));
    const QString before = statusName(changed.before.status), after = statusName(changed.after.status);
    QStringList came { before == after ? after : before + QStringLiteral(" → ") + after, lossOf(changed),
        memoryOf(changed) };
    came.removeAll(QString());
    lines.append(tr("What came of it: %1").arg(came.join(QStringLiteral(", "))));
    return lines.join(QLatin1Char('\n'));
}

ProposedWords proposedWords(const std::vector<WhatChanged>& all)
{
    const auto found = std::ranges::find_if(
        all, [](const WhatChanged& one) { return one.isParent && hasFailed(one.before.status); });
    if (found == all.end())
        return {};
    const WhatChanged& changed = *found;
    ProposedWords words;
    words.problem = tr("%1 %2 after %3 batches.")
                        .arg(QString::fromStdString(changed.name), statusName(changed.before.status),
                            countText(changed.before.batches));
    if (!changed.before.failure.empty())
        words.problem += u' ' + QString::fromStdString(changed.before.failure).simplified();
    if (changed.before.peakBytes)
        words.problem += u' ' + tr("Its memory peaked at %1.").arg(bytesText(*changed.before.peakBytes));
    QStringList lines;
    for (const ChangedItem& item : changed.settings)
        lines.append(
            QStringLiteral("- ") + line(QLatin1Char('`') + QString::fromStdString(item.key) + QLatin1Char('`'), item));
    QStringList came { statusName(changed.after.status), lossOf(changed), memoryOf(changed) };
    if (memoryOf(changed).isEmpty() && changed.after.peakBytes)
        came.append(tr("peak memory %1").arg(bytesText(*changed.after.peakBytes)));
    came.removeAll(QString());
    if (!lines.isEmpty())
        words.solution = lines.join(u'\n') + QStringLiteral("\n\n");
    words.solution += tr("What came of it: %1").arg(came.join(QStringLiteral(", "))) + u'.';
    return words;
}

} // namespace nabiz::ui
