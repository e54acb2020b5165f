// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/not_yet.h"

#include <algorithm>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::pair<const char*, const char*> kSwitches[] = {
    { "training.use_amp",
        NABIZ_TEXT("Message", "Mixed precision (training.use_amp) is not in this version of Nabız yet.") },
    { "training.use_gradient_checkpointing",
        NABIZ_TEXT("Message", "Gradient checkpointing is not in this version of Nabız yet.") },
    { "model.use_memory", NABIZ_TEXT("Message", "The memory (model.use_memory) is not in this version of Nabız yet.") },
    { "model.use_introspection", NABIZ_TEXT("Message", "Introspection is not in this version of Nabız yet.") },
    { "model.use_linear_attention", NABIZ_TEXT("Message", "Linear attention is not in this version of Nabız yet.") },
    { "model.use_multimodal", NABIZ_TEXT("Message",
        "Training on pictures and sound is not in this version of Nabız yet.") },
};

constexpr std::string_view kExperts[] = { "logic", "spatial", "causal" };

std::optional<Problem> experts(const Config& config)
{
    std::vector<std::string> left;
    std::string missing;
    for (const std::string& type : config.list("model.expert_types")) {
        const bool absent = std::find(std::begin(kExperts), std::end(kExperts), type) != std::end(kExperts);
        if (!absent)
            left.push_back(type);
        else if (missing.find(type) == std::string::npos)
            missing += (missing.empty() ? "" : ", ") + type;
    }
    if (missing.empty())
        return std::nullopt;
    if (left.empty())
        left = { "standard" };
    Message label = message(NABIZ_TEXT("Message", "Use %1"), toYaml(left));
    return Problem { .key = "model.expert_types",
        .message = message(NABIZ_TEXT("Message", "Experts of these kinds are not in this version of Nabız yet: %1."),
            missing),
        .remedy = Remedy { "model.expert_types", std::move(left), std::move(label) } };
}

} // namespace

std::vector<Problem> notYetProblems(const Config& config)
{
    std::vector<Problem> problems;
    for (const auto& [key, text] : kSwitches) {
        if (config.boolean(key))
            problems.push_back({ .key = key, .message = message(text),
                .remedy = Remedy { key, false, message(NABIZ_TEXT("Message", "Turn off")) } });
    }
    if (auto problem = experts(config))
        problems.push_back(std::move(*problem));
    if (!config.text("language.path").empty())
        problems.push_back({ .key = "language.path",
            .message = message(NABIZ_TEXT("Message",
                "Reading language weights (language.path) is not in this version of Nabız yet; a stand-in of random weights "
                "keeps memory and speed real.")),
            .remedy = Remedy { "language.path", std::string(), message(NABIZ_TEXT("Message", "Leave empty")) } });
    if (config.text("language.dtype") == "int8")
        problems.push_back({ .key = "language.dtype",
            .message = message(NABIZ_TEXT("Message", "Weights in int8 are not in this version of Nabız yet.")),
            .remedy = Remedy { "language.dtype", std::string("auto"), message(NABIZ_TEXT("Message", "Use %1"),
                "auto") } });
    if (!config.text("model.init").empty())
        problems.push_back({ .key = "model.init",
            .message = message(NABIZ_TEXT("Message",
                "Starting from weights of a file (model.init) is not in this version of Nabız yet.")),
            .remedy = Remedy { "model.init", std::string(), message(NABIZ_TEXT("Message", "Leave empty")) } });
    return problems;
}

} // namespace nabiz::trainer
