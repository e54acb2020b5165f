// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report_page.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/report_sections.h"
#include "ui/pages/report_view.h"
#include "ui/pages/report_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kSideLetters = 40; // width of the column at the side

std::map<std::string, std::string> wordsOf(const RunCatalog& catalog, qint64 run)
{
    const storage::RunOverview* overview = catalog.overview(run);
    return overview ? overview->run.texts : std::map<std::string, std::string>();
}

} // namespace

ReportPage::ReportPage(RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_catalog(catalog)
    , m_title(new QLabel(this))
    , m_subject(new ElidedLabel(this))
    , m_language(new QuietComboBox(this))
    , m_copy(new QPushButton(this))
    , m_save(new QPushButton(this))
    , m_view(new ReportView(this))
    , m_empty(new QLabel(this))
    , m_emptyButton(new QPushButton(this))
    , m_wordsCard(new ReportWords(this))
    , m_sections(new ReportSections(this))
    , m_filesCard(new Card(this))
    , m_files(new QLabel(this))
    , m_saved(new QLabel(this))
    , m_open(new QPushButton(this))
{
    assemble();
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Türkçe"), QStringLiteral("tr"));
    m_language->setCurrentIndex(QLocale().language() == QLocale::Turkish ? 1 : 0);
    connect(m_language, &QComboBox::activated, this, &ReportPage::ask);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_preview.markdown); });
    connect(m_save, &QPushButton::clicked, this, &ReportPage::askFolder);
    connect(m_emptyButton, &QPushButton::clicked, this,
        [this] { m_catalog.runs().empty() ? Q_EMIT configureRequested() : Q_EMIT newestRequested(); });
    connect(m_open, &QPushButton::clicked, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder)); });
    connect(m_sections, &ReportSections::changed, this, &ReportPage::ask);
    connect(m_sections, &ReportSections::changed, this, &ReportPage::stateChanged);
    connect(m_wordsCard, &ReportWords::edited, this, &ReportPage::textEdited);
    connect(&catalog, &RunCatalog::runChanged, this, &ReportPage::onRunChanged);
    connect(&catalog, &RunCatalog::runsReset, this, &ReportPage::showWords);
    connect(&catalog, &RunCatalog::runsReset, this, &ReportPage::refresh);
    retranslateUi();
}

void ReportPage::assemble()
{
    Theme::setRole(m_title, "title");
    Theme::setRole(m_subject, "dim");
    m_language->setObjectName(QStringLiteral("reportLanguageBox"));
    m_copy->setObjectName(QStringLiteral("copyMarkdownButton"));
    m_emptyButton->setObjectName(QStringLiteral("reportEmptyButton"));
    Theme::setAccent(m_emptyButton);
    m_save->setObjectName(QStringLiteral("saveReportButton"));
    m_open->setObjectName(QStringLiteral("openFolderButton"));
    m_saved->setObjectName(QStringLiteral("reportSavedLabel"));
    m_files->setObjectName(QStringLiteral("reportFilesLabel"));
    m_open->setProperty("small", true);
    Theme::setAccent(m_save);
    auto* header = new QHBoxLayout;
    header->setSpacing(12);
    header->addWidget(m_title);
    header->addWidget(m_subject, 1);
    header->addWidget(m_language);
    header->addWidget(m_copy);
    header->addWidget(m_save);

    auto* paper = new Card(this);
    paper->layout()->setContentsMargins(1, 8, 1, 8);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    Theme::setRole(m_empty, "dim");
    paper->body()->addWidget(m_view, 1000);
    paper->body()->addStretch(1);
    paper->body()->addWidget(m_empty);
    paper->body()->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    paper->body()->addStretch(1);

    Theme::setRole(m_files, "monosmall");
    m_files->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_files->setWordWrap(true);
    m_saved->setWordWrap(true);
    m_saved->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_filesCard->body()->addWidget(m_files);
    m_filesCard->body()->addWidget(m_saved);
    m_filesCard->body()->addWidget(m_open, 0, Qt::AlignLeft);

    // What does not fit into a low window is scrolled to.
    auto* column = new QWidget(this);
    auto* side = new QVBoxLayout(column);
    assembleSide(side);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("reportSideArea"));
    scroll->setWidget(column);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumWidth(std::max(fontMetrics().averageCharWidth() * kSideLetters, column->minimumSizeHint().width()) + 12);
    scroll->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    columns->addWidget(paper, 1);
    columns->addWidget(scroll);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addLayout(header);
    layout->addLayout(columns, 1);
}

void ReportPage::assembleSide(QVBoxLayout* side)
{
    side->setContentsMargins(0, 0, 4, 0);
    side->setSpacing(12);
    for (Card* card : std::initializer_list<Card*> { m_wordsCard, m_sections, m_filesCard })
        side->addWidget(card);
    side->addStretch(1);
}

QString ReportPage::language() const
{
    return m_language->currentData().toString();
}

void ReportPage::showRuns(qint64 current, const std::vector<storage::RunId>& checked)
{
    // The run that is looked at comes first; those it is compared with, after it.
    QList<qint64> runs;
    if (current != 0)
        runs << current;
    for (const storage::RunId run : checked) {
        if (!runs.contains(run))
            runs << run;
    }
    if (runs == m_runs)
        return;
    m_runs = runs;
    showWords();
    m_preview = {};
    m_folder.clear();
    m_failure.clear();
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
    return { m_runs, language(), m_sections->chosen() };
}

void ReportPage::setLanguage(const QString& language)
{
    if (const int index = m_language->findData(language); index >= 0 && index != m_language->currentIndex()) {
        m_language->setCurrentIndex(index);
        ask();
    }
}

void ReportPage::commitWords()
{
    m_wordsCard->commit();
}

void ReportPage::showWords()
{
    const qint64 run = m_runs.isEmpty() ? 0 : m_runs.first();
    m_wordsCard->showRun(m_catalog.overview(run) ? run : 0, wordsOf(m_catalog, run));
}

// A run that has changed makes the page old; it is asked for again when it is looked at. While it is live it changes all the
// time: then only new words do.
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
    QWidget::showEvent(event);
    const bool live = std::any_of(m_runs.begin(), m_runs.end(), [this](qint64 run) {
        const storage::RunOverview* overview = m_catalog.overview(run);
        return overview && storage::isLive(overview->run.status);
    });
    if (m_stale || live)
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
    commitWords();
    const QString folder = QFileDialog::getExistingDirectory(this, tr("A folder of its own is made for the report in"),
        m_parent.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) : m_parent);
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
    m_saved->setText(!m_failure.isEmpty() ? m_failure : m_folder.isEmpty() ? QString() : tr("Saved in %1").arg(m_folder));
    Theme::setRole(m_saved, m_failure.isEmpty() ? "good" : "bad");
    m_saved->setVisible(!m_saved->text().isEmpty());
    m_open->setVisible(m_failure.isEmpty() && !m_folder.isEmpty());
}

void ReportPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void ReportPage::retranslateUi()
{
    m_title->setText(tr("Report"));
    m_language->setAccessibleName(tr("Language of the report"));
    m_copy->setText(tr("&Copy as Markdown"));
    m_save->setText(tr("&Save…"));
    m_open->setText(tr("&Open folder"));
    m_view->setAccessibleName(tr("The report as it will look"));
    m_filesCard->setTitle(tr("Will write"));
    refresh();
}

} // namespace nabiz::ui
