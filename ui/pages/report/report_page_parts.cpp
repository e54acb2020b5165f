// SPDX-License-Identifier: GPL-3.0-or-later
// How Report is put together.
#include "ui/models/run_catalog.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/report/report_sections.h"
#include "ui/pages/report/report_view.h"
#include "ui/pages/report/report_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kSideLetters = 40; // width of the column at the side
constexpr int kPause = 700; // milliseconds without a key

} // namespace

ReportPage::ReportPage(RunCatalog& catalog, QWidget* parent)
    : PageWidget(parent)
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
    , m_headingLabel(new QLabel(this))
    , m_heading(new QLineEdit(this))
    , m_savedLine(new QWidget(this))
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
    connect(m_emptyButton, &QPushButton::clicked, this, [this] {
        const auto& all = m_catalog.runs();
        all.empty() ? Q_EMIT configureRequested() : Q_EMIT reportRequested({ all.front().run.id });
    });
    connect(m_open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder)); });
    connect(m_sections, &ReportSections::changed, this, &ReportPage::ask);
    connect(m_sections, &ReportSections::changed, this, &ReportPage::stateChanged);
    connect(m_wordsCard, &ReportWords::edited, this, [this](qint64 run, const QString& field, const QString& text) {
        Q_EMIT editRequested(RunEdit::words(run, field, text));
    });
    connect(m_heading, &QLineEdit::textEdited, this, [this] { m_titlePause.start(); });
    connect(m_heading, &QLineEdit::editingFinished, this, &ReportPage::commitTitle);
    connect(&m_titlePause, &QTimer::timeout, this, &ReportPage::commitTitle);
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
    auto* saved = new QHBoxLayout(m_savedLine);
    saved->setContentsMargins(0, 0, 0, 0);
    saved->setSpacing(12);
    saved->addWidget(m_saved, 1);
    saved->addWidget(m_open);

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
    scroll->setMinimumWidth(
        std::max(fontMetrics().averageCharWidth() * kSideLetters, column->minimumSizeHint().width()) + 12);
    scroll->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    columns->addWidget(paper, 1);
    columns->addWidget(scroll);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addLayout(header);
    layout->addWidget(m_savedLine);
    layout->addLayout(columns, 1);
}

void ReportPage::assembleTitle()
{
    m_titlePause.setSingleShot(true);
    m_titlePause.setInterval(kPause);
    m_heading->setObjectName(QStringLiteral("reportTitleEdit"));
    Theme::setRole(m_headingLabel, "dim");
    m_headingLabel->setBuddy(m_heading);
    m_wordsCard->body()->insertWidget(0, m_headingLabel);
    m_wordsCard->body()->insertWidget(1, m_heading);
}

void ReportPage::assembleSide(QVBoxLayout* side)
{
    assembleTitle();
    side->setContentsMargins(0, 0, 4, 0);
    side->setSpacing(12);
    for (Card* card : std::initializer_list<Card*> { m_wordsCard, m_sections, m_filesCard })
        side->addWidget(card);
    side->addStretch(1);
}

void ReportPage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
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
    m_headingLabel->setText(tr("&Title"));
    m_heading->setAccessibleName(tr("Title of the report"));
    m_heading->setPlaceholderText(tr("Made of the runs"));
    m_view->setAccessibleName(tr("The report as it will look"));
    m_filesCard->setTitle(tr("Will write"));
    refresh();
}

} // namespace nabiz::ui
