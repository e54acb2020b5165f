// SPDX-License-Identifier: GPL-3.0-or-later
// What the model wrote while it learned: at most five texts, spread evenly along the run, the first and the last among
// them.
#include "app/report/markdown.h"
#include "app/report/sections.h"

namespace nabiz::app {

std::string samplesSection(const ReportRun& run, const ReportText& text, int level)
{
    static constexpr std::size_t kMost = 5;
    std::vector<const storage::Event*> samples;
    for (const auto& event : run.events)
        if (event.kind == "sample")
            samples.push_back(&event);
    if (samples.empty())
        return {};

    std::string result = markdown::heading(level, text("section.samples"));
    if (samples.size() > kMost)
        result += text("samples.some", { std::to_string(kMost), std::to_string(samples.size()) }) + "\n\n";
    const auto shown = std::min(kMost, samples.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& event = *samples[shown == 1 ? 0 : i * (samples.size() - 1) / (shown - 1)];
        result += text("samples.at", { std::to_string(event.batch) }) + "\n\n";
        result += markdown::block(event.arguments.empty() ? event.text : event.arguments.front()) + "\n";
    }
    return result;
}

} // namespace nabiz::app
