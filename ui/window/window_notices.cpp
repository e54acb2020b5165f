// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_notices.h"

#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/widgets/notice_strip.h"

#include <QDateTime>
#include <QFileDialog>
#include <QLocale>

#include <algorithm>

namespace nabiz::ui {

WindowNotices::WindowNotices(RunCatalog& catalog, NoticeStrip& strip, QObject* parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_strip(strip)
{
    connect(&strip, &NoticeStrip::actionChosen, this, [this] {
        m_strip.hide();
        Q_EMIT runChosen(m_interrupted);
    });
    connect(&strip, &NoticeStrip::secondChosen, this, [this] {
        m_strip.hide();
        Q_EMIT resumeChosen(m_interrupted);
    });
}

void WindowNotices::show(const QString& sentence, bool isError)
{
    m_strip.setNotice(sentence, isError);
}

void WindowNotices::offer(const QString& sentence, const QString& action, std::function<void()> chosen)
{
    m_strip.offer(sentence, action, std::move(chosen));
}

void WindowNotices::offerElsewhere(const QString& sentence, const QString& database)
{
    m_strip.offer(sentence, tr("Go On in Another File…"), [this, database] {
        auto* dialog = new QFileDialog(
            m_strip.window(), tr("Go On in Another File"), database, tr("Databases (*.db);;All files (*)"));
        dialog->setObjectName(QStringLiteral("elsewhereDialog"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("db"));
        connect(dialog, &QFileDialog::fileSelected, this, &WindowNotices::moveDatabaseRequested);
        dialog->open();
    });
}

void WindowNotices::offerInterrupted(const QList<qint64>& found)
{
    QList<qint64> known;
    std::copy_if(found.begin(), found.end(), std::back_inserter(known),
        [this](qint64 run) { return m_catalog.overview(run) != nullptr; });
    if (known.isEmpty())
        return;
    m_interrupted = *std::max_element(known.begin(), known.end());
    const storage::RunOverview& overview = *m_catalog.overview(m_interrupted);
    const QString name = shortName(QString::fromStdString(overview.run.name));
    QString sentence = overview.summary.batches > 0
        ? tr("%1 was interrupted after batch %2.").arg(name, countText(overview.summary.batches - 1))
        : tr("%1 was interrupted before its first batch.").arg(name);
    if (overview.run.ended) {
        const QDateTime when = QDateTime::fromMSecsSinceEpoch(*overview.run.ended);
        sentence += u' ' + tr("Last heard of: %1.").arg(QLocale().toString(when, QLocale::ShortFormat));
    }
    if (known.size() > 1)
        sentence += u' ' + tr("So were %1 more.").arg(countText(known.size() - 1));
    m_strip.offer(sentence + u' ' + tr("All that was recorded is kept."), tr("Show it"));
    m_strip.offerSecond(tr("Resume"));
}

} // namespace nabiz::ui
