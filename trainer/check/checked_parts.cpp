// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/check/checked_parts.h"

#include "trainer/check/small_models.h"
#include "trainer/model/layers/autocast.h"
#include "trainer/optim/adamw.h"
#include "trainer/optim/grad_scaler.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace nabiz::trainer {

namespace {

// Keep float16 gradients in range, as training's scaler does: of a part's output, and of a mean loss.
constexpr double kPartScale = 32;
constexpr double kLossScale = 8192;
constexpr std::int64_t kPassesBeforeWrite = 9; // the memory is written to in every tenth pass

// With the same masks each time: a CPU's come from the pass, a GPU's from its generator.
Pass makePass(at::Device device, const Manner& manner)
{
    if (!device.is_cpu()) {
        at::Generator generator = at::globalContext().defaultGenerator(device);
        generator.set_current_seed(kCheckSeed);
    }
    Pass pass = Pass::training(manner.dropout, kCheckSeed);
    pass.setAutocast(manner.autocast).setCheckpointing(manner.checkpointing);
    pass.memory().passes = kPassesBeforeWrite;
    return pass;
}

// The memory reads what the batch before has left.
int batchesFor(const ModelConfig& config)
{
    return config.memory ? 2 : 1;
}

void addSlots(Computed& computed, const Agiformer& model)
{
    for (const NamedTensor& entry : model.weights().all()) {
        if (entry.name == "memory.slots")
            computed.outputs.push_back(Computed::copied(entry.name, entry.tensor));
    }
}

Computed computePart(
    const ModelConfig& config, const std::string& name, bool corrects, at::Device device, const Manner& manner)
{
    const auto model = makeSmallModel(config, corrects, manner.held, device);
    const std::vector<ModelPart> parts = model->parts();
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const auto& each) { return each.name == name; });
    if (part == parts.end())
        throw std::logic_error("no part " + name);
    Draws draws(kCheckSeed + 1, device);
    Pass pass = makePass(device, manner);
    Computed computed;
    std::vector<NamedTensor> leaves = model->weights().all();
    for (int batch = 0; batch < batchesFor(config); ++batch) {
        at::Tensor input = name == "encoder" ? draws.ids(config.vocabulary)
                                             : draws.normal({ kCheckSamples, kCheckLength, config.size });
        if (input.is_floating_point())
            leaves.push_back({ "input", input.set_requires_grad(true) });
        const at::Tensor output = [&] {
            const Autocast autocast(device.type(), pass.autocast()); // ends before the backward pass, as in training
            return part->run(input, pass).to(at::kFloat);
        }();
        computed.outputs.push_back(Computed::copied("output", output));
        (output * draws.normal(output.sizes()) * kPartScale).sum().backward();
    }
    addSlots(computed, *model);
    computed.addGradients(leaves);
    return computed;
}

Computed computeWhole(const ModelConfig& config, bool corrects, at::Device device, const Manner& manner)
{
    const auto model = makeSmallModel(config, corrects, manner.held, device);
    Draws draws(kCheckSeed + 1, device);
    Pass pass = makePass(device, manner);
    Computed computed;
    for (int batch = 0; batch < batchesFor(config); ++batch) {
        const at::Tensor ids = draws.ids(config.vocabulary);
        const ModelOutput output = (*model)(ids, pass);
        const at::Tensor loss = lossOf(output.logits, ids.roll(-1, 1)) + output.balance;
        computed.outputs.push_back(Computed::copied("logits", output.logits));
        computed.outputs.push_back(Computed::copied("loss", loss));
        (loss * kLossScale).backward();
    }
    addSlots(computed, *model);
    computed.addGradients(model->weights().all());
    return computed;
}

Computed computeDecoder(Architecture architecture, at::Device device, const Manner& manner)
{
    const DecoderConfig config = smallDecoder(architecture);
    const auto decoder = makeSmallDecoder(config, manner.held, device);
    Draws draws(kCheckSeed + 1, device);
    const at::Tensor input = draws.normal({ kCheckSamples, kCheckLength, config.hidden }).set_requires_grad(true);
    const at::Tensor output = (*decoder)(input).to(at::kFloat);
    (output * draws.normal(output.sizes()) * kPartScale).sum().backward();
    Computed computed;
    computed.outputs.push_back(Computed::copied("output", output));
    computed.addGradients({ { "input", input } });
    return computed;
}

