// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_estimate.h"

#include "trainer/config/presets/parameter_check.h"
#include "trainer/estimate/memory_estimate_model.h"
#include "trainer/estimate/memory_place.h"

#include <algorithm>
#include <variant>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kMegabyte = 1000000;
// cuBLAS takes its workspace once.
constexpr std::int64_t kGpuWorkspace = 8 * 1024 * 1024;
constexpr double kComfort = 0.85; // of the capacity; more than that is tight
constexpr double kNotable = 0.9; // a suggestion leaves at most this much of the total
constexpr std::int64_t kLengthFloor = 64;
constexpr double kMost = 1e18; // bytes; absurd settings would leave the range of a number

int widthOf(const std::string& dtype, bool gpu)
{
    if (dtype == "int8")
        return 1;
    if (dtype == "float32" || (dtype == "auto" && !gpu))
        return 4;
    return 2;
}

// Matrices as they are held, eight bits with a scale a row; the rest in the type of the products.
std::int64_t decoderBytes(const DecoderConfig& shape, int held, bool gpu)
{
    const int computed = gpu ? std::max(2, held) : 4;
    std::int64_t sum = 0;
    for (const DecoderTensor& tensor : shape.tensors()) {
        std::int64_t elements = 1;
        for (const std::int64_t size : tensor.shape)
            elements *= size;
        const bool isMatrix = tensor.shape.size() == 2;
        sum += elements * (isMatrix ? held : computed) + (isMatrix && held == 1 ? tensor.shape[0] * 4 : 0);
    }
    return sum;
}

struct Count {
    MemoryParts parts;
    bool isComplete = true;
    std::vector<Message> notes;
};

void addTensors(MemoryParts& parts, const rehearsal::Tape& tape, bool accumulates)
{
    for (const rehearsal::Weight& weight : tape.weights()) {
        const std::int64_t bytes = weight.elements * 4;
        parts.modelWeights += bytes;
        if (weight.leaf != rehearsal::kNone)
            parts.optimizer += 2 * bytes + 4;
        if (weight.reached)
            parts.gradients += bytes;
    }
    // When activations are most, few gradients are there yet: what a batch takes beside all of them is the rest.
    const rehearsal::Held& held = tape.held();
    const auto whole = [](double bytes) { return static_cast<std::int64_t>(std::min(bytes, kMost)); };
    std::int64_t rest = std::max<std::int64_t>(0, whole(held.peak) - (accumulates ? 0 : parts.gradients));
    const auto part = [&](rehearsal::Use use) {
        const std::int64_t bytes = std::min(rest, whole(held.atPeak[static_cast<int>(use)]));
        rest -= bytes;
        return bytes;
    };
    parts.workspace = part(rehearsal::Use::Workspace);
    parts.autocast = part(rehearsal::Use::Autocast);
    parts.activations = rest;
}

Count count(const Config& config, const Place& place)
{
    Count result;
    rehearsal::Setting setting { .model = ModelConfig::from(config), .decoder = {} };
    const std::int64_t ranks = ranksOf(config);
    setting.batch = (config.integer("training.batch_size") + ranks - 1) / ranks;
    setting.checkpointing = config.boolean("training.use_gradient_checkpointing");
    setting.heldWidth = widthOf(config.text("language.dtype"), place.gpu);
    if (setting.model.hasLanguage()) {
        auto shape = decoderConfigOf(config);
        result.isComplete = std::holds_alternative<DecoderConfig>(shape);
        if (auto* const found = std::get_if<DecoderConfig>(&shape)) {
            setting.decoder = *found;
            const auto experts = std::ranges::count(setting.model.experts, "language");
            const std::int64_t copies = setting.model.sharedLanguage ? 1 : experts * setting.model.layers;
            result.parts.languageWeights = copies * decoderBytes(*found, setting.heldWidth, place.gpu);
        } else if (config.text("language.path").empty() && config.text("language.stand_in").empty()) {
            result.notes.push_back(message(NABIZ_TEXT("Message",
                "The language model is not counted: neither language.path nor language.stand_in says what it is.")));
        } else {
            result.notes.push_back(
                message(NABIZ_TEXT("Message", "The language model is not counted: its sizes are not known.")));
            result.notes.push_back(std::get<Message>(shape));
        }
    }
    const bool asked = config.boolean("training.use_amp");
    if (asked && !place.gpu)
        result.notes.push_back(
            message(NABIZ_TEXT("Message", "Counted in float32: mixed precision (training.use_amp) needs CUDA.")));
    const bool accumulates = config.integer("training.gradient_accumulation_steps") > 1;
    rehearsal::Tape tape(place.gpu, asked && place.gpu ? 2 : 0, accumulates);
    rehearsal::Model(tape, setting).train();
    addTensors(result.parts, tape, accumulates);
    if (ranks > 1) {
        const std::int64_t buckets = result.parts.optimizer / 2; // of every trained weight
        result.parts.gradients += buckets;
        result.notes.push_back(
            message(NABIZ_TEXT("Message",
                        "Counted for one of %1 ranks: %2 samples of each batch, and %3 MB of buckets "
                        "in which gradients travel."),
                std::to_string(ranks), std::to_string(setting.batch),
                std::to_string((buckets + kMegabyte - 1) / kMegabyte)));
    }
    if (place.gpu)
        result.parts.workspace += kGpuWorkspace;
    return result;
}

