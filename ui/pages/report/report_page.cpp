// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_page.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/report/report_sections.h"
#include "ui/pages/report/report_view.h"
#include "ui/pages/report/report_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>

#include <algorithm>

namespace nabiz::ui {

namespace {

// The folder, or where it is gone the nearest above it that is there.
QString existingFolder(const QString& folder)
{
    QDir place(folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) : folder);
    while (!place.exists() && place.absolutePath() != QDir::cleanPath(place.absoluteFilePath(QStringLiteral(".."))))
        place.setPath(QDir::cleanPath(place.absoluteFilePath(QStringLiteral(".."))));
    return place.isRoot() ? QDir::homePath() : place.absolutePath();
}

std::map<std::string, std::string> wordsOf(const RunCatalog& catalog, qint64 run)
{
    const storage::RunOverview* overview = catalog.overview(run);
    return overview ? overview->run.texts : std::map<std::string, std::string>();
}

} // namespace

QString ReportPage::language() const
{
    return m_language->currentData().toString();
}

void ReportPage::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    if (current == m_current && checked == m_checked)
        return;
    m_current = current;
    m_checked = checked;
    m_comparing = false;
    chooseRuns();
}

void ReportPage::showComparison()
{
    m_comparing = m_checked.size() > 1;
    chooseRuns();
}

void ReportPage::chooseRuns()
{
    const bool among = m_current == 0 || std::find(m_checked.begin(), m_checked.end(), m_current) != m_checked.end();
    QList<qint64> runs;
    const auto add = [&runs](qint64 run) {
        if (run != 0 && !runs.contains(run))
            runs << run;
    };
    if (m_checked.size() > 1 && (m_comparing || among)) {
        if (m_look)
            for (const qint64 run : m_look().runs)
                add(run);
        else
            add(m_current);
        for (const storage::RunId run : m_checked)
            add(run);
    } else {
        add(m_current);
        if (m_current == 0 && !m_checked.empty())
            add(m_checked.front());
    }
    if (runs == m_runs)
        return;
    commitTitle();
    m_runs = runs;
    showWords();
    m_preview = {};
    m_folder.clear();
    m_failure.clear();
    ask();
}

// Of one run it is kept with the run.
void ReportPage::commitTitle()
{
    m_titlePause.stop();
    const QString title = m_heading->text().simplified();
    if (m_runs.size() == 1) {
        if (title != m_keptTitle) {
            m_keptTitle = title;
            Q_EMIT editRequested(RunEdit::words(m_runs.first(), QStringLiteral("title"), title));
            ask();
        }
    } else if (title != m_titles[m_runs]) {
        m_titles[m_runs] = title;
        ask();
    }
}

void ReportPage::ask()
{
    m_stale = true;
    if (isVisible() && !m_runs.isEmpty()) {
        m_stale = false;
        m_words = wordsOf(m_catalog, m_runs.first());
        Q_EMIT previewWanted(request());
    }
    refresh();
}

ReportRequest ReportPage::request() const
{
    const CompareLook look = m_runs.size() > 1 && m_look ? m_look() : CompareLook();
    return { m_runs, language(), m_sections->chosen(), m_heading->text().simplified(), look };
}

void ReportPage::setLanguage(const QString& language)
{
    if (const int index = m_language->findData(language); index >= 0 && index != m_language->currentIndex()) {
        m_language->setCurrentIndex(index);
        ask();
    }
}

void ReportPage::commit()
{
    m_wordsCard->commit();
    commitTitle();
}

void ReportPage::showWords()
{
    const qint64 run = m_runs.isEmpty() ? 0 : m_runs.first();
    const auto texts = wordsOf(m_catalog, run);
    m_wordsCard->showRun(m_catalog.overview(run) ? run : 0, texts);
    const auto own = texts.find("title");
    const QString title = m_runs.size() > 1 ? m_titles[m_runs]
        : own == texts.end()                ? QString()
                                            : QString::fromStdString(own->second);
    const bool isBeingWritten = m_heading->hasFocus() || m_titlePause.isActive();
    if (m_shownFor != m_runs || (!isBeingWritten && title != m_keptTitle)) {
        m_heading->setText(title);
        m_keptTitle = title;
        m_shownFor = m_runs;
    }
}

// A run that has changed makes the page old; it is asked for again when it is looked at. While it is live it changes
// all the time: then only new words do.
void ReportPage::onRunChanged(qint64 run)
{
    const storage::RunOverview* overview = m_catalog.overview(run);
    if (!m_runs.contains(run) || !overview)
        return;
    showWords();
    if (!storage::isLive(overview->run.status) || (run == m_runs.first() && m_words != overview->run.texts))
        ask();
}

void ReportPage::showEvent(QShowEvent* event)
{
    PageWidget::showEvent(event);
    const bool live = std::any_of(m_runs.begin(), m_runs.end(), [this](qint64 run) {
        const storage::RunOverview* overview = m_catalog.overview(run);
        return overview && storage::isLive(overview->run.status);
    });
    chooseRuns(); // Compare may have another baseline by now, or another look
    if (m_stale || live || m_runs.size() > 1)
        ask();
}

void ReportPage::setPreview(const ReportPreview& preview)
{
    m_preview = preview;
    m_view->showReport(preview);
    refresh();
}

void ReportPage::setSaved(const QString& folder, const QString& failure)
{
    m_folder = folder;
    m_failure = failure;
    refresh();
}

void ReportPage::askFolder()
{
    commit();
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("A folder of its own is made for the report in"), existingFolder(m_parent));
    if (folder.isEmpty())
        return;
    m_parent = folder;
    Q_EMIT saveRequested(request(), folder);
}

void ReportPage::refresh()
{
    QStringList names;
    for (const qint64 run : m_runs) {
        if (const storage::RunOverview* overview = m_catalog.overview(run))
            names << QString::fromStdString(overview->run.name);
    }
    m_subject->setFullText(names.size() < 2
            ? names.value(0)
            : tr("%1 against %2").arg(names.first(), names.mid(1).join(QStringLiteral(", "))));
    const bool ready = !m_preview.markdown.isEmpty();
    m_view->setVisible(ready);
    m_empty->setVisible(!ready);
    m_emptyButton->setVisible(!ready && m_runs.isEmpty());
    m_emptyButton->setText(m_catalog.runs().empty() ? tr("Configure a run") : tr("Report on the newest run"));
    m_empty->setText(m_runs.isEmpty() ? tr("Choose a run at the left: its report will be shown here.")
                                      : tr("The report is being made."));
    m_copy->setEnabled(ready);
    m_save->setEnabled(ready);
    m_files->setText(m_preview.files.join(u'\n'));
    m_filesCard->setVisible(!m_preview.files.isEmpty());
    showSaved();
}

void ReportPage::showSaved()
{
    m_saved->setText(!m_failure.isEmpty() ? m_failure
            : m_folder.isEmpty()          ? QString()
                                          : tr("Saved in %1").arg(m_folder));
    Theme::setRole(m_saved, m_failure.isEmpty() ? "good" : "bad");
    m_savedLine->setVisible(!m_saved->text().isEmpty());
    m_open->setVisible(m_failure.isEmpty() && !m_folder.isEmpty());
}

} // namespace nabiz::ui
