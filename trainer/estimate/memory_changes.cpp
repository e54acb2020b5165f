// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_changes.h"

#include <algorithm>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr double kNotable = 0.9; // a suggestion leaves at most this much of the total
constexpr std::int64_t kLengthFloor = 64;
constexpr std::int64_t kShortest = 8; // where memory has run out already
constexpr double kMargin = 0.9; // of a limit that was met with

using Changes = std::vector<std::pair<std::string, Value>>;

// What could be changed for memory's sake, each further than the one before it, by kind.
class Changer {
public:
    explicit Changer(const Config& config, bool gpu)
        : m_config(config)
        , m_gpu(gpu)
        , m_hasLanguage(std::ranges::count(config.list("model.expert_types"), "language") > 0)
    {
    }

    std::vector<std::vector<Changes>> all(std::int64_t shortest) const
    {
        return { shared(), checkpoints(), batches(), languageTypes(), lengths(shortest) };
    }

    std::vector<Changes> shared() const
    {
        if (!m_hasLanguage || m_config.text("language.sharing") != "per_expert")
            return {};
        return { { { "language.sharing", std::string("shared") } } };
    }

    std::vector<Changes> checkpoints() const
    {
        if (m_config.boolean("training.use_gradient_checkpointing"))
            return {};
        return { { { "training.use_gradient_checkpointing", true } } };
    }

    // By whole divisors, the samples of a step kept.
    std::vector<Changes> batches() const
    {
        const std::int64_t batch = m_config.integer("training.batch_size");
        const std::int64_t steps = m_config.integer("training.gradient_accumulation_steps");
        std::vector<Changes> result;
        for (std::int64_t size = batch / 2; size >= 1; --size) {
            if (batch % size == 0 && size % ranksOf(m_config) == 0)
                result.push_back({ { "training.batch_size", size },
                    { "training.gradient_accumulation_steps", steps * (batch / size) } });
        }
        return result;
    }

    std::vector<Changes> languageTypes() const
    {
        std::vector<Changes> result;
        const int held = m_hasLanguage ? widthOf(m_config.text("language.dtype"), m_gpu) : 1;
        if (held > 2)
            result.push_back({ { "language.dtype", std::string("float16") } });
        if (held > 1)
            result.push_back({ { "language.dtype", std::string("int8") } });
        return result;
    }

    std::vector<Changes> lengths(std::int64_t shortest) const
    {
        std::vector<Changes> result;
        for (std::int64_t length = m_config.integer("model.max_seq_len") / 2; length >= shortest; length /= 2)
            result.push_back({ { "model.max_seq_len", length } });
        return result;
    }

private:
    const Config& m_config;
    const bool m_gpu;
    const bool m_hasLanguage;
};

std::int64_t totalWith(Config config, const Place& place, const Changes& changes)
{
    for (const auto& [key, value] : changes)
        config.set(key, value);
    return count(config, place).parts.total();
}

class Suggester {
public:
    Suggester(const Config& config, const Place& place, std::int64_t total)
        : m_config(config)
        , m_place(place)
        , m_total(total)
    {
    }

    std::vector<MemorySuggestion> suggestions(bool isNeeded)
    {
        const Changer changer(m_config, m_place.gpu);
        for (const auto& changes : changer.shared())
            consider(changes);
        if (!isNeeded)
            return std::move(m_result);
        considerUntilItFits(changer.checkpoints());
        considerUntilItFits(changer.batches());
        for (const auto& changes : changer.languageTypes())
            consider(changes);
        considerUntilItFits(changer.lengths(kLengthFloor));
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

    void consider(const Changes& changes) { add(changes, totalWith(m_config, m_place, changes)); }

    // The first that fits, or else the furthest.
    void considerUntilItFits(const std::vector<Changes>& further)
    {
        for (const Changes& changes : further) {
            const std::int64_t total = totalWith(m_config, m_place, changes);
            if (total <= m_place.usable || &changes == &further.back())
                return add(changes, total);
        }
    }

    void add(const Changes& changes, std::int64_t total)
    {
        if (static_cast<double>(total) <= kNotable * static_cast<double>(m_total))
            m_result.push_back({ changes, total });
    }
};

// Of settings with which memory has run out.
class Rescuer {
public:
    Rescuer(const Config& config, const Machine& machine, std::int64_t needed, std::int64_t limit)
        : m_config(config)
        , m_place(placeOf(config, machine))
        , m_predicted(count(config, m_place).parts.total())
        , m_raise(
              std::max(1.0, static_cast<double>(needed) / static_cast<double>(std::max<std::int64_t>(1, m_predicted))))
        , m_limit(limit)
    {
    }

    std::vector<MemorySuggestion> changes()
    {
        const auto kinds = Changer(m_config, m_place.gpu).all(kShortest);
        for (const auto& further : kinds)
            tryEach(further);
        // One alone is too little: all of what was tried, as far as it goes, a kind after the other.
        Changes together;
        for (std::size_t i = 0; i < kinds.size() && m_fitting.empty(); ++i) {
            for (const Changes& changes : kinds[i]) {
                Changes both = together;
                both.insert(both.end(), changes.begin(), changes.end());
                tryOne(both);
                if (!m_fitting.empty() || &changes == &kinds[i].back()) {
                    together = std::move(both);
                    break;
                }
            }
        }
        if (m_fitting.empty() && m_least)
            m_fitting.push_back(*m_least);
        return std::move(m_fitting);
    }

private:
    const Config& m_config;
    const Place m_place;
    const std::int64_t m_predicted;
    const double m_raise;
    const std::int64_t m_limit;
    std::vector<MemorySuggestion> m_fitting;
    std::optional<MemorySuggestion> m_least;

    void tryEach(const std::vector<Changes>& further)
    {
        for (const Changes& changes : further) {
            if (tryOne(changes))
                return;
        }
    }

    bool tryOne(const Changes& changes)
    {
        const std::int64_t predicted = totalWith(m_config, m_place, changes);
        MemorySuggestion one { changes, static_cast<std::int64_t>(m_raise * static_cast<double>(predicted)) };
        if (predicted >= m_predicted)
            return false;
        if (!m_least || one.totalBytes < m_least->totalBytes)
            m_least = one;
        if (static_cast<double>(one.totalBytes) > kMargin * static_cast<double>(m_limit))
            return false;
        m_fitting.push_back(std::move(one));
        return true;
    }
};

} // namespace

std::vector<MemorySuggestion> suggestionsFor(
    const Config& config, const Place& place, std::int64_t total, bool isNeeded)
{
    return Suggester(config, place, total).suggestions(isNeeded);
}

std::vector<MemorySuggestion> changesThatFit(
    const Config& config, const Machine& machine, std::int64_t needed, std::int64_t limit)
{
    if (!isCountable(config))
        return {};
    return Rescuer(config, machine, needed, limit).changes();
}

} // namespace nabiz::trainer
