// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_detail.h"

#include "storage/records/metric_aliases.h"

namespace nabiz::ui {

const RunSeries* RunDetail::find(const std::string& metric) const
{
    const RunSeries* const found = drawable(metric);
    return found && !found->isPreview() ? found : nullptr;
}

const RunSeries* RunDetail::drawable(const std::string& metric) const
{
    const auto named = [this](const std::string& name) -> const RunSeries* {
        const auto found = series.find(name);
        return found == series.end() || found->second->empty() ? nullptr : found->second.get();
    };
    const RunSeries* found = named(metric);
    for (const std::string_view alias : storage::aliasesOf(metric)) {
        found = found ? found : named(std::string(alias));
    }
    return found;
}

std::string RunDetail::parameter(const std::string& key) const
{
    for (const storage::Parameter& parameter : parameters) {
        if (parameter.key == key) {
            return parameter.value();
        }
    }
    return {};
}

double RunDetail::accumulation() const
{
    const std::string text = parameter("training.gradient_accumulation_steps");
    std::int64_t value = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || value > 1'000'000) {
            return 1;
        }
        value = value * 10 + (digit - '0');
    }
    return value < 1 ? 1.0 : static_cast<double>(value);
}

} // namespace nabiz::ui
