// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_samples.h"

#include "ui/analysis/sample_texts.h"
#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>

namespace nabiz::ui {
namespace {

constexpr int kColumnCharacters = 34; // a text's width, at least

std::vector<const std::vector<storage::Event>*> eventsOf(
    const RunCatalog& catalog, const std::vector<std::pair<storage::RunId, QColor>>& runs)
{
    std::vector<const std::vector<storage::Event>*> events;
    for (const auto& [run, _] : runs) {
        if (const RunDetail* const detail = catalog.detail(run)) {
            events.push_back(&detail->events);
        }
    }
    return events;
}

} // namespace

CompareSamples::CompareSamples(const RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_catalog(catalog)
    , m_controls(new QWidget(this))
    , m_batches(new QuietComboBox(m_controls))
    , m_empty(new QLabel(this))
    , m_scroll(new QScrollArea(this))
{
    m_batches->setObjectName(QStringLiteral("sampleBatchBox"));
    m_batches->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* const line = new QHBoxLayout(m_controls);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_batches);
    m_empty->setObjectName(QStringLiteral("noSamplesLabel"));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    Theme::setRole(m_empty, "dim");
    m_scroll->setObjectName(QStringLiteral("samplesArea"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_scroll, 1);
    connect(m_batches, &QComboBox::activated, this, [this](int index) {
        m_chosen = m_batches->itemData(index).toLongLong();
        m_shown.clear();
        showTexts();
    });
    retranslateUi();
}

void CompareSamples::showRuns(const std::vector<ComparisonColumn>& columns)
{
    std::vector<std::pair<storage::RunId, QColor>> runs;
    for (const ComparisonColumn& column : columns) {
        for (const storage::RunId run : column.runs) {
            runs.emplace_back(run, column.color);
        }
    }
    if (runs != m_runs) {
        m_runs = std::move(runs);
        m_shown.clear();
    }
    std::vector<std::size_t> counts;
    for (const auto* const events : eventsOf(m_catalog, m_runs)) {
        counts.push_back(events->size());
    }
    if (counts != m_shown || counts.empty()) {
        fillBatches();
        showTexts();
        m_shown = std::move(counts);
    }
}

void CompareSamples::fillBatches()
{
    const auto events = eventsOf(m_catalog, m_runs);
    const std::vector<std::int64_t> batches = sampleBatches(events);
    if (m_chosen && std::find(batches.begin(), batches.end(), *m_chosen) == batches.end()) {
        m_chosen.reset();
    }
    const std::int64_t shown = m_chosen.value_or(commonSampleBatch(events).value_or(0));
    const QSignalBlocker quiet(m_batches);
    m_batches->clear();
    for (const std::int64_t batch : batches) {
        m_batches->addItem(batch < 0 ? tr("before the first batch") : tr("at batch %1").arg(countText(batch)),
            static_cast<qlonglong>(batch));
        if (batch == shown) {
            m_batches->setCurrentIndex(m_batches->count() - 1);
        }
    }
    m_controls->setVisible(!batches.empty() && isVisibleTo(parentWidget()));
    m_empty->setVisible(batches.empty());
    m_scroll->setVisible(!batches.empty());
}

void CompareSamples::showTexts()
{
    auto* const inside = new QWidget;
    inside->setProperty("plain", true);
    m_texts = new QGridLayout(inside);
    m_texts->setContentsMargins(0, 0, 0, 0);
    m_texts->setHorizontalSpacing(kMargin);
    m_texts->setVerticalSpacing(4);
    const std::int64_t batch = m_batches->currentData().toLongLong();
    for (std::size_t i = 0; m_batches->count() > 0 && i < m_runs.size(); ++i) {
        addText(static_cast<int>(i), m_runs[i].first, m_runs[i].second, batch);
    }
    m_texts->setRowStretch(2, 1);
    m_scroll->setWidget(inside); // what was there is deleted
}

void CompareSamples::addText(int column, storage::RunId run, const QColor& color, std::int64_t batch)
{
    const RunDetail* const detail = m_catalog.detail(run);
    if (!detail) {
        return;
    }
    QWidget* const parent = m_texts->parentWidget();
    const QString name = QString::fromStdString(detail->overview.run.name);
    auto* const head = new QHBoxLayout;
    head->setSpacing(6);
    auto* const dot = new QLabel(QStringLiteral("●"), parent);
    QPalette palette = dot->palette();
    palette.setColor(QPalette::WindowText, color);
    dot->setPalette(palette);
    auto* const heading = new ElidedLabel(parent);
    Theme::setRole(heading, "heading");
    heading->setFullText(name);
    head->addWidget(dot);
    head->addWidget(heading, 1);
    const storage::Event* const sample = nearestSample(detail->events, batch);
    auto* const place = new QLabel(parent);
    Theme::setRole(place, sample && sample->batch != batch ? "warn" : "small");
    place->setText(!sample           ? tr("wrote no text")
            : sample->batch < 0      ? tr("before the first batch")
            : sample->batch != batch ? tr("at batch %1, the nearest").arg(countText(sample->batch))
                                     : tr("at batch %1").arg(countText(sample->batch)));
    auto* const text = new QLabel(parent);
    text->setObjectName(QStringLiteral("sampleText%1").arg(run));
    Theme::setRole(text, "mono");
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setText(sample ? breakableText(ui::text(*sample)) : QString());
    text->setAccessibleName(tr("Text of %1").arg(name));
    m_texts->addLayout(head, 0, column);
    m_texts->addWidget(place, 1, column);
    m_texts->addWidget(text, 2, column);
    m_texts->setColumnMinimumWidth(column, fontMetrics().averageCharWidth() * kColumnCharacters);
    m_texts->setColumnStretch(column, 1);
}

void CompareSamples::retranslateUi()
{
    m_batches->setAccessibleName(tr("Batch of the texts"));
    m_empty->setText(tr("Texts that these runs write while they train will stand here side by side. Set "
                        "training.sample_interval to have some."));
    m_shown.clear();
}

} // namespace nabiz::ui
