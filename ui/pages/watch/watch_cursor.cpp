// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_cursor.h"

#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/watch_table.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr std::size_t kOthers = 5;

std::optional<SampleAt> sampleAt(const RunSeries* found, double x, const XScale& scale)
{
    if (!found) {
        return std::nullopt;
    }
    const RunSeries& series = found->inOrder(scale);
    const std::size_t i = series.lastAtOrBefore(x, scale);
    return i == series.size() ? std::nullopt : std::optional(SampleAt { series.value(i), series.batch(i) });
}

std::optional<double> valueOf(const std::optional<SampleAt>& sample)
{
    return sample ? std::optional(sample->value) : std::nullopt;
}

QString signedText(double difference)
{
    return (difference < 0 ? QStringLiteral("−") : QStringLiteral("+")) + numberText(std::abs(difference), 3);
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
    const RunSeries* const loss = detail ? detail->drawable("loss") : nullptr;
    setVisible(loss != nullptr);
    if (!loss) {
        return;
    }
    m_unit = options.xUnit;
    const XScale scale = xScaleOf(*detail, m_unit);
    const RunSeries& inOrder = loss->inOrder(scale);
    m_end = inOrder.x(inOrder.size() - 1, scale);
    m_x = x.value_or(m_end);
    m_here = sampleAt(loss, m_x, scale);
    setTitle(
        m_here ? tr("At batch %1").arg(countText(static_cast<qint64>(m_here->batch))) : tr("Before the first batch"));
    const auto own = at(*detail, "loss");
    std::vector<WatchRow> rows { { tr("loss"), lossText(valueOf(own), 5) } };
    if (options.smoothing.kind != SmoothingKind::None) {
        std::optional<double> smoothed;
        for (const PlotReading& reading : m_plot.reader().readings(m_x)) {
            smoothed = m_plot.content().curves[reading.curve].key == run ? reading.smoothed : smoothed;
        }
        rows.push_back({ smoothingName(options.smoothing), lossText(smoothed, 5), true });
    }
    addMetrics(rows, *detail);
    std::size_t shown = 0;
    for (const storage::RunId other : others) {
        const RunDetail* const theirs = other == run ? nullptr : m_catalog.detail(other);
        if (theirs && theirs->drawable("loss") && ++shown <= kOthers) {
            const auto sample = at(*theirs, "loss");
            QString text = lossText(valueOf(sample), 5);
            if (sample && own) {
                text += QStringLiteral(" (%1)").arg(signedText(sample->value - own->value));
            }
            const QString name = QString::fromStdString(theirs->overview.run.name);
            rows.push_back({ named(tr("loss of %1").arg(name), sample), text, true });
        }
    }
    m_table->setRows(rows);
    showPins();
}

// Of a preview no sample is known but the last.
std::optional<SampleAt> CursorCard::at(const RunDetail& detail, const char* metric) const
{
    return sampleAt(m_x >= m_end ? detail.drawable(metric) : detail.find(metric), m_x, xScaleOf(detail, m_unit));
}

// With its batch, where that is not the one in the title.
QString CursorCard::named(const QString& name, const std::optional<SampleAt>& sample) const
{
    return sample && m_here && sample->batch != m_here->batch
        ? tr("%1, batch %2").arg(name, countText(static_cast<qint64>(sample->batch)))
        : name;
}

void CursorCard::addMetrics(std::vector<WatchRow>& rows, const RunDetail& detail) const
{
    const auto add = [&](const char* metric, const QString& name, auto format) {
        if (detail.drawable(metric)) {
            const auto sample = at(detail, metric);
            rows.push_back({ named(name, sample), sample ? format(sample->value) : QStringLiteral("—") });
        }
    };
    add("val.loss", tr("validation loss"), [](double value) { return numberText(value, 5); });
    add("learning_rate", tr("learning rate"), rateText);
    add("grad_norm", tr("gradient norm"), [](double value) { return numberText(value, 3); });
    const bool hasPeak = detail.drawable("memory.peak");
    add(hasPeak ? "memory.peak" : "memory.process", hasPeak ? tr("peak memory") : tr("memory"),
        [](double value) { return bytesText(value); });
    add("tokens_per_second", tr("tokens a second"), [](double value) { return countText(std::llround(value)); });
}

// From A to B: how far, and what each curve did on the way.
void CursorCard::showPins()
{
    const std::optional<double> a = m_plot.reader().pin(0), b = m_plot.reader().pin(1);
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
    const std::vector<PlotReading> from = a ? m_plot.reader().readings(*a) : m_plot.reader().readings(*b);
    const std::vector<PlotReading> to = a && b ? m_plot.reader().readings(*b) : from;
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

} // namespace nabiz::ui
