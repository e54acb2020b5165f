// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/comparison_warnings.h"

#include "storage/records/run_clock.h"
#include "ui/analysis/comparability.h"
#include "ui/analysis/seed_groups.h"

#include <algorithm>
#include <functional>

namespace nabiz::ui {
namespace {

using Run = ComparedRun;

// Other samples, of another text or of the same.
bool otherValidation(const Run& one, const Run& other)
{
    return hasOtherValidationText(one, other) || hasOtherSamples(one, other);
}

bool otherSeed(const Run& one, const Run& other)
{
    const std::string a = one.parameter(kSeedKey), b = other.parameter(kSeedKey);
    return !a.empty() && !b.empty() && a != b;
}

bool isUnfinished(const Run& run)
{
    const storage::RunStatus status = run.overview->run.status;
    return status != storage::RunStatus::Finished && status != storage::RunStatus::Reference;
}

} // namespace

std::vector<RunWarning> comparisonWarnings(const std::vector<ComparedEntry>& entries)
{
    std::vector<RunWarning> warnings;
    if (entries.empty() || entries.front().members.empty()) {
        return warnings;
    }
    const Run& baseline = entries.front().members.front();
    const bool single = std::none_of(entries.begin(), entries.end(), [](const auto& entry) { return entry.isGroup(); });
    const auto add = [&](ComparisonWarning kind, const std::function<bool(const Run&)>& is) {
        RunWarning warning { kind, {} };
        for (const ComparedEntry& entry : entries) {
            for (const Run& run : entry.members) {
                if (is(run)) {
                    warning.runs.push_back(run.overview->run.name);
                }
            }
        }
        if (!warning.runs.empty()) {
            warnings.push_back(std::move(warning));
        }
    };
    add(ComparisonWarning::OtherData, [&](const Run& run) { return hasOtherText(baseline, run); });
    add(ComparisonWarning::OtherValidation, [&](const Run& run) { return otherValidation(baseline, run); });
    if (single) {
        add(ComparisonWarning::OtherSeed, [&](const Run& run) { return otherSeed(baseline, run); });
    }
    add(ComparisonWarning::NotFinished, isUnfinished);
    add(ComparisonWarning::WentOn,
        [](const Run& run) { return run.overview->run.facts.contains(storage::kTimeStretches); });
    add(ComparisonWarning::Reference,
        [](const Run& run) { return run.overview->run.status == storage::RunStatus::Reference; });
    add(ComparisonWarning::Imported, [](const Run& run) {
        return run.overview->run.source != "nabiz" && run.overview->run.status != storage::RunStatus::Reference;
    });
    return warnings;
}

} // namespace nabiz::ui
