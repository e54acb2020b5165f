// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/language/decoder_config.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

namespace nabiz::trainer {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t kLargestSize = 1 << 20;
constexpr std::int64_t kMostLayers = 1000;

// Reads one file's keys; the first that is wrong ends it.
class Reader {
public:
    Reader(const Json& json, std::string file)
        : m_json(json)
        , m_file(std::move(file))
    {
    }

    std::variant<DecoderConfig, Message> read()
    {
        readArchitecture();
        m_config.hidden = size("hidden_size");
        m_config.layers = size("num_hidden_layers", {}, kMostLayers);
        m_config.heads = size("num_attention_heads");
        m_config.kvHeads = size("num_key_value_heads", m_config.heads);
        readHeadSize();
        m_config.intermediate = size("intermediate_size");
        m_config.normEpsilon = number(m_json, "rms_norm_eps", 1e-6);
        readBiases();
        readRope();
        refuseOthers();
        if (!m_problem.empty())
            return m_problem;
        return m_config;
    }

private:
    const Json& m_json;
    const std::string m_file;
    DecoderConfig m_config;
    Message m_problem;

    void fail(Message problem)
    {
        if (m_problem.empty())
            m_problem = std::move(problem);
    }

    bool has(const Json& json, const char* key) const { return json.contains(key) && !json.at(key).is_null(); }

    // nullptr where it is none.
    const Json* objectAt(const Json& json, const char* key) const
    {
        return has(json, key) && json.at(key).is_object() ? &json.at(key) : nullptr;
    }

    void wrong(const char* key, const Json& value)
    {
        fail(message(
            NABIZ_TEXT("Message", "%1: %2 cannot be %3. Take the config.json that was published with the weights."),
            m_file, key, value.dump().substr(0, 80)));
    }

    std::int64_t size(const char* key, std::optional<std::int64_t> otherwise = {}, std::int64_t largest = kLargestSize)
    {
        if (!has(m_json, key)) {
            if (!otherwise)
                fail(message(
                    NABIZ_TEXT("Message", "%1 has no %2. Take the config.json that was published with the weights."),
                    m_file, key));
            return otherwise.value_or(1);
        }
        const Json& value = m_json.at(key);
        const bool fits = value.is_number_integer() && value >= 1 && value <= largest;
        if (!fits)
            wrong(key, value);
        return fits ? value.get<std::int64_t>() : 1;
    }

    double number(const Json& json, const char* key, double otherwise)
    {
        if (!has(json, key))
            return otherwise;
        const Json& value = json.at(key);
        const bool fits = value.is_number() && std::isfinite(value.get<double>()) && value.get<double>() > 0;
        if (!fits)
            wrong(key, value);
        return fits ? value.get<double>() : otherwise;
    }

    bool flag(const char* key, bool otherwise)
    {
        if (!has(m_json, key))
            return otherwise;
        if (!m_json.at(key).is_boolean())
            wrong(key, m_json.at(key));
        return m_json.at(key) == true;
    }

    void readArchitecture()
    {
        std::string name;
        if (has(m_json, "model_type") && m_json.at("model_type").is_string())
            name = m_json.at("model_type");
        else if (has(m_json, "architectures") && m_json.at("architectures").is_array()
            && !m_json.at("architectures").empty() && m_json.at("architectures").front().is_string())
            name = m_json.at("architectures").front();
        if (name == "llama" || name == "LlamaForCausalLM")
            m_config.architecture = Architecture::Llama;
        else if (name == "qwen2" || name == "Qwen2ForCausalLM")
            m_config.architecture = Architecture::Qwen2;
        else if (name != "qwen3" && name != "Qwen3ForCausalLM")
            fail(message(NABIZ_TEXT("Message",
                             "%1 is of a model “%2”; Nabız reads llama, qwen2 and qwen3: set language.path to "
                             "such a model's folder."),
                m_file, name));
    }

    void readHeadSize()
    {
        if (m_config.heads % m_config.kvHeads != 0)
            fail(message(NABIZ_TEXT("Message",
                             "%1: num_key_value_heads (%2) must divide num_attention_heads (%3) without "
                             "remainder."),
                m_file, std::to_string(m_config.kvHeads), std::to_string(m_config.heads)));
        const bool divides = m_config.hidden % m_config.heads == 0;
        if (!has(m_json, "head_dim") && !divides)
            fail(message(NABIZ_TEXT("Message",
                             "%1 has no head_dim, and num_attention_heads (%2) does not divide hidden_size (%3)."),
                m_file, std::to_string(m_config.heads), std::to_string(m_config.hidden)));
        m_config.headSize = size("head_dim", divides ? m_config.hidden / m_config.heads : 2);
        if (m_config.headSize % 2 != 0)
            fail(message(NABIZ_TEXT("Message", "%1: head_dim must be even, and is %2."), m_file,
                std::to_string(m_config.headSize)));
    }

    void readBiases()
    {
        const bool given = flag("attention_bias", false);
        m_config.attentionBias = m_config.architecture == Architecture::Qwen2 || given;
        m_config.outputBias = m_config.architecture != Architecture::Qwen2 && given;
        m_config.innerBias = m_config.architecture == Architecture::Llama && flag("mlp_bias", false);
    }

