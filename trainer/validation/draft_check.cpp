// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/validation/draft_check.h"

#include "trainer/data/cancelled.h"
#include "trainer/language/decoder_files.h"
#include "trainer/validation/validation.h"

#include <algorithm>
#include <exception>

namespace nabiz::trainer {

DraftCheck checkDraft(const Config& config, const Machine& machine, std::stop_token stop)
{
    DraftCheck result;
    try {
        result.problems = validateData(config, stop);
        result.missingModel = missingModel(config);
        throwIfStopped(stop);
        result.estimate = estimateMemory(config, machine);
    } catch (const Cancelled&) {
        return {}; // whoever asked no longer wants it
    } catch (const std::exception& error) {
        result.problems.push_back({ .key = "data.train_path",
            .message = message(NABIZ_TEXT("Message", "The settings cannot be checked: %1."), error.what()) });
    }
    return result;
}

bool sameOnDisk(const Config& a, const Config& b)
{
    const auto changes = differences(a, b);
    return std::ranges::none_of(changes, [](const Difference& change) {
        return change.key.starts_with("data.") || change.key.starts_with("language.") || change.key == "model.init"
            || change.key == "model.max_seq_len" || change.key == "model.expert_types";
    });
}

} // namespace nabiz::trainer
