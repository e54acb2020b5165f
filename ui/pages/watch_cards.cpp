// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch_cards.h"

#include "ui/charts/plot_view.h"
#include "ui/models/comparison.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_text.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr std::size_t kSamples = 12; // texts kept in sight; the log holds all
constexpr std::size_t kOthers = 5;

std::optional<double> valueAt(const RunSeries* series, double x, const XScale& scale)
{
    if (!series) {
        return std::nullopt;
    }
    const std::size_t i = series->lastAtOrBefore(x, scale);
    return i == series->size() ? std::nullopt : std::optional(series->value(i));
}

QString signedText(double difference)
{
    return (difference < 0 ? QStringLiteral("−") : QStringLiteral("+")) + numberText(std::abs(difference), 3);
}

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

CursorCard::CursorCard(const RunCatalog& catalog, const PlotView& plot, QWidget* parent)
    : Card(parent)
    , m_catalog(catalog)
    , m_plot(plot)
    , m_table(new WatchTable(false, this))
    , m_pinsTitle(new QLabel(this))
    , m_pins(new WatchTable(false, this))
{
    m_table->setObjectName(QStringLiteral("cursorTable"));
    m_pinsTitle->setObjectName(QStringLiteral("pinsTitle"));
    m_pins->setObjectName(QStringLiteral("pinsTable"));
    m_pinsTitle->setWordWrap(true);
    Theme::setRole(m_pinsTitle, "heading");
    body()->addWidget(m_table);
    body()->addWidget(m_pinsTitle);
    body()->addWidget(m_pins);
}

void CursorCard::showAt(
    storage::RunId run, const std::vector<storage::RunId>& others, const WatchOptions& options, std::optional<double> x)
{
    const RunDetail* const detail = m_catalog.detail(run);
    const RunSeries* const loss = detail ? detail->find("loss") : nullptr;
    setVisible(loss != nullptr);
    if (!loss) {
        return;
    }
    const XScale scale = xScaleOf(*detail, options.xUnit);
    const double last = loss->x(loss->size() - 1, scale);
    const std::size_t i = loss->lastAtOrBefore(x.value_or(last), scale);
    setTitle(i == loss->size() ? tr("Before the first batch")
                               : tr("At batch %1").arg(countText(static_cast<qint64>(loss->batch(i)))));
    const auto at = [&](const char* metric) {
        return valueAt(detail->find(metric), x.value_or(last), scale);
    };
    std::vector<WatchRow> rows { { tr("loss"), lossText(at("loss"), 5) } };
    if (options.smoothing.kind != SmoothingKind::None) {
        std::optional<double> smoothed;
        for (const PlotReading& reading : m_plot.readings(x.value_or(last))) {
            smoothed = m_plot.content().curves[reading.curve].key == run ? reading.smoothed : smoothed;
        }
        rows.push_back({ tr("smoothed"), lossText(smoothed, 5), true });
    }
    const auto add = [&](const char* metric, const QString& name, auto format) {
        if (detail->find(metric)) {
            const std::optional<double> value = at(metric);
            rows.push_back({ name, value ? format(*value) : QStringLiteral("—") });
        }
    };
    const auto number = [](double value) { return numberText(value, 3); };
    add("val.loss", tr("validation loss"), [](double value) { return numberText(value, 5); });
    add("learning_rate", tr("learning rate"), rateText);
    add("grad_norm", tr("gradient norm"), number);
    add(detail->find("memory.peak") ? "memory.peak" : "memory.process",
        detail->find("memory.peak") ? tr("peak memory") : tr("memory"), [](double value) { return bytesText(value); });
    add("tokens_per_second", tr("tokens a second"), [](double value) { return countText(std::llround(value)); });
    std::size_t shown = 0;
    for (const storage::RunId other : others) {
        const RunDetail* const theirs = other == run ? nullptr : m_catalog.detail(other);
        if (theirs && theirs->find("loss") && ++shown <= kOthers) {
            const auto value = valueAt(theirs->find("loss"), x.value_or(last), xScaleOf(*theirs, options.xUnit));
            const auto own = at("loss");
            QString text = lossText(value, 5);
            if (value && own) {
                text += QStringLiteral(" (%1)").arg(signedText(*value - *own));
            }
            const QString name = QString::fromStdString(theirs->overview.run.name);
            rows.push_back({ tr("loss of %1").arg(name), text, true });
        }
    }
    m_table->setRows(rows);
    showPins();
}