// Four steps as training takes them, gradients scaled and clipped; the second overflows and is left out.
Computed computeOptimizer(at::Device device)
{
    Draws draws(kCheckSeed, device);
    std::vector<NamedTensor> trained;
    for (const std::int64_t size : { 1, 1000, 65537 })
        trained.push_back({ "weights " + std::to_string(size), draws.normal({ size }).set_requires_grad(true) });
    AdamW optimizer(trained, {});
    GradScaler scaler(true, device);
    Computed computed;
    for (int step = 0; step < 4; ++step) {
        for (const NamedTensor& entry : trained)
            entry.tensor.mutable_grad() = scaler.scaled(draws.normal(entry.tensor.sizes()));
        if (step == 1)
            trained[1].tensor.mutable_grad()[500].fill_(std::numeric_limits<float>::infinity());
        scaler.unscale(optimizer.gradients());
        const at::Tensor norm = optimizer.clip(1.0);
        if (step != 1) {
            computed.outputs.push_back(Computed::copied("norm", norm));
            computed.addGradients(trained);
        }
        optimizer.step(1e-2, scaler.overflow());
        scaler.update();
        computed.outputs.push_back(Computed::copied("scale", scaler.scale()));
    }
    for (const NamedTensor& entry : trained)
        computed.outputs.push_back(Computed::copied(entry.name, entry.tensor));
    return computed;
}

class List {
public:
    void part(const std::string& title, const ModelConfig& config, const std::string& name, bool corrects = true)
    {
        m_parts.push_back({ title, CheckedPart::Kind::Part, config.hasLanguage(), config.linearAttention,
            [=](at::Device device, const Manner& manner) {
                return computePart(config, name, corrects, device, manner);
            } });
    }
    void whole(const std::string& title, const ModelConfig& config, bool corrects = true)
    {
        m_parts.push_back({ title, CheckedPart::Kind::Whole, config.hasLanguage(), config.linearAttention,
            [=](at::Device device, const Manner& manner) { return computeWhole(config, corrects, device, manner); } });
    }
    void add(CheckedPart part) { m_parts.push_back(std::move(part)); }
    std::vector<CheckedPart> take() { return std::move(m_parts); }

private:
    std::vector<CheckedPart> m_parts;
};

void addWholeModels(List& list, bool causal, const std::string& order)
{
    list.whole("model of standard and language" + order, smallModel(causal, { "standard", "language" }, 2));
    ModelConfig config = smallModel(causal, { "language" }, 2);
    config.gradientThroughLanguage = true;
    list.whole("model with a gradient through language" + order, config);
    config = smallModel(causal, { "logic", "causal" }, 2);
    config.linearAttention = true;
    config.memory = true;
    list.whole("model with linear attention and memory" + order, config);
    config = smallModel(causal, { "standard", "language", "logic", "spatial", "causal" }, 3);
    config.memory = true;
    config.introspection = true;
    list.whole("model of everything" + order, config);
}

} // namespace

std::vector<CheckedPart> checkedParts(bool causal)
{
    const std::string order = causal ? ", causal" : ", as published";
    const ModelConfig plain = smallModel(causal, { "standard" });
    List list;
    list.part("encoder" + order, plain, "encoder");
    list.part("attention" + order, plain, "blocks.0.attn");
    ModelConfig config = plain;
    config.linearAttention = true;
    list.part("linear attention" + order, config, "blocks.0.attn");
    for (const char* kind : { "logic", "spatial", "causal" })
        list.part(std::string(kind) + " expert" + order, smallModel(causal, { kind }), "blocks.0.moe.experts.0");
    config = plain;
    config.introspection = true;
    list.part("introspection that corrects" + order, config, "blocks.0.introspection", true);
    list.part("introspection that does not" + order, config, "blocks.0.introspection", false);
    addWholeModels(list, causal, order);
    return list.take();
}

std::vector<CheckedPart> checkedPartsWithoutOrder()
{
    const ModelConfig plain = smallModel(true, { "standard" });
    List list;
    list.part("router", plain, "blocks.0.moe.router");
    list.part("standard expert", plain, "blocks.0.moe.experts.0");
    ModelConfig config = smallModel(true, { "language" });
    list.part("language expert", config, "blocks.0.moe.experts.0");
    config.gradientThroughLanguage = true;
    list.part("language expert with a gradient through it", config, "blocks.0.moe.experts.0");
    config = plain;
    config.memory = true;
    list.part("memory", config, "memory");
    list.part("head", plain, "head");
    for (const auto& [name, architecture] : { std::pair("Qwen3", Architecture::Qwen3), { "Qwen2", Architecture::Qwen2 },
             { "Llama", Architecture::Llama } }) {
        list.add({ std::string("decoder, ") + name, CheckedPart::Kind::Decoder, true, false,
            [architecture](
                at::Device device, const Manner& manner) { return computeDecoder(architecture, device, manner); } });
    }
    list.add({ "optimizer", CheckedPart::Kind::Optimizer, false, false,
        [](at::Device device, const Manner&) { return computeOptimizer(device); } });
    return list.take();
}

} // namespace nabiz::trainer
