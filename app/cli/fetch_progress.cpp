// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fetch_progress.h"

#include "app/cli/console.h"
#include "app/run/terminal_text.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <utility>

namespace nabiz::app {

namespace {

constexpr auto kDrawn = std::chrono::milliseconds(100); // between two bars
constexpr int kBarWidth = 20;
constexpr std::size_t kLineWidth = 79;

std::string figures(const FetchProgress& progress)
{
    std::string text = fmt::format(
        "{} of {}", bytesText(static_cast<double>(progress.done)), bytesText(static_cast<double>(progress.total)));
    if (progress.bytesPerSecond > 0)
        text += fmt::format("  {}/s", bytesText(progress.bytesPerSecond));
    if (progress.secondsLeft && progress.done < progress.total)
        text += fmt::format("  {} left", durationText(*progress.secondsLeft));
    return text;
}

} // namespace

void FetchProgressLine::show(const FetchProgress& progress)
{
    if (progress.total <= 0)
        return;
    const double part = static_cast<double>(progress.done) / static_cast<double>(progress.total);
    if (!m_terminal) {
        const int tenths = static_cast<int>(part * 10);
        if (tenths > std::exchange(m_tenths, std::max(m_tenths, tenths)))
            logLine(progress.file + "  " + figures(progress));
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (m_drawn && now - m_shown < kDrawn)
        return;
    m_shown = now;
    std::string bar;
    for (int i = 0; i < kBarWidth; ++i)
        bar += i < part * kBarWidth ? "█" : "░";
    drawProgress(elided(bar + ' ' + figures(progress) + "  " + progress.file, kLineWidth));
    m_drawn = true;
}

void FetchProgressLine::say(const trainer::Message& message)
{
    finish();
    logLine(message.english());
}

void FetchProgressLine::finish()
{
    if (std::exchange(m_drawn, false))
        clearProgress();
}

} // namespace nabiz::app