// From A to B: how far, and what each curve did on the way.
void CursorCard::showPins()
{
    const std::optional<double> a = m_plot.pin(0), b = m_plot.pin(1);
    m_pinsTitle->setVisible(a || b);
    m_pins->setVisible(a || b);
    if (!a && !b) {
        return;
    }
    const PlotContent& content = m_plot.content();
    const auto place = [&](double x) { return xText(x, content.xUnit); };
    m_pinsTitle->setText(a && b
            ? tr("A %1 → B %2: %3").arg(place(*a), place(*b), xLengthText(std::abs(*b - *a), content.xUnit))
            : a ? tr("Pin A at %1").arg(place(*a))
                : tr("Pin B at %1").arg(place(*b)));
    std::vector<WatchRow> rows;
    const std::vector<PlotReading> from = a ? m_plot.readings(*a) : m_plot.readings(*b);
    const std::vector<PlotReading> to = a && b ? m_plot.readings(*b) : from;
    for (const PlotReading& first : from) {
        const auto second = std::find_if(
            to.begin(), to.end(), [&](const PlotReading& reading) { return reading.curve == first.curve; });
        if (second == to.end()) {
            continue;
        }
        QString text = numberText(first.value, 4);
        if (a && b) {
            text += QStringLiteral(" → %1 (%2)")
                        .arg(numberText(second->value, 4), signedText(second->value - first.value));
        }
        rows.push_back({ nameOf(content.curves[first.curve]), text });
    }
    m_pins->setRows(rows);
}

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
        m_effect->setText(tr("Reading the run it was made from …"));
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
    m_settings->setText(lines.join(QLatin1Char('\n')));
    const std::optional<LossAtSameBatch> effect = lossAtSameBatch(*before, *detail);
    if (!effect) {
        m_effect->setText(lines.isEmpty() ? tr("No setting differs.") : tr("No loss to compare yet."));
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
    , m_texts(new QVBoxLayout)
{
    m_button->setObjectName(QStringLiteral("sampleButton"));
    m_button->setProperty("small", true);
    titleLine()->addWidget(m_button);
    m_texts->setSpacing(4);
    body()->addWidget(m_empty);
    body()->addLayout(m_texts);
    connect(m_button, &QPushButton::clicked, this, &SampleCard::sampleRequested);
}

void SampleCard::showRun(storage::RunId run, bool canSample)
{
    setTitle(tr("It writes"));
    m_button->setText(tr("Sample now"));
    m_button->setToolTip(tr("Let the model continue the prompt after this batch"));
    m_button->setVisible(canSample);
    const RunDetail* const detail = m_catalog.detail(run);
    std::vector<const storage::Event*> samples;
    if (detail) {
        for (auto event = detail->events.rbegin(); event != detail->events.rend(); ++event) {
            if (event->kind == "sample") {
                samples.push_back(&*event);
            }
        }
    }
    m_empty->setText(canSample ? tr("Texts that the model writes will stand here, each with its batch.")
                               : tr("This run wrote no text."));
    m_empty->setVisible(samples.empty());
    if (run == m_run && samples.size() == m_count) {
        return;
    }
    m_run = run;
    m_count = samples.size();
    while (QLayoutItem* const item = m_texts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t i = 0; i < std::min(samples.size(), kSamples); ++i) {
        auto* const batch = wrapped("small", this);
        batch->setText(
            samples[i]->batch < 0 ? tr("before the first batch") : tr("at batch %1").arg(countText(samples[i]->batch)));
        auto* const text = wrapped(i == 0 ? "mono" : "monosmall", this);
        text->setText(breakableText(ui::text(*samples[i])));
        m_texts->addWidget(batch);
        m_texts->addWidget(text);
    }
}

} // namespace nabiz::ui
