// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/language/decoder_config.h"

#include "trainer/config/parameters/stand_in.h"

namespace nabiz::trainer {

namespace {

// Its memory is known before it has been fetched.
constexpr std::string_view kKnownModel = "Qwen/Qwen3-0.6B";
constexpr const char* kKnownShape = "qwen3-0.6b";

std::int64_t product(const std::vector<std::int64_t>& shape)
{
    std::int64_t result = 1;
    for (const std::int64_t size : shape)
        result *= size;
    return result;
}

} // namespace

std::vector<DecoderTensor> DecoderConfig::tensors() const
{
    std::vector<DecoderTensor> result;
    const std::int64_t query = heads * headSize, key = kvHeads * headSize;
    for (std::int64_t i = 0; i < layers; ++i) {
        const std::string layer = "layers." + std::to_string(i);
        const auto add = [&](const char* tail, std::vector<std::int64_t> shape) {
            result.push_back({ layer + tail, std::move(shape) });
        };
        const auto linear = [&](const std::string& name, std::int64_t outputs, std::int64_t inputs, bool bias) {
            add((name + ".weight").c_str(), { outputs, inputs });
            if (bias)
                add((name + ".bias").c_str(), { outputs });
        };
        add(".input_layernorm.weight", { hidden });
        linear(".self_attn.q_proj", query, hidden, attentionBias);
        linear(".self_attn.k_proj", key, hidden, attentionBias);
        linear(".self_attn.v_proj", key, hidden, attentionBias);
        linear(".self_attn.o_proj", hidden, query, outputBias);
        if (normsHeads()) {
            add(".self_attn.q_norm.weight", { headSize });
            add(".self_attn.k_norm.weight", { headSize });
        }
        add(".post_attention_layernorm.weight", { hidden });
        linear(".mlp.gate_proj", intermediate, hidden, innerBias);
        linear(".mlp.up_proj", intermediate, hidden, innerBias);
        linear(".mlp.down_proj", hidden, intermediate, innerBias);
    }
    result.push_back({ "norm.weight", { hidden } });
    return result;
}

std::int64_t DecoderConfig::weights() const
{
    std::int64_t sum = 0;
    for (const DecoderTensor& tensor : tensors())
        sum += product(tensor.shape);
    return sum;
}

Message notInCache(const ModelName& name)
{
    return message(
        NABIZ_TEXT("Message", "The weights %1 are not in the cache %2: fetch them with `nabiz weights get %1`."),
        name.text(), hubCache().string());
}

std::variant<DecoderConfig, Message> decoderConfigOf(const Config& settings)
{
    std::string standIn = settings.text("language.stand_in");
    if (const std::string& path = settings.text("language.path"); !path.empty()) {
        const std::filesystem::path file = languageFolder(path) / "config.json";
        const auto name = parseModelName(path);
        std::error_code error;
        if (!name || std::filesystem::exists(file.parent_path(), error))
            return readDecoderConfig(file);
        if (name->repo != kKnownModel)
            return notInCache(*name);
        standIn = kKnownShape;
    }
    const auto parsed = parseStandIn(standIn);
    if (const Message* const reason = std::get_if<Message>(&parsed))
        return *reason;
    const StandIn& shape = std::get<StandIn>(parsed);
    DecoderConfig config;
    config.hidden = shape.hidden;
    config.layers = shape.layers;
    config.heads = shape.heads;
    config.kvHeads = shape.kvHeads;
    config.headSize = shape.headDim;
    config.intermediate = shape.intermediate;
    config.ropeTheta = shape.ropeTheta;
    config.normEpsilon = shape.normEpsilon;
    return config;
}

} // namespace nabiz::trainer
