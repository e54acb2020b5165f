// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/leak_probe.h"

#include "trainer/audit/figures.h"
#include "trainer/audit/part_names.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/random.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kLength = 96; // two of the chunks in which the pairwise nets work
constexpr std::int64_t kPositions = 3; // one in each third of the sequence
// Sums in another order move a float32 by 1e-6 and a float16 by 1e-3 of its size; a leak moves it by a hundredth or
// more.
constexpr double kNoise = 2e-3;
constexpr double kNoiseFactor = 8; // over what two equal calls differ by

double largest(const at::Tensor& difference)
{
    return difference.abs().max().to(at::kDouble).item<double>();
}

at::Tensor behindChanged(
    const at::Tensor& input, std::int64_t position, at::Generator& generator, std::int64_t vocabulary)
{
    at::Tensor changed = input.clone();
    at::Tensor behind = changed.narrow(1, position + 1, input.size(1) - position - 1);
    if (input.scalar_type() == at::kLong) {
        const at::Tensor step
            = at::empty(behind.sizes(), at::kLong).random_(1, std::max<std::int64_t>(2, vocabulary), generator);
        behind.copy_((behind + step.to(input.device())) % vocabulary);
    } else {
        // Of another size than before, so that means over them move too.
        const at::Tensor other = at::empty(behind.sizes(), at::kFloat).normal_(0.5, 3, generator);
        behind.copy_(other);
    }
    return changed;
}

// An expert by its kind, too.
std::string shownName(const std::string& part, const ModelConfig& config)
{
    constexpr std::string_view kExperts = ".moe.experts.";
    const auto found = part.find(kExperts);
    if (found == std::string::npos)
        return part;
    const auto index = static_cast<std::size_t>(std::stoul(part.substr(found + kExperts.size())));
    return part + " (" + config.experts.at(index) + ")";
}

} // namespace

double movedByWhatFollows(const Probed& probed, const at::Tensor& input, std::uint64_t seed, std::int64_t vocabulary)
{
    const at::NoGradGuard guard;
    Random random(seed);
    at::Generator generator = at::detail::createCPUGenerator(seed);
    const at::Tensor before = probed(input).to(at::kDouble);
    const double size = before.std().item<double>();
    double moved = 0;
    const std::int64_t behind = input.size(1) - 1; // positions that something follows
    const std::int64_t positions = std::min(kPositions, behind);
    for (std::int64_t i = 0; i < positions; ++i) {
        const std::int64_t first = i * behind / positions, last = (i + 1) * behind / positions;
        const auto position = first + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(last - first)));
        const at::Tensor after
            = probed(behindChanged(input, position, generator, vocabulary)).to(at::kDouble).narrow(1, 0, position + 1);
        moved = std::max(moved, largest(after - before.narrow(1, 0, position + 1)));
    }
    if (!(size > 0 && moved > kNoise * size))
        return 0;
    const double noise = kNoiseFactor * largest(probed(input).to(at::kDouble) - before);
    return moved > noise ? moved / size : 0;
}

LeakResult probeLeaks(const Probed& logits, const std::vector<ModelPart>& parts, const ModelConfig& config,
    at::Device device, std::uint64_t seed, const std::stop_token& stop)
{
    const std::int64_t length = std::min(kLength, config.length - 1);
    at::Generator generator = at::detail::createCPUGenerator(seed);
    const at::Tensor ids = at::empty({ 1, length }, at::kLong).random_(0, config.vocabulary, generator).to(device);
    const at::Tensor states = at::empty({ 1, length, config.size }, at::kFloat).normal_(0, 1, generator).to(device);
    throwIfStopped(stop);
    LeakResult result { movedByWhatFollows(logits, ids, seed, config.vocabulary), {} };
    for (const ModelPart& part : parts) {
        throwIfStopped(stop);
        const auto alone = [&](const at::Tensor& input) {
            Pass pass = Pass::evaluation();
            if (part.name == "memory")
                part.run(states, pass); // so that there is something to remember, the same each time
            return part.run(input, pass);
        };
        const bool takesIds = part.name == "encoder";
        if (movedByWhatFollows(alone, takesIds ? ids : states, seed, config.vocabulary) > 0)
            result.parts.push_back(part.name);
    }
    return result;
}

Finding auditLeak(const Agiformer& model, std::uint64_t seed, const std::stop_token& stop)
{
    const auto logits = [&model](const at::Tensor& ids) {
        Pass pass = Pass::evaluation();
        if (model.config().memory)
            model(at::ones_like(ids), pass);
        return model(ids, pass).logits;
    };
    const LeakResult result = probeLeaks(logits, model.parts(), model.config(), model.device(), seed, stop);
    if (result.moved == 0 && result.parts.empty())
        return { "leak", FindingSeverity::Fine, message(NABIZ_TEXT("Message", "no leak")), {} };
    std::vector<std::string> names;
    for (const std::string& part : result.parts)
        names.push_back(shownName(part, model.config()));
    const std::string parts = partNames(names);
    Message measured = parts.empty()
        ? message(NABIZ_TEXT("Message",
                      "What the model predicts at a position moves when what follows it is changed, by %1 "
                      "times the spread of its outputs."),
              figureText(result.moved))
        : message(NABIZ_TEXT("Message",
                      "What the model predicts at a position moves when what follows it is changed, by %1 "
                      "times the spread of its outputs. What lets it through: %2."),
              figureText(result.moved), parts);
    return { "leak", FindingSeverity::Warning, std::move(measured),
        model.config().causal ? message(NABIZ_TEXT("Message",
                                    "The model can copy the byte it is asked for, although model.causal is true: that "
                                    "is a defect of the part named. Take it out, and report it."))
                              : message(NABIZ_TEXT("Message",
                                    "The model can copy the byte it is asked for, so its loss says little about what "
                                    "it has learnt. Set model.causal=true.")) };
}

} // namespace nabiz::trainer
