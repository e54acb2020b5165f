// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/configure_page.h"

#include "trainer/base/train_error.h"
#include "ui/models/run_catalog.h"
#include "ui/models/speed/measured_speed.h"
#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/configure_form.h"
#include "ui/pages/configure/configure_header.h"
#include "ui/pages/configure/configure_side.h"
#include "ui/pages/configure/draft_samples.h"
#include "ui/pages/configure/draft_start.h"
#include "ui/pages/configure/preset_text.h"
#include "ui/pages/configure/start_card.h"
#include "ui/pages/configure/weights_fetch.h"
#include "ui/pages/watch/samples_card.h"
#include "ui/requests/seed_repeats.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nabiz::ui {

namespace {

constexpr int kSideWidth = 336, kNarrowSide = 272;
constexpr int kNarrowPage = 900;

// Of a draft that has one.
const trainer::Problem& firstError(ConfigureDraft& draft)
{
    return *std::ranges::find(draft.inspection().problems(), trainer::Severity::Error, &trainer::Problem::severity);
}

} // namespace

ConfigurePage::ConfigurePage(
    RunCatalog& catalog, const trainer::PresetStore& presets, trainer::Machine machine, QWidget* parent)
    : PageWidget(parent)
    , m_catalog(catalog)
    , m_draft(std::make_unique<ConfigureDraft>(presets, machine))
{
    m_draft->loadPreset(QStringLiteral("quick"));
    m_header = new ConfigureHeader(*m_draft, presets, catalog, this);
    m_form = new ConfigureForm(*m_draft, this);
    m_yaml = new PresetText(*m_draft, this);
    m_samplesCard = new SamplesCard(this);
    m_samples = new DraftSamples(*m_draft, *m_samplesCard, this);
    m_side = new ConfigureSide(*m_draft, this);
    assemble();
    connectParts();
    showYaml(false);
    onDraftChanged();
}

ConfigurePage::~ConfigurePage() = default;

void ConfigurePage::assemble()
{
    m_formArea = new QWidget(this);
    auto* formLayout = new QHBoxLayout(m_formArea);
    formLayout->setContentsMargins(0, 0, 0, 0);
    formLayout->setSpacing(12);
    formLayout->addWidget(m_form->groups());
    formLayout->addWidget(m_form, 1);

    auto* middle = new QVBoxLayout;
    middle->setSpacing(12);
    middle->addWidget(m_formArea, 1);
    middle->addWidget(m_yaml, 1);
    middle->addWidget(m_samplesCard);

    auto* sideScroll = new QScrollArea(this);
    sideScroll->setWidgetResizable(true);
    sideScroll->setFrameShape(QFrame::NoFrame);
    sideScroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    sideScroll->setFocusPolicy(Qt::NoFocus);
    m_side->setProperty("plain", true);
    sideScroll->setWidget(m_side);

    // Start and what stands against it are always in sight; what is above them scrolls.
    m_sideArea = new QWidget(this);
    auto* side = new QVBoxLayout(m_sideArea);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(12);
    side->addWidget(sideScroll, 1);
    side->addWidget(m_side->startCard());
    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    columns->addLayout(middle, 1);
    columns->addWidget(m_sideArea);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addLayout(columns, 1);
}

void ConfigurePage::connectParts()
{
    connect(m_draft.get(), &ConfigureDraft::changed, this, &ConfigurePage::onDraftChanged);
    connect(&m_draft->inspection(), &DraftInspection::answered, this, &ConfigurePage::onDraftChecked);
    connect(m_draft.get(), &ConfigureDraft::loaded, m_side, &ConfigureSide::clearRun);
    connect(m_draft.get(), &ConfigureDraft::changed, this, &ConfigurePage::stateChanged);
    connect(m_side, &ConfigureSide::typed, this, &ConfigurePage::stateChanged);
    connect(m_header, &ConfigureHeader::presetChosen, m_draft.get(), &ConfigureDraft::loadPreset);
    connect(m_header, &ConfigureHeader::yamlToggled, this, &ConfigurePage::showYaml);
    connect(m_header, &ConfigureHeader::settingChosen, this, [this](const QString& key) {
        showYaml(false);
        m_form->showParameter(key.toStdString());
    });
    connect(m_header, &ConfigureHeader::saveRequested, this, &ConfigurePage::save);
    connect(m_side, &ConfigureSide::settingChosen, this, [this](const QString& key) {
        showYaml(false);
        m_form->showParameter(key.toStdString());
    });
    connect(m_side->startCard(), &StartCard::startRequested, this, &ConfigurePage::start);
    connect(m_side->startCard(), &StartCard::varyRequested, this, [this] {
        askToVary(*m_draft, *m_side, m_catalog, this,
            [this](const StartRequest& request) { Q_EMIT startRequested(request); });
    });
    connect(m_side->startCard(), &StartCard::problemChosen, this, &ConfigurePage::showProblem);
    connect(&weights(), &WeightsFetch::wanted, this, [this](const QString&, bool thenStart) {
        m_startsWithWeights = thenStart ? std::optional(m_draft->config()) : std::nullopt;
    });
    connect(&weights(), &WeightsFetch::ended, this, &ConfigurePage::onWeightsEnd);
    connect(&m_catalog, &RunCatalog::detailLoaded, this, &ConfigurePage::onDetailLoaded);
    const auto propose = [this] { m_side->proposeName(freeRunName(m_catalog, m_draft->name())); };
    for (const auto signal : { &RunCatalog::runAdded, &RunCatalog::runChanged })
        connect(&m_catalog, signal, this, propose);
    connect(&m_catalog, &RunCatalog::runsReset, this, propose);
    connect(&m_catalog, &RunCatalog::parametersChanged, this, &ConfigurePage::onDraftChanged);
}

