// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/status_line.h"

#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {

namespace {

constexpr double kWindowSeconds = 30;
constexpr double kEverySeconds = 0.2; // a sample
constexpr double kSteadySeconds = 3;

} // namespace

void ProgressRate::add(double seconds, std::int64_t batches)
{
    if (!m_samples.empty() && batches < m_samples.back().batches)
        clear();
    if (!m_samples.empty()
        && (batches == m_samples.back().batches || seconds - m_samples.back().seconds < kEverySeconds))
        return;
    m_samples.push_back({ seconds, batches });
    while (m_samples.size() > 2 && seconds - m_samples.front().seconds > kWindowSeconds)
        m_samples.pop_front();
}

void ProgressRate::clear()
{
    m_samples.clear();
    m_isSteady = false;
}

double ProgressRate::seconds() const
{
    return m_samples.size() < 2 ? 0 : m_samples.back().seconds - m_samples.front().seconds;
}

std::optional<double> ProgressRate::batchesPerSecond() const
{
    if (seconds() < 0.5)
        return {};
    return static_cast<double>(m_samples.back().batches - m_samples.front().batches) / seconds();
}

// Once it is told it stays: an evaluation between is no reason to take it away.
std::optional<double> ProgressRate::secondsLeft(std::int64_t batches, std::int64_t planned)
{
    const auto rate = batchesPerSecond();
    if (!rate || planned <= batches)
        return {};
    const Sample& middle = m_samples[m_samples.size() / 2];
    const double late = static_cast<double>(m_samples.back().batches - middle.batches)
        / std::max(m_samples.back().seconds - middle.seconds, 1e-9);
    m_isSteady
        = m_isSteady || (seconds() >= kSteadySeconds && m_samples.size() > 2 && std::abs(late - *rate) <= 0.25 * *rate);
    return m_isSteady ? std::optional(static_cast<double>(planned - batches) / *rate) : std::nullopt;
}

StatusLine::StatusLine(RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_catalog(catalog)
    , m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("statusLine"));
    setProperty("bar", "bottom");
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMargin, 6, kMargin, 6);
    layout->setSpacing(22);
    const auto label = [this, layout](const char* name) {
        auto* made = new QLabel(this);
        made->setObjectName(QLatin1String(name));
        made->setTextFormat(Qt::PlainText);
        Theme::setRole(made, "small");
        layout->addWidget(made);
        return made;
    };
    m_what = label("statusRunLabel");
    m_progress = label("statusBatchLabel");
    m_speed = label("statusRateLabel");
    m_loss = label("statusLossLabel");
    m_peak = label("statusPeakLabel");
    m_left = label("statusLeftLabel");
    layout->addStretch(1);
    m_queue = label("statusQueueLabel");
    m_saved = label("statusSavedLabel");
    m_clock.start();
    m_timer->setInterval(500);
    connect(m_timer, &QTimer::timeout, this, &StatusLine::refresh);
    connect(&catalog, &RunCatalog::pointsAppended, this, &StatusLine::onPoints);
    connect(&catalog, &RunCatalog::runChanged, this, &StatusLine::onPoints);
    connect(&catalog, &RunCatalog::runsReset, this, &StatusLine::refresh);
    refresh();
}

const storage::RunOverview* StatusLine::active() const
{
    const storage::RunOverview* overview = m_run == 0 ? nullptr : m_catalog.overview(m_run);
    return overview && storage::isLive(overview->run.status) ? overview : nullptr;
}

std::int64_t StatusLine::batches() const
{
    const storage::RunOverview* overview = active();
    if (!overview)
        return 0;
    std::int64_t count = overview->summary.batches;
    const RunSeries* loss = m_catalog.series(m_run, "loss");
    if (loss && !loss->empty())
        count = std::max(count, static_cast<std::int64_t>(loss->batch(loss->size() - 1)) + 1);
    return count;
}

std::optional<double> StatusLine::lastOf(const char* metric) const
{
    const RunSeries* series = m_catalog.series(m_run, metric);
    return series && !series->empty() ? std::optional(series->value(series->size() - 1)) : std::nullopt;
}

void StatusLine::setActiveRun(qint64 run)
{
    if (run != m_run) { // it is told again with every look at the record
        m_run = run;
        m_rate.clear();
        m_savedAt.reset();
    }
    refresh();
}

void StatusLine::setWaiting(int waiting)
{
    m_waiting = waiting;
    refresh();
}

