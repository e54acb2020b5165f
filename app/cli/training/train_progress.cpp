// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training/train_progress.h"
#include "app/cli/memory_text.h"

#include "app/cli/console.h"
#include "app/run/terminal_text.h"
#include "trainer/base/finding.h"
#include "trainer/config/parameters/metric_table.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include <sys/ioctl.h>
#include <unistd.h>

namespace nabiz::app {

using trainer::Metric;

namespace {

constexpr int kBarWidth = 20;
constexpr double kRateMemory = 20; // batches over which the rate forgets

std::size_t terminalWidth()
{
    winsize size {};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

TrainProgress::TrainProgress(std::string name, std::int64_t batches, std::int64_t logInterval, bool terminal)
    : m_name(std::move(name))
    , m_batches(batches)
    , m_logInterval(logInterval)
    , m_terminal(terminal)
{
}

void TrainProgress::rows(std::span<const storage::Row> rows)
{
    std::lock_guard lock(m_mutex);
    for (const storage::Row& row : rows) {
        take(row);
        const bool due = m_logInterval > 0 && (m_done % m_logInterval == 0 || m_done == m_batches);
        if (!m_terminal && due)
            logLine(fmt::format("{} batch {}/{}{}", m_name, m_done, m_batches, figures()));
    }
    if (m_terminal && !rows.empty())
        drawBar();
}

void TrainProgress::take(const storage::Row& row)
{
    const std::int64_t before = m_done;
    m_done = std::max(m_done, row.batch + 1);
    if (m_done > before && row.time > m_time) {
        const double rate = static_cast<double>(m_done - before) / (row.time - m_time);
        // The mean is taken over seconds a batch, so that one slow batch weighs what it lasted.
        m_rate = m_rate ? 1 / (1 / *m_rate + (1 / rate - 1 / *m_rate) / kRateMemory) : rate;
    }
    m_time = std::max(m_time, row.time);
    for (int i = 0; i < row.count; ++i) {
        const auto metric = static_cast<Metric>(row.metric[i]);
        if (metric == Metric::Loss)
            m_loss = row.value[i];
        else if (metric == Metric::TokensPerSecond)
            m_tokens = row.value[i];
        else if (metric == Metric::MemoryPeak)
            m_memory = row.value[i];
        else if (metric == Metric::MemoryProcess && !m_memory)
            m_memory = row.value[i];
    }
}

double TrainProgress::timeLeft() const
{
    return m_rate ? static_cast<double>(m_batches - m_done) / *m_rate : 0;
}

std::string TrainProgress::figures() const
{
    std::string text;
    if (m_loss)
        text += fmt::format("  loss {}", numberText(m_loss, 5));
    if (m_memory)
        text += fmt::format("  {}", bytesText(*m_memory));
    if (m_tokens && std::isfinite(*m_tokens))
        text += fmt::format("  {:.0f} tokens/s", *m_tokens);
    if (m_rate && m_batches > m_done)
        text += fmt::format("  {} left", durationText(timeLeft()));
    return text;
}

void TrainProgress::event(const storage::Event& event)
{
    std::string line = event.kind == "log" ? "" : event.kind + ": ";
    if (event.kind == "audit") {
        const auto finding = trainer::findingFrom(event.message, event.arguments);
        if (finding && finding->severity == trainer::FindingSeverity::Fine)
            return;
        if (finding)
            line = fmt::format("audit, {}: ", trainer::severityName(finding->severity));
    }
    if (event.batch >= 0)
        line += fmt::format("at batch {}: ", event.batch);
    say(line + elided(event.text, 400));
    const auto card = event.kind == "memory" ? trainer::cardFrom(event.arguments) : std::nullopt;
    for (const std::string& change : card ? changeLines(*card) : std::vector<std::string>())
        say("memory: " + change);
}

void TrainProgress::say(std::string_view line)
{
    std::lock_guard lock(m_mutex);
    const bool drawn = m_drawn;
    clearBar();
    logLine(line);
    if (drawn)
        drawBar();
}

void TrainProgress::finish()
{
    std::lock_guard lock(m_mutex);
    clearBar();
}

void TrainProgress::clearBar()
{
    if (std::exchange(m_drawn, false))
        clearProgress();
}

void TrainProgress::drawBar()
{
    const double part = m_batches > 0 ? std::min(1.0, static_cast<double>(m_done) / static_cast<double>(m_batches)) : 1;
    const int full = static_cast<int>(std::lround(part * kBarWidth));
    std::string bar;
    for (int i = 0; i < kBarWidth; ++i)
        bar += i < full ? "█" : "░";
    const std::string line = fmt::format("{} {} {}/{}{}", m_name, bar, m_done, m_batches, figures());
    drawProgress(elided(line, terminalWidth() - 1));
    m_drawn = true;
}

} // namespace nabiz::app
