// SPDX-License-Identifier: GPL-3.0-or-later
// Ways that lead from runs to a page: a selection to Compare or Report, empty pages to their first content, an
// interrupted run from the strip to Watch.
#include "ui/window/main_window_private.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/report/report_page.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/run_list.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace nabiz::ui {

void MainWindow::Private::connectOffers()
{
    MainWindow* w = &window;
    connect(notice, &NoticeStrip::actionChosen, w, [this] {
        notice->hide();
        watch(offeredRun);
    });
    connect(compare, &ComparePage::configureRequested, w, [w] { w->showPage(Page::Configure); });
    connect(report, &ReportPage::configureRequested, w, [w] { w->showPage(Page::Configure); });
    connect(compare, &ComparePage::newestRequested, w, [this] {
        QList<qint64> newest;
        for (const storage::RunOverview& overview : catalog.runs()) {
            if (overview.summary.batches > 0 && newest.size() < 2)
                newest.append(overview.run.id);
        }
        compareRuns(newest);
    });
    connect(report, &ReportPage::newestRequested, w, [this] { reportRuns({ catalog.runs().front().run.id }); });
}

void MainWindow::Private::compareRuns(const QList<qint64>& chosen)
{
    if (chosen.isEmpty())
        return;
    runs->setChecked({ chosen.begin(), chosen.end() });
    runs->setCurrent(chosen.front());
    window.showPage(Page::Compare);
}

void MainWindow::Private::reportRuns(const QList<qint64>& chosen)
{
    if (chosen.isEmpty())
        return;
    runs->setChecked({ chosen.begin(), chosen.end() });
    runs->setCurrent(chosen.front());
    window.showPage(Page::Report);
}

void MainWindow::offerInterrupted(const QList<qint64>& found)
{
    QList<qint64> known;
    std::copy_if(found.begin(), found.end(), std::back_inserter(known),
        [this](qint64 run) { return m_private->catalog.overview(run) != nullptr; });
    if (known.isEmpty())
        return;
    m_private->offeredRun = *std::max_element(known.begin(), known.end());
    const storage::RunOverview& overview = *m_private->catalog.overview(m_private->offeredRun);
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
    m_private->notice->offer(sentence + u' ' + tr("All that was recorded is kept."), tr("Show it"));
}

} // namespace nabiz::ui