void StatusLine::setDatabase(const QString& file)
{
    m_database = file;
    refresh();
}

void StatusLine::onPoints(qint64 run)
{
    const storage::RunOverview* overview = run == m_run ? active() : nullptr;
    if (run != m_run)
        return;
    if (overview && overview->run.status == storage::RunStatus::Running)
        m_rate.add(static_cast<double>(m_clock.elapsed()) / 1000, batches());
    else
        m_rate.clear(); // a pause is no slow batch
    m_savedAt = m_clock.elapsed();
    refresh();
}

QString StatusLine::progress() const
{
    const storage::RunOverview* overview = active();
    if (!overview || overview->run.plannedBatches <= 0)
        return {};
    std::optional<double> loss = lastOf("loss");
    if (!loss)
        loss = overview->summary.lastLoss;
    QString text = QStringLiteral("%1/%2").arg(batches()).arg(overview->run.plannedBatches);
    return loss ? text + QStringLiteral(" · ") + numberText(*loss, 3) : text;
}

QString StatusLine::device() const
{
    const storage::RunOverview* overview = active();
    if (!overview)
        return {};
    const auto fact = [overview](const char* name) {
        const auto found = overview->run.facts.find(name);
        return found == overview->run.facts.end() ? QString() : QString::fromStdString(found->second);
    };
    const auto used = lastOf("memory.device_used");
    QStringList parts;
    const QString name = used || !fact("gpu").isEmpty() ? fact("gpu") : fact("cpu");
    if (!name.isEmpty())
        parts << name;
    if (const auto bytes = used ? used : lastOf("memory.process"))
        parts << bytesText(*bytes);
    if (const auto temperature = lastOf("gpu.temperature"))
        parts << tr("%1 °C").arg(std::lround(*temperature));
    return parts.join(QStringLiteral(" · "));
}

// A name is a person's: it may not push the figures out of sight.
QString StatusLine::fitted(const QString& name) const
{
    constexpr int kWidest = 320;
    return m_what->fontMetrics().elidedText(name, Qt::ElideMiddle, kWidest);
}

// Hidden and shown again, a label would flicker twenty times a second.
void StatusLine::refresh()
{
    const storage::RunOverview* overview = active();
    const auto show = [](QLabel* label, const QString& text) {
        if (label->text() != text)
            label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    show(m_queue, m_waiting > 0 ? tr("%1 waiting").arg(m_waiting) : QString());
    m_what->setToolTip(overview ? QString() : m_database);
    if (overview) {
        m_timer->start();
        showRun(*overview, show);
    } else {
        m_timer->stop();
        for (QLabel* label : { m_progress, m_speed, m_loss, m_peak, m_left, m_saved })
            show(label, {});
        show(m_what, m_database.isEmpty() ? QString() : fitted(QFileInfo(m_database).fileName()));
    }
    Q_EMIT progressChanged();
}

void StatusLine::showRun(const storage::RunOverview& overview, const std::function<void(QLabel*, const QString&)>& show)
{
    show(m_what,
        QStringLiteral("●  ")
            + tr("%1 %2").arg(fitted(QString::fromStdString(overview.run.name)), statusName(overview.run.status)));
    const std::int64_t done = batches();
    const std::int64_t planned = overview.run.plannedBatches;
    show(m_progress, planned > 0 ? tr("batch %1 of %2").arg(countText(done), countText(planned)) : QString());
    const auto rate = m_rate.batchesPerSecond();
    show(m_speed,
        rate ? tr("%1 batches/s over %2 s").arg(numberText(*rate, 2), countText(std::llround(m_rate.seconds())))
             : QString());
    const auto last = lastOf("loss");
    const auto loss = last ? last : overview.summary.lastLoss;
    show(m_loss, loss ? tr("loss %1").arg(numberText(*loss, 3)) : QString());
    std::optional<double> peak = lastOf("memory.peak");
    if (!peak)
        peak = overview.summary.peakBytes ? overview.summary.peakBytes : lastOf("memory.process");
    show(m_peak, peak ? tr("peak %1").arg(bytesText(*peak)) : QString());
    const auto left = m_rate.secondsLeft(done, planned);
    show(m_left, left ? tr("%1 left").arg(durationText(*left)) : QString());
    show(m_saved,
        m_savedAt ? tr("saved %1 ago").arg(durationText(static_cast<double>(m_clock.elapsed() - *m_savedAt) / 1000))
                  : QString());
}

void StatusLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        refresh();
}

} // namespace nabiz::ui