// What would be refused anyway, and could not be counted.
bool isCountable(const Config& config)
{
    for (const Parameter& row : parameterTable()) {
        if (row.key.starts_with("model.") || row.key.starts_with("training.")) {
            if (!rangeProblem(row, config.value(row.key)).empty())
                return false;
        }
    }
    return config.integer("model.d_model") % config.integer("model.n_heads") == 0;
}

using Changes = std::vector<std::pair<std::string, Value>>;

class Suggester {
public:
    Suggester(const Config& config, const Place& place, std::int64_t total)
        : m_config(config)
        , m_place(place)
        , m_total(total)
    {
    }

    // What changes nothing that is learned is said in any case, the rest where it is needed.
    std::vector<MemorySuggestion> suggestions(bool isNeeded)
    {
        const bool hasLanguage = std::ranges::count(m_config.list("model.expert_types"), "language") > 0;
        if (hasLanguage && m_config.text("language.sharing") == "per_expert")
            consider({ { "language.sharing", std::string("shared") } });
        if (!isNeeded)
            return std::move(m_result);
        if (!m_config.boolean("training.use_gradient_checkpointing"))
            consider({ { "training.use_gradient_checkpointing", true } });
        smallerBatch();
        if (hasLanguage) {
            const int held = widthOf(m_config.text("language.dtype"), m_place.gpu);
            if (held > 2)
                consider({ { "language.dtype", std::string("float16") } });
            if (held > 1)
                consider({ { "language.dtype", std::string("int8") } });
        }
        shorter();
        // Those that make it fit first, in the order above.
        std::stable_partition(m_result.begin(), m_result.end(),
            [this](const MemorySuggestion& one) { return one.totalBytes <= m_place.usable; });
        return std::move(m_result);
    }

private:
    const Config& m_config;
    const Place& m_place;
    const std::int64_t m_total;
    std::vector<MemorySuggestion> m_result;

    std::int64_t totalWith(const Changes& changes) const
    {
        Config config = m_config;
        for (const auto& [key, value] : changes)
            config.set(key, value);
        return count(config, m_place).parts.total();
    }

    bool consider(const Changes& changes)
    {
        const std::int64_t total = totalWith(changes);
        if (static_cast<double>(total) <= kNotable * static_cast<double>(m_total))
            m_result.push_back({ changes, total });
        return total <= m_place.usable;
    }

    // Halved until it fits, the samples of a step kept.
    void smallerBatch()
    {
        std::int64_t batch = m_config.integer("training.batch_size");
        std::int64_t steps = m_config.integer("training.gradient_accumulation_steps");
        Changes changes;
        while (batch % 2 == 0 && batch / 2 % ranksOf(m_config) == 0) {
            batch /= 2;
            steps *= 2;
            changes = { { "training.batch_size", batch }, { "training.gradient_accumulation_steps", steps } };
            if (totalWith(changes) <= m_place.usable)
                break;
        }
        if (!changes.empty())
            consider(changes);
    }

    void shorter()
    {
        std::int64_t length = m_config.integer("model.max_seq_len");
        Changes changes;
        while (length / 2 >= kLengthFloor) {
            length /= 2;
            changes = { { "model.max_seq_len", length } };
            if (totalWith(changes) <= m_place.usable)
                break;
        }
        if (!changes.empty())
            consider(changes);
    }
};

} // namespace

std::int64_t MemoryParts::total() const
{
    return languageWeights + modelWeights + gradients + optimizer + activations + autocast + workspace;
}

const char* verdictName(MemoryVerdict verdict)
{
    switch (verdict) {
    case MemoryVerdict::Fits:
        return "fits";
    case MemoryVerdict::Tight:
        return "tight";
    case MemoryVerdict::TooLarge:
        return "too_large";
    }
    return "";
}

MemoryEstimate estimateMemory(const Config& config, const Machine& machine)
{
    const Place place = placeOf(config, machine);
    MemoryEstimate estimate;
    estimate.device = place.name;
    estimate.capacityBytes = place.capacity;
    if (!isCountable(config)) {
        estimate.isComplete = false;
        estimate.notes.push_back(
            message(NABIZ_TEXT("Message", "The settings of the model cannot be counted as they are.")));
        return estimate;
    }
    Count counted = count(config, place);
    estimate.parts = counted.parts;
    estimate.isComplete = counted.isComplete;
    estimate.notes = std::move(counted.notes);
    const std::int64_t total = estimate.totalBytes();
    if (place.capacity == 0) {
        estimate.notes.push_back(message(
            NABIZ_TEXT("Message", "This machine has no device %1 whose memory could be compared."), place.name));
        return estimate;
    }
    estimate.verdict = total > place.usable                                         ? MemoryVerdict::TooLarge
        : static_cast<double>(total) > kComfort * static_cast<double>(place.usable) ? MemoryVerdict::Tight
                                                                                    : MemoryVerdict::Fits;
    estimate.suggestions = Suggester(config, place, total).suggestions(estimate.verdict != MemoryVerdict::Fits);
    return estimate;
}

} // namespace nabiz::trainer
