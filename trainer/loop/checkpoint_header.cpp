// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/checkpoint_header.h"

#include "trainer/base/train_error.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace nabiz::trainer {

namespace {

// Version 1 had neither hashes nor the gradients of a step that is not over.
constexpr int kVersion = 2;

using Json = nlohmann::ordered_json;

CheckpointHeader read(const Json& json)
{
    CheckpointHeader header;
    header.run = json.at("run");
    header.batch = json.at("batch");
    header.steps = json.at("steps");
    header.seconds = json.at("seconds");
    header.torch = json.at("torch");
    header.device = json.at("device");
    const Json& sampler = json.at("sampler");
    header.sampler = { sampler.at("seed"), sampler.at("epoch"), sampler.at("position") };
    header.dropoutSeed = json.at("dropout").at("seed");
    header.dropoutCalls = json.at("dropout").at("calls");
    header.memoryPasses = json.at("memory").at("passes");
    if (const Json& best = json.at("best"); !best.is_null())
        header.best = { best.at("batch"), best.at("val.loss"), best.at("evaluations_since") };
    for (const auto& [key, value] : json.at("config").items())
        header.config[key] = value;
    return header;
}

} // namespace

bool BestLoss::add(std::int64_t at, double value)
{
    if (std::isfinite(value) && (batch < 0 || value < loss)) {
        *this = { at, value, 0 };
        return true;
    }
    ++since;
    return false;
}

void CheckpointHeader::setConfig(const Config& applied)
{
    for (const Parameter& row : parameterTable())
        config[std::string(row.key)] = toYaml(applied.value(row.key));
}

std::string CheckpointHeader::differsIn(const Config& other) const
{
    for (const Parameter& row : parameterTable()) {
        const auto found = config.find(std::string(row.key));
        const bool shapes = row.key.starts_with("model.") && row.key != "model.init";
        if (shapes && found != config.end() && found->second != toYaml(other.value(row.key)))
            return std::string(row.key);
    }
    return {};
}

std::string toJson(const CheckpointHeader& header)
{
    const BestLoss& best = header.best;
    Json json {
        { "format", kVersion },
        { "run", header.run },
        { "batch", header.batch },
        { "batches", header.batch + 1 },
        { "steps", header.steps },
        { "seconds", header.seconds },
        { "torch", header.torch },
        { "device", header.device },
        { "sampler",
            { { "seed", header.sampler.seed }, { "epoch", header.sampler.epoch },
                { "position", header.sampler.position } } },
        { "dropout", { { "seed", header.dropoutSeed }, { "calls", header.dropoutCalls } } },
        { "memory", { { "passes", header.memoryPasses } } },
        { "best", nullptr },
        { "config", header.config },
    };
    if (best.batch >= 0)
        json["best"] = { { "batch", best.batch }, { "val.loss", best.loss }, { "evaluations_since", best.since } };
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

CheckpointHeader headerFrom(std::string_view text, const std::string& place)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("format"))
        throw TrainError(TrainErrorKind::Io,
            message(NABIZ_TEXT("Message", "The checkpoint %1 is damaged: its state.json is cut or changed."), place));
    if (json["format"] != kVersion)
        throw TrainError(TrainErrorKind::Io,
            message(NABIZ_TEXT("Message", "The checkpoint %1 is of version %2, and this Nabız reads version %3."),
                place, json["format"].dump(), std::to_string(kVersion)));
    try {
        return read(json);
    } catch (const Json::exception& error) {
        throw TrainError(TrainErrorKind::Io,
            message(NABIZ_TEXT("Message", "The checkpoint %1 is damaged: %2"), place, error.what()));
    }
}

} // namespace nabiz::trainer
