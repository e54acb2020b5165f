// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/reference_run.h"

#include "app/run/run_name.h"
#include "trainer/base/value.h"
#include "trainer/config/parameters/metric_table.h"

#include <algorithm>
#include <map>

namespace nabiz::app {

storage::RunId keepReference(
    storage::Recorder& recorder, const PublishedPage& page, const std::string& name, std::string_view text)
{
    storage::Run run { .name = name, .status = storage::RunStatus::Reference, .source = "page", .texts = page.texts };
    run.texts["page"] = text;
    for (const PublishedMemory& memory : page.memory)
        run.facts.emplace(kReferenceMemory + memory.kind, trainer::toText(memory.bytes));
    std::vector<storage::Parameter> parameters;
    for (const PublishedSetting& setting : page.settings) {
        parameters.push_back({ setting.key, setting.value, {} });
        if (setting.key == "training.seed")
            run.seed = std::strtoll(setting.value.c_str(), nullptr, 10);
    }
    const storage::RunId id = recorder.addRun(run, parameters, freeRunName());

    std::vector<storage::Metric> metrics;
    std::map<std::string, std::uint16_t> numbers;
    for (const PublishedPoint& point : page.points) {
        if (!numbers.emplace(point.metric, static_cast<std::uint16_t>(numbers.size())).second)
            continue;
        const trainer::MetricRow* row = trainer::findMetric(point.metric);
        metrics.push_back({ 0, point.metric, row ? std::string(row->unit) : std::string() });
    }
    if (!metrics.empty()) {
        const auto stream = recorder.openStream(id, metrics);
        for (auto point = page.points.begin(); point != page.points.end();) {
            std::vector<std::uint16_t> which;
            std::vector<double> values;
            const auto batch = point->batch;
            for (; point != page.points.end() && point->batch == batch; ++point) {
                which.push_back(numbers[point->metric]);
                values.push_back(point->value);
            }
            stream->append(batch, 0, which, values); // a page gives no times
        }
    }
    if (!metrics.empty())
        recorder.closeStream(id);
    recorder.flush();
    return id;
}

} // namespace nabiz::app
