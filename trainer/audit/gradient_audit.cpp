// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/gradient_audit.h"

#include "trainer/audit/part_names.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace nabiz::trainer {

namespace {

// What the model's definition gives no gradient: the memory is written to outside the graph, confidence is recorded and
// not used, and the decision to go another round is a comparison.
constexpr std::string_view kOutsideTheGraph[] = { "memory.address.", "memory.write.", "memory.slot_gate.",
    ".introspection.confidence.", ".introspection.decision." };

// The name up to that part's; empty when the definition lets a gradient through.
std::string partOutsideTheGraph(const std::string& name)
{
    for (const std::string_view part : kOutsideTheGraph) {
        if (const auto found = name.find(part); found != std::string::npos)
            return name.substr(0, found + part.size() - 1);
    }
    return {};
}

// The only expert is always chosen, whatever its router says.
bool isIdleRouter(const std::string& name, const ModelConfig& config)
{
    return config.experts.size() == 1 && name.find(".moe.router.") != std::string::npos;
}

void addOnce(std::vector<std::string>& parts, const std::string& part)
{
    if (std::find(parts.begin(), parts.end(), part) == parts.end())
        parts.push_back(part);
}

} // namespace

std::vector<Finding> auditGradients(const AdamW& optimizer, const ModelConfig& config)
{
    const auto& moments = optimizer.firstMoments();
    if (moments.empty())
        return {};
    const at::Tensor sizes
        = at::stack(at::_foreach_norm(moments, std::numeric_limits<double>::infinity())).to(at::kCPU, at::kDouble);
    if (sizes.count_nonzero().item<std::int64_t>() == 0)
        return {}; // the gradient scaler has left out every step so far: nothing can be told
    std::vector<std::string> dead, outside;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const std::string& name = optimizer.trained()[i].name;
        if (sizes.const_data_ptr<double>()[i] != 0 || isIdleRouter(name, config))
            continue;
        if (const std::string part = partOutsideTheGraph(name); !part.empty())
            addOnce(outside, part);
        else
            addOnce(dead, name.substr(0, name.rfind('.')));
    }

    std::vector<Finding> findings;
    const std::string steps = std::to_string(optimizer.steps());
    if (!dead.empty()) {
        findings.push_back({ "dead_parameters", FindingSeverity::Warning,
            message(NABIZ_TEXT("Message", "After %1 steps no gradient has reached %2."), steps, partNames(dead)),
            message(NABIZ_TEXT("Message",
                "What they do never touches the loss, so they stay as they began. An expert that is "
                "never chosen comes back with training.balance_in_loss=true; else take the part out "
                "of the model.")) });
    }
    if (!outside.empty()) {
        findings.push_back({ "dead_parameters", FindingSeverity::Note,
            message(NABIZ_TEXT("Message", "No gradient ever reaches %1."), partNames(outside)),
            message(NABIZ_TEXT("Message",
                "The model is defined so: it writes its memory and ends its introspection outside "
                "what is learnt. To spare these parameters set model.use_memory=false or "
                "model.use_introspection=false.")) });
    }
    if (findings.empty())
        findings.push_back(
            { "dead_parameters", FindingSeverity::Fine, message(NABIZ_TEXT("Message", "every parameter learns")), {} });
    return findings;
}

} // namespace nabiz::trainer
