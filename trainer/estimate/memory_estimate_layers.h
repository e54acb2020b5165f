// SPDX-License-Identifier: GPL-3.0-or-later
// The layers that the rehearsed model is made of, in sizes: the same expressions, in the same scopes, as
// trainer/model/layers, on a tape that knows what each operation of LibTorch keeps. What changes there changes here; a
// test compares the two. Free of LibTorch; one thread.
#pragma once

#include "trainer/config/parameters/model_config.h"
#include "trainer/estimate/memory_estimate_tape.h"
#include "trainer/language/decoder_config.h"

#include <optional>

namespace nabiz::trainer::rehearsal {

struct Setting {
    ModelConfig model;
    std::optional<DecoderConfig> decoder; // without: a language expert computes nothing
    int heldWidth = 4; // bytes a weight of the decoder
    std::int64_t batch = 1;
    bool checkpointing = false;
};

class Layers {
public:
    Layers(Tape& tape, const Setting& setting)
        : m_tape(tape)
        , m_setting(setting)
        , m_model(setting.model)
        , m_length(setting.model.length - 1)
        , m_rows(setting.batch * m_length)
        , m_size(setting.model.size)
        , m_states(m_rows * m_size)
    {
    }

protected:
    Sized product(Sized x, Sized weight, const Sized& bias, std::int64_t outputs);
    Sized linear(
        const std::string& name, const Sized& x, std::int64_t inputs, std::int64_t outputs, bool trained = true);
    Sized layerNorm(const std::string& name, const Sized& x);
    Sized stdNorm(const std::string& name, const Sized& x);
    Sized gelu(const Sized& x);
    Sized dropout(const Sized& x);
    Sized sum(const Sized& a, const Sized& b);
    Sized joined(const Sized& a, const Sized& b);
    Sized copied(const Sized& x, std::int64_t elements, std::int64_t gradientElements);
    Sized feedForward(const std::string& name, const Sized& x, bool dropsLast);
    Sized mlp(const std::string& name, const Sized& x, std::int64_t inputs, std::int64_t inner, std::int64_t outputs,
        bool norm, bool drops);

    Sized attention(const std::string& name, const Sized& x, bool causal);
    Sized linearAttention(const std::string& name, const Sized& x);

    Tape& m_tape;
    const Setting& m_setting;
    const ModelConfig& m_model;
    const std::int64_t m_length; // positions of a sample
    const std::int64_t m_rows; // of a batch
    const std::int64_t m_size;
    const std::int64_t m_states; // elements of (B, T, d)

private:
    Sized weighted(const Sized& qkv, bool causal);
    Sized fusedAttention(const Sized& qkv, std::int64_t elements, std::int64_t rows);
    Sized runningSums(const Sized& q, const Sized& k, const Sized& v, std::int64_t features);
};

} // namespace nabiz::trainer::rehearsal