void ConfigurePage::editAsNew(qint64 run, const Changes& changes)
{
    m_awaitedRun = run;
    m_awaitedChanges = changes;
    if (m_catalog.detail(run))
        onDetailLoaded(run);
    else
        m_catalog.requireDetail(run);
}

void ConfigurePage::onDetailLoaded(qint64 run)
{
    const RunDetail* detail = m_catalog.detail(run);
    if (run != m_awaitedRun || !detail)
        return;
    m_awaitedRun = 0;
    m_draft->loadRun(detail->overview.run, detail->parameters);
    if (!m_awaitedChanges.empty())
        m_draft->edits().setValues(std::exchange(m_awaitedChanges, {}));
}

WeightsFetch& ConfigurePage::weights() const
{
    return *m_side->startCard()->weights();
}

void ConfigurePage::setActiveRun(storage::RunId run)
{
    const storage::RunOverview* overview = m_catalog.overview(run);
    m_side->startCard()->setWaitingFor(overview ? QString::fromStdString(overview->run.name) : QString());
}

void ConfigurePage::setDraftChecker(trainer::DraftChecker checker)
{
    m_draft->inspection().setChecker(std::move(checker));
}

bool ConfigurePage::start(int seeds, bool queue)
{
    if (m_draft->inspection().isReading()) {
        m_awaitedStart = { m_draft->config(), seeds, queue };
        m_side->startCard()->setStartAwaited(true);
        return true;
    }
    if (!m_draft->inspection().canStart()) {
        showProblem(firstError(*m_draft));
        return false;
    }
    StartRequest request = requestOf(*m_draft, *m_side, m_catalog);
    request.seeds = seeds;
    request.queue = queue;
    m_side->clearRun();
    Q_EMIT startRequested(request);
    m_side->proposeName(freeRunName(m_catalog, m_draft->name()));
    return true;
}

void ConfigurePage::onDraftChecked()
{
    const auto awaited = std::exchange(m_awaitedStart, std::nullopt);
    if (awaited && !start(awaited->seeds, awaited->queue))
        Q_EMIT noticeRaised(
            tr("It cannot start: %1").arg(text(firstError(*m_draft).message)), true); // another page may be in sight
}

void ConfigurePage::onDraftChanged()
{
    m_draft->inspection().setBatchSeconds(speedForecast(m_catalog).batchSeconds(m_draft->config()));
    if (m_awaitedStart && m_awaitedStart->config != m_draft->config())
        m_awaitedStart.reset();
    m_side->startCard()->setStartAwaited(m_awaitedStart.has_value());
    m_side->proposeName(freeRunName(m_catalog, m_draft->name()));
    m_samples->look();
}

void ConfigurePage::resizeEvent(QResizeEvent* event)
{
    PageWidget::resizeEvent(event);
    m_sideArea->setFixedWidth(width() < kNarrowPage ? kNarrowSide : kSideWidth);
}

void ConfigurePage::showEvent(QShowEvent* event)
{
    PageWidget::showEvent(event);
    onDraftChanged();
}

void ConfigurePage::showYaml(bool yaml)
{
    m_formArea->setVisible(!yaml);
    m_yaml->setVisible(yaml);
    m_header->setYaml(yaml);
    Q_EMIT stateChanged();
}

void ConfigurePage::showProblem(const trainer::Problem& problem)
{
    const bool inText = problem.key.empty() || m_draft->inspection().isBroken();
    showYaml(inText);
    if (inText)
        m_yaml->goToLine(std::max(1, problem.line));
    else
        m_form->showParameter(problem.key);
}

void ConfigurePage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_header->retranslateUi();
        m_form->retranslateUi();
        m_yaml->retranslateUi();
        m_samplesCard->retranslateUi();
        m_side->retranslateUi();
    }
}

} // namespace nabiz::ui