    // Newer files gather it under rope_parameters, some of them by the kind of layer; older ones have rope_theta and
    // rope_scaling beside each other. Where both are there, the published library lets rope_scaling win, and takes
    // rope_theta from beside them where neither has it.
    void readRope()
    {
        for (const char* key : { "rope_parameters", "rope_scaling" }) {
            if (has(m_json, key) && !m_json.at(key).is_object())
                wrong(key, m_json.at(key));
        }
        const Json* gathered = objectAt(m_json, "rope_parameters");
        if (gathered && objectAt(*gathered, "full_attention"))
            gathered = objectAt(*gathered, "full_attention"); // other kinds are refused below
        const Json* const scaling = objectAt(m_json, "rope_scaling");
        const double beside = number(m_json, "rope_theta", 10000);
        m_config.ropeTheta = gathered ? number(*gathered, "rope_theta", beside) : beside;
        const Json* const used = scaling ? scaling : gathered;
        if (!used)
            return;
        m_config.ropeTheta = number(*used, "rope_theta", m_config.ropeTheta);
        readRotation(*used);
        if (scaling && gathered && !scaling->contains("rope_theta") && gathered->contains("rope_theta")
            && m_config.ropeTheta != beside)
            fail(message(
                NABIZ_TEXT("Message",
                    "%1 has both rope_parameters and rope_scaling, and they do not agree on rope_theta: take the "
                    "config.json that was published with the weights."),
                m_file));
    }

    // Of its four numbers none has a default elsewhere.
    RopeScaling stretching(const Json& rope)
    {
        for (const char* key :
            { "factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings" }) {
            if (!has(rope, key))
                fail(message(NABIZ_TEXT("Message",
                                 "%1: the rotation llama3 needs %2, which is not there. Take the config.json that was "
                                 "published with the weights."),
                    m_file, key));
        }
        const RopeScaling read { number(rope, "factor", 1), number(rope, "low_freq_factor", 1),
            number(rope, "high_freq_factor", 4), number(rope, "original_max_position_embeddings", 8192) };
        if (has(rope, "high_freq_factor") && read.highFrequency <= read.lowFrequency)
            wrong("high_freq_factor", rope.at("high_freq_factor"));
        return read;
    }

    void readRotation(const Json& rope)
    {
        const char* const key = has(rope, "rope_type") ? "rope_type" : "type";
        if (!has(rope, key)) {
            if (std::ranges::any_of(rope, [](const Json& value) { return value.is_object(); }))
                wrong("rope_parameters", rope);
            return;
        }
        const Json& type = rope.at(key);
        if (type == "llama3")
            m_config.ropeScaling = stretching(rope);
        else if (type != "default")
            fail(message(NABIZ_TEXT("Message",
                             "%1: the rotation %2 %3 is not one that Nabız computes (default, llama3): set "
                             "language.path to another model."),
                m_file, key, type.dump()));
        if (has(rope, "partial_rotary_factor") && rope.at("partial_rotary_factor") != 1)
            wrong("partial_rotary_factor", rope.at("partial_rotary_factor"));
    }

    void refuseOthers()
    {
        bool slides = flag("use_sliding_window", false) && has(m_json, "sliding_window");
        if (has(m_json, "layer_types") && m_json.at("layer_types").is_array()) {
            for (const Json& type : m_json.at("layer_types"))
                slides = slides || type != "full_attention";
        }
        if (slides)
            fail(message(NABIZ_TEXT("Message",
                             "%1 asks for attention in a sliding window, which Nabız does not compute: set "
                             "language.path to another model."),
                m_file));
        if (has(m_json, "quantization_config") && !m_json.at("quantization_config").empty()) {
            const Json& how = m_json.at("quantization_config");
            fail(message(NABIZ_TEXT("Message",
                             "%1 is of a quantized model (%2), which Nabız does not read: set language.path to the "
                             "model that it was made from, and language.dtype=int8 where memory is short."),
                m_file, how.is_object() && how.contains("quant_method") ? how.at("quant_method").dump() : "?"));
        }
        if (has(m_json, "partial_rotary_factor") && m_json.at("partial_rotary_factor") != 1)
            wrong("partial_rotary_factor", m_json.at("partial_rotary_factor"));
        if (has(m_json, "hidden_act") && m_json.at("hidden_act") != "silu")
            wrong("hidden_act", m_json.at("hidden_act"));
    }
};

} // namespace

std::variant<DecoderConfig, Message> readDecoderConfig(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf()))
        return message(NABIZ_TEXT("Message",
                           "%1 cannot be read: set language.path to the folder that holds the model's config.json "
                           "and its safetensors."),
            file.string());
    try {
        const Json json = Json::parse(text.str());
        if (!json.is_object())
            return message(
                NABIZ_TEXT("Message", "%1 is no description of a model: it is not a JSON object."), file.string());
        return Reader(json, file.string()).read();
    } catch (const Json::exception& error) {
        return message(NABIZ_TEXT("Message", "%1 is no JSON: %2"), file.string(), error.what());
    }
}

} // namespace nabiz::trainer
