// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_cards.h"

#include "ui/models/comparison.h"
#include "ui/models/run_catalog.h"
#include "ui/requests/start_request.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr std::size_t kSamples = 12; // texts; the log holds all

QLabel* wrapped(const char* role, QWidget* parent)
{
    auto* const label = new QLabel(parent);
    Theme::setRole(label, role);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ChangeCard::ChangeCard(RunCatalog& catalog, QWidget* parent)
    : Card(parent)
    , m_catalog(catalog)
    , m_settings(wrapped("mono", this))
    , m_effect(wrapped("dim", this))
{
    m_settings->setObjectName(QStringLiteral("changedSettings"));
    m_effect->setObjectName(QStringLiteral("changeEffect"));
    body()->addWidget(m_settings);
    body()->addWidget(m_effect);
}

void ChangeCard::showRun(storage::RunId run)
{
    const RunDetail* const detail = m_catalog.detail(run);
    const std::optional<storage::RunId> parent = detail ? detail->overview.run.parent : std::nullopt;
    if (!parent || !m_catalog.overview(*parent)) {
        hide();
        return;
    }
    show();
    setTitle(tr("Changed from %1").arg(QString::fromStdString(m_catalog.overview(*parent)->run.name)));
    const RunDetail* const before = m_catalog.detail(*parent);
    if (!before) {
        m_settings->hide();
        m_effect->setText(tr("Reading the run it was made from…"));
        m_catalog.requireDetail(*parent);
        return;
    }
    QStringList lines;
    for (const ParameterDifference& difference : parameterDifferences({ before, detail })) {
        const auto value = [&difference](std::size_t i) {
            return difference.values[i].empty() ? QStringLiteral("—") : QString::fromStdString(difference.values[i]);
        };
        lines.append(QStringLiteral("%1  %2 → %3").arg(QString::fromStdString(difference.key), value(0), value(1)));
    }
    m_settings->setVisible(!lines.isEmpty());
    m_settings->setText(breakableText(lines.join(QLatin1Char('\n'))));
    const std::optional<LossAtSameBatch> effect = lossAtSameBatch(*before, *detail);
    if (!effect) {
        m_effect->setText(areOfOtherTexts(*before, *detail)
                ? tr("Trained on different texts: their losses say nothing of each other.")
                : lines.isEmpty() ? tr("No setting differs.")
                                  : tr("No loss to compare yet."));
        return;
    }
    const double share = effect->after / effect->before - 1;
    const QString size = percentText(std::abs(share));
    const QString batch = countText(static_cast<qint64>(effect->batch));
    m_effect->setText(std::abs(share) < 0.0005 ? tr("At batch %1 the loss is the same.").arg(batch)
            : share < 0                        ? tr("At batch %1 the loss is %2 lower.").arg(batch, size)
                                               : tr("At batch %1 the loss is %2 higher.").arg(batch, size));
    Theme::setRole(m_effect, share < -0.0005 ? "good" : "dim");
}

SampleCard::SampleCard(const RunCatalog& catalog, QWidget* parent)
    : Card(parent)
    , m_catalog(catalog)
    , m_button(new QPushButton(this))
    , m_empty(wrapped("dim", this))
    , m_newest(new QVBoxLayout)
    , m_older(new WatchFold(QStringLiteral("olderSamplesButton"), this))
{
    m_button->setObjectName(QStringLiteral("sampleButton"));
    m_button->setProperty("small", true);
    titleLine()->addWidget(m_button);
    m_newest->setSpacing(4);
    m_older->content()->setSpacing(4);
    m_older->setProperty("card", false); // no frame inside a frame
    m_older->layout()->setContentsMargins(0, 0, 0, 0);
    body()->addWidget(m_empty);
    body()->addLayout(m_newest);
    body()->addWidget(m_older);
    connect(m_button, &QPushButton::clicked, this, &SampleCard::sampleRequested);
}

void SampleCard::showRun(storage::RunId run, bool canSample)
{
    setTitle(tr("Sample texts"));
    m_button->setText(tr("Sample now"));
    const RunDetail* const detail = m_catalog.detail(run);
    const storage::RunOverview* const overview = m_catalog.overview(run);
    const bool hasModel = detail && overview && goesOn(overview->run) && !detail->checkpoints.empty();
    m_button->setToolTip(canSample ? tr("Let the model continue the prompt after this batch")
                                   : tr("Let the model of the newest checkpoint continue a prompt"));
    m_button->setVisible(canSample || hasModel);
    std::vector<const storage::Event*> samples;
    if (detail) {
        for (auto event = detail->events.rbegin(); event != detail->events.rend(); ++event) {
            if (event->kind == "sample") {
                samples.push_back(&*event);
            }
        }
    }
    m_empty->setText(canSample || hasModel ? tr("Texts that the model writes will stand here, each with its batch.")
                                           : tr("This run wrote no text."));
    m_empty->setVisible(samples.empty());
    m_older->setFoldTitle(tr("%n older", nullptr, static_cast<int>(std::min(samples.size(), kSamples)) - 1));
    m_older->setVisible(samples.size() > 1);
    if (run == m_run && samples.size() == m_count) {
        return;
    }
    m_run = run;
    m_count = samples.size();
    for (QVBoxLayout* const layout : { m_newest, m_older->content() }) {
        while (QLayoutItem* const item = layout->takeAt(0)) {
            delete item->widget();
            delete item;
        }
    }
    for (std::size_t i = 0; i < std::min(samples.size(), kSamples); ++i) {
        addText(i == 0 ? *m_newest : *m_older->content(), *samples[i], i == 0);
    }
}

void SampleCard::addText(QVBoxLayout& to, const storage::Event& sample, bool isNewest)
{
    auto* const batch = wrapped("small", this);
    batch->setText(sample.batch < 0 ? tr("before the first batch") : tr("at batch %1").arg(countText(sample.batch)));
    if (sample.arguments.size() > 2) // it was asked for: prompt and temperature
        batch->setText(tr("%1, behind “%2”, temperature %3")
                           .arg(batch->text(), shortName(QString::fromStdString(sample.arguments[1])),
                               numberText(QString::fromStdString(sample.arguments[2]).toDouble())));
    auto* const text = wrapped(isNewest ? "mono" : "monosmall", this);
    text->setText(breakableText(ui::text(sample)));
    to.addWidget(batch);
    to.addWidget(text);
}

} // namespace nabiz::ui
