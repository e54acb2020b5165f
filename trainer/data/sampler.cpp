// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/sampler.h"

#include "trainer/data/random.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace nabiz::trainer {

namespace {

constexpr std::uint64_t kValidationSeed = 73;
constexpr int kRounds = 6;

// The place of `index` in a seeded permutation of [0, size): a Feistel network over the next even number of bits,
// walked until it lands inside. At most four times the size, so few walks are longer than a handful.
std::uint64_t permuted(std::uint64_t index, std::uint64_t size, std::uint64_t seed)
{
    const int half = std::max(1, (static_cast<int>(std::bit_width(size - 1)) + 1) / 2);
    const std::uint64_t mask = (1ULL << half) - 1;
    do {
        std::uint64_t left = index >> half;
        std::uint64_t right = index & mask;
        for (int round = 0; round < kRounds; ++round) {
            const std::uint64_t next = left ^ (mix(seed + static_cast<std::uint64_t>(round), right) & mask);
            left = right;
            right = next;
        }
        index = left << half | right;
    } while (index >= size);
    return index;
}

// One row: the sample cut at the row's length, then padding. Returns its targets that are not padding.
std::int64_t fillRow(std::span<const std::uint8_t> text, Line sample, std::span<std::uint8_t> row)
{
    const std::size_t length = std::min<std::size_t>(sample.length, row.size());
    const auto source = text.subspan(sample.offset, length);
    std::copy(source.begin(), source.end(), row.begin());
    std::fill(row.begin() + static_cast<std::ptrdiff_t>(length), row.end(), std::uint8_t { 0 });
    return static_cast<std::int64_t>(row.size()) - 1 - std::count(row.begin() + 1, row.end(), std::uint8_t { 0 });
}

std::uint64_t rowsIn(std::span<const std::uint8_t> ids, std::uint64_t length)
{
    if (ids.empty() || ids.size() % length != 0)
        throw std::invalid_argument("ids must hold whole samples");
    return ids.size() / length;
}

} // namespace

Sampler::Sampler(const Dataset& dataset, const Config& config, std::uint64_t seed)
    : m_dataset(&dataset)
    , m_length(static_cast<std::uint64_t>(config.integer("model.max_seq_len")))
    , m_lines(config.text("data.sampling") == "line")
{
    m_state.seed = seed;
    beginEpoch();
}

void Sampler::beginEpoch()
{
    if (m_lines) {
        m_samples = m_dataset->trainingLines().size();
        return;
    }
    const std::uint64_t size = m_dataset->training().size();
    const std::uint64_t phases = std::min(m_length, size - m_length + 1);
    m_phase = Random(mix(m_state.seed, m_state.epoch)).below(phases);
    m_samples = (size - m_phase) / m_length;
}

std::int64_t Sampler::next(std::span<std::uint8_t> ids)
{
    std::int64_t targets = 0;
    for (std::uint64_t row = 0, rows = rowsIn(ids, m_length); row < rows; ++row) {
        if (m_state.position == m_samples) {
            ++m_state.epoch;
            m_state.position = 0;
            beginEpoch();
        }
        const std::uint64_t seed = mix(mix(m_state.seed), m_state.epoch);
        const std::uint64_t index = permuted(m_state.position++, m_samples, seed);
        const Line sample = m_lines ? m_dataset->trainingLines()[index] : Line { m_phase + index * m_length, m_length };
        targets += fillRow(m_dataset->training(), sample, ids.subspan(row * m_length, m_length));
    }
    return targets;
}

void Sampler::restore(const State& state)
{
    m_state = state;
    beginEpoch();
    if (m_state.position > m_samples)
        throw std::invalid_argument("the state belongs to another text");
}

ValidationSet::ValidationSet(const Dataset& dataset, const Config& config)
    : m_dataset(&dataset)
    , m_length(static_cast<std::uint64_t>(config.integer("model.max_seq_len")))
    , m_rows(config.integer("training.batch_size"))
{
    const bool lines = config.text("data.sampling") == "line";
    const bool anywhere = config.text("data.split") == "sample" && config.text("data.val_path").empty();
    const std::uint64_t size = dataset.validation().size();
    const std::uint64_t there = lines ? dataset.validationLines().size() : size / m_length;
    const auto rows = static_cast<std::uint64_t>(m_rows);
    const auto wanted = rows * static_cast<std::uint64_t>(config.integer("training.eval_batches"));
    std::uint64_t count = wanted == 0 ? there : std::min(there, wanted);
    if (count > rows)
        count -= count % rows; // whole batches where there is enough for one
    Random random(kValidationSeed);
    for (std::uint64_t i = 0; i < count; ++i) {
        if (lines)
            m_samples.push_back(dataset.validationLines()[i * there / count]);
        else if (anywhere)
            m_samples.push_back({ random.below(size - m_length + 1), m_length });
        else
            m_samples.push_back({ count > 1 ? i * (size - m_length) / (count - 1) : 0, m_length });
    }
    m_batches = static_cast<std::int64_t>((count + rows - 1) / rows);
}

std::int64_t ValidationSet::batch(std::int64_t index, std::span<std::uint8_t> ids) const
{
    if (index < 0 || index >= m_batches || rowsIn(ids, m_length) != static_cast<std::uint64_t>(m_rows))
        throw std::invalid_argument("no such validation batch");
    std::int64_t targets = 0;
    for (std::int64_t row = 0; row < m_rows; ++row) {
        const auto number = static_cast<std::size_t>(index * m_rows + row);
        const auto target = ids.subspan(static_cast<std::size_t>(row) * m_length, m_length);
        const Line sample = number < m_samples.size() ? m_samples[number] : Line { 0, 0 };
        targets += fillRow(m_dataset->validation(), sample, target);
    }
    return targets;
}

} // namespace nabiz::trainer
