// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_page.h"

#include "ui/models/changes_before.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/report/report_header.h"
#include "ui/pages/report/report_sections.h"
#include "ui/pages/report/report_side.h"
#include "ui/pages/report/report_title.h"
#include "ui/pages/report/report_view.h"
#include "ui/pages/report/report_words.h"
#include "ui/pages/report/saved_line.h"
#include "ui/panels/layout_shelf.h"
#include "ui/text/changed_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_place.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

// Those that are left out: a section that comes with a later version is in.
const QString kLeftOut = QStringLiteral("left_out");
std::map<std::string, std::string> wordsOf(const RunCatalog& catalog, qint64 run)
{
    const storage::RunOverview* overview = catalog.overview(run);
    return overview ? overview->run.texts : std::map<std::string, std::string>();
}

} // namespace

ReportPage::ReportPage(RunCatalog& catalog, QWidget* parent)
    : PageWidget(parent)
    , m_catalog(catalog)
    , m_header(new ReportHeader(this))
    , m_view(new ReportView(this))
    , m_empty(new EmptyPlace("reportEmptyText", "reportEmptyButton", this))
    , m_wordsCard(new ReportWords(this))
    , m_sections(new ReportSections(this))
    , m_filesCard(new Card(this))
    , m_files(new QLabel(this))
    , m_heading(new ReportTitle(this))
    , m_saved(new SavedLine(this))
{
    assemble();
    connectParts();
    retranslateUi();
}

void ReportPage::connectParts()
{
    connect(m_header, &ReportHeader::languageChosen, this, &ReportPage::ask);
    connect(m_header, &ReportHeader::copyRequested, this,
        [this] { QApplication::clipboard()->setText(m_preview.markdown); });
    connect(m_header, &ReportHeader::saveRequested, this, &ReportPage::askFolder);
    connect(m_empty, &EmptyPlace::clicked, this, [this] {
        const auto& all = m_catalog.runs();
        all.empty() ? Q_EMIT configureRequested() : Q_EMIT reportRequested({ all.front().run.id });
    });
    connect(m_sections, &ReportSections::changed, this, &ReportPage::ask);
    connect(m_sections, &ReportSections::changed, this, &ReportPage::stateChanged);
    connect(m_wordsCard, &ReportWords::edited, this, [this](qint64 run, const QString& field, const QString& text) {
        Q_EMIT editRequested(RunEdit::words(run, field, text));
    });
    connect(m_heading, &ReportTitle::edited, this, [this](qint64 run, const QString& title) {
        Q_EMIT editRequested(RunEdit::words(run, QStringLiteral("title"), title));
    });
    connect(m_heading, &ReportTitle::changed, this, &ReportPage::ask);
    connect(&m_catalog, &RunCatalog::runChanged, this, &ReportPage::onRunChanged);
    connect(&m_catalog, &RunCatalog::runsReset, this, &ReportPage::showWords);
    connect(&m_catalog, &RunCatalog::runsReset, this, &ReportPage::refresh);
}

void ReportPage::assemble()
{
    m_files->setObjectName(QStringLiteral("reportFilesLabel"));
    auto* paper = new Card(this);
    paper->layout()->setContentsMargins(1, 8, 1, 8);
    paper->body()->addWidget(m_view, 1000);
    paper->body()->addWidget(m_empty, 1);

    Theme::setRole(m_files, "monosmall");
    m_files->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_files->setWordWrap(true);
    m_filesCard->body()->addWidget(m_files);
    m_wordsCard->body()->insertWidget(0, m_heading);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    columns->addWidget(paper, 1);
    columns->addWidget(new ReportSide({ m_wordsCard, m_sections, m_filesCard }, this));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addWidget(m_saved);
    layout->addLayout(columns, 1);
}

void ReportPage::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    if (m_reported.show(current, checked))
        chooseRuns();
}

void ReportPage::showComparison()
{
    m_reported.showComparison();
    chooseRuns();
}

void ReportPage::chooseRuns()
{
    const QList<qint64> runs = m_reported.runs();
    if (runs == m_runs)
        return;
    m_heading->commit();
    m_runs = runs;
    showWords();
    m_preview = {};
    m_saved->showSaved({}, {});
    ask();
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
    const CompareLook look = m_runs.size() > 1 ? m_reported.look() : CompareLook();
    return { m_runs, m_header->language(), m_sections->chosen(), m_heading->title(),
        m_layouts ? m_layouts->reportedLayouts() : std::vector<PanelLayout>(), look };
}

void ReportPage::setPanels(const LayoutShelf& layouts)
{
    m_layouts = &layouts;
    connect(&layouts, &LayoutShelf::changed, this, &ReportPage::ask);
}

void ReportPage::setDefaults(const QString& language, const QString& folder)
{
    m_parent = folder;
    if (m_header->setLanguage(language))
        ask();
}

void ReportPage::commit()
{
    m_wordsCard->commit();
    m_heading->commit();
}

void ReportPage::showWords()
{
    const qint64 run = m_runs.isEmpty() ? 0 : m_runs.first();
    const auto texts = wordsOf(m_catalog, run);
    m_wordsCard->showRun(m_catalog.overview(run) ? run : 0, texts);
    const ProposedWords proposed = proposedWords(changesBefore(m_catalog, run));
    m_wordsCard->propose(proposed.problem, proposed.solution);
    const auto own = texts.find("title");
    m_heading->showFor(m_runs, own == texts.end() ? QString() : QString::fromStdString(own->second));
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
    m_saved->showSaved(folder, failure);
}

void ReportPage::askFolder()
{
    commit();
    const QString folder = m_header->askFolder(m_parent);
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
    m_header->setSubject(names.size() < 2
            ? names.value(0)
            : tr("%1 against %2").arg(names.mid(1).join(QStringLiteral(", ")), names.first()));
    const bool ready = !m_preview.markdown.isEmpty();
    m_view->setVisible(ready);
    m_empty->setVisible(!ready);
    m_empty->setText(m_runs.isEmpty() ? tr("Choose a run at the left: its report will be shown here.")
                                      : tr("The report is being made."));
    m_empty->setAction(ready || !m_runs.isEmpty() ? QString()
            : m_catalog.runs().empty()            ? tr("Configure a run")
                                                  : tr("Report on the newest run"));
    m_header->setReady(ready);
    m_files->setText(m_preview.files.join(u'\n'));
    m_filesCard->setVisible(!m_preview.files.isEmpty());
}

void ReportPage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void ReportPage::retranslateUi()
{
    m_header->retranslateUi();
    m_heading->retranslateUi();
    m_saved->retranslateUi();
    m_view->setAccessibleName(tr("The report as it will look"));
    m_filesCard->setTitle(tr("Will write"));
    refresh();
}

QJsonObject ReportPage::state() const
{
    QStringList leftOut = ReportSections::all();
    for (const QString& section : m_sections->chosen())
        leftOut.removeAll(section);
    return { { kLeftOut, QJsonArray::fromStringList(leftOut) } };
}

void ReportPage::restore(const QJsonObject& state)
{
    QStringList chosen = ReportSections::all();
    for (const QJsonValue& section : state.value(kLeftOut).toArray())
        chosen.removeAll(section.toString());
    m_sections->choose(chosen);
    ask();
}

} // namespace nabiz::ui
