// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/comparability.h"

#include <algorithm>
#include <initializer_list>

namespace nabiz::ui {
namespace {

using Run = ComparedRun;
using Names = std::initializer_list<const char*>;

// Nothing where neither has any of them.
std::optional<bool> factsDiffer(const Run& one, const Run& other, Names names)
{
    std::optional<bool> differ;
    for (const char* const name : names) {
        const auto& a = one.overview->run.facts;
        const auto& b = other.overview->run.facts;
        const auto fact = a.find(name), otherFact = b.find(name);
        if (fact != a.end() && otherFact != b.end()) {
            differ = differ.value_or(false) || fact->second != otherFact->second;
        }
    }
    return differ;
}

bool settingsDiffer(const Run& one, const Run& other, Names keys)
{
    return std::any_of(keys.begin(), keys.end(), [&](const char* key) {
        const std::string a = one.parameter(key), b = other.parameter(key);
        return !a.empty() && !b.empty() && a != b;
    });
}

// The text that validation takes, when it has none of its own, is a part of what is trained on.
bool validatesOnTrainingText(const Run& run)
{
    const std::string path = run.parameter("data.val_path");
    return path.empty() || path == "\"\"" || path == "''";
}

const std::string& unitOf(const Run& run, LossBasis basis)
{
    return basis == LossBasis::Validation ? run.validationUnit : run.lossUnit;
}

} // namespace

bool hasOtherText(const Run& one, const Run& other)
{
    return factsDiffer(one, other, { "data.hash", "data.training_bytes" })
        .value_or(settingsDiffer(one, other, { "data.train_path" }));
}

bool hasOtherValidationText(const Run& one, const Run& other)
{
    if (const auto differ = factsDiffer(one, other, { "data.val_hash" })) {
        return *differ;
    }
    const bool otherSize = factsDiffer(one, other, { "data.validation_bytes" }).value_or(false);
    const bool parts = validatesOnTrainingText(one) && validatesOnTrainingText(other);
    return otherSize
        || (parts ? hasOtherText(one, other) || settingsDiffer(one, other, { "data.val_fraction", "data.split" })
                  : settingsDiffer(one, other, { "data.val_path" }));
}

// A validation loss is the mean over eval_batches × batch_size samples of max_seq_len bytes, in a fixed order.
bool hasOtherSamples(const Run& one, const Run& other)
{
    return settingsDiffer(one, other,
        { "data.val_path", "data.val_fraction", "data.split", "data.sampling", "data.encoding", "model.max_seq_len",
            "training.eval_batches", "training.batch_size" });
}

std::optional<Obstacle> obstacleBetween(const Run& one, const Run& other, LossBasis basis)
{
    // One that says no unit may be nats a token as well as nats a byte.
    const bool haveBoth = lossSeries(one, basis) && lossSeries(other, basis);
    if (haveBoth && unitOf(one, basis) != unitOf(other, basis)) {
        return Obstacle::OtherUnit;
    }
    if (basis == LossBasis::Validation) {
        return hasOtherValidationText(one, other) ? std::optional(Obstacle::OtherValidationText) : std::nullopt;
    }
    return hasOtherText(one, other) ? std::optional(Obstacle::OtherText) : std::nullopt;
}

std::optional<Obstacle> obstacleBetween(const ComparedEntry& one, const ComparedEntry& other, LossBasis basis)
{
    for (const Run& a : one.members) {
        for (const Run& b : other.members) {
            if (const auto obstacle = obstacleBetween(a, b, basis)) {
                return obstacle;
            }
        }
    }
    return std::nullopt;
}

} // namespace nabiz::ui
