// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/encoding.h"

#include "trainer/base/train_error.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/utf8.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kPiece = 1 << 20; // characters between two looks at the stop token

constexpr std::size_t kExamples = 3;

// How often each character stands in a text.
class CharacterCounts {
public:
    void add(char32_t codePoint) { ++m_counts[codePoint]; }

    Collisions collisions() const
    {
        std::array<char32_t, 256> kept;
        std::iota(kept.begin(), kept.end(), char32_t { 0 });
        for (char32_t point = 0; point < m_counts.size(); ++point) {
            if (m_counts[point] > m_counts[kept[point & 0xff]])
                kept[point & 0xff] = point;
        }
        Collisions result;
        std::vector<char32_t> lost;
        for (char32_t point = 0; point < m_counts.size(); ++point) {
            result.textCharacters += m_counts[point];
            if (m_counts[point] > 0 && kept[point & 0xff] != point) {
                result.occurrences += m_counts[point];
                lost.push_back(point);
            }
        }
        result.characters = static_cast<std::int64_t>(lost.size());
        std::stable_sort(lost.begin(), lost.end(), [&](char32_t a, char32_t b) { return m_counts[a] > m_counts[b]; });
        for (std::size_t i = 0; i < std::min(lost.size(), kExamples); ++i) {
            Collisions::Pair& pair = result.examples.emplace_back();
            appendUtf8(pair.kept, kept[lost[i] & 0xff]);
            appendUtf8(pair.lost, lost[i]);
        }
        return result;
    }

private:
    std::vector<std::uint32_t> m_counts = std::vector<std::uint32_t>(0x110000);
};

std::string hexByte(std::size_t byte)
{
    return { '0', 'x', "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15] };
}

void checkRange(const std::array<std::int64_t, 256>& counts, std::int64_t vocabulary, const std::string& path)
{
    for (std::size_t id = 256; id-- > static_cast<std::size_t>(vocabulary);) {
        if (counts[id] > 0)
            throw TrainError(TrainErrorKind::Data,
                message(NABIZ_TEXT("Message",
                            "%1 holds the byte %2 (%3), but model.vocab_size is %4. Set "
                            "model.vocab_size=256."),
                    path, std::to_string(id), hexByte(id), std::to_string(vocabulary)));
    }
}

} // namespace

Collisions encode(std::vector<std::uint8_t>& bytes, const Config& config, const std::string& path,
    std::vector<Message>& notes, const std::stop_token& stop)
{
    const bool codePoints = config.text("data.encoding") == "ord_mod_256";
    std::optional<CharacterCounts> seen;
    if (codePoints)
        seen.emplace();
    std::array<std::int64_t, 256> counts {};
    std::int64_t invalid = 0;
    std::int64_t characters = 0;
    std::size_t written = 0;
    Utf8Reader reader(bytes);
    while (const auto character = reader.next()) {
        if (++characters % kPiece == 0)
            throwIfStopped(stop);
        invalid += character->valid ? 0 : 1;
        if (codePoints) {
            seen->add(character->codePoint);
            bytes[written] = static_cast<std::uint8_t>(character->codePoint & 0xff); // never ahead of the reader
            ++counts[bytes[written++]];
        } else {
            for (int i = 0; i < character->bytes; ++i)
                ++counts[bytes[written++]];
        }
    }
    bytes.resize(written);

    checkRange(counts, config.integer("model.vocab_size"), path);
    if (invalid > 0)
        notes.push_back(message(NABIZ_TEXT("Message",
                                    "%1 is not all UTF-8: %2 bytes belong to no character. They are "
                                    "trained on as they are."),
            path, std::to_string(invalid)));
    if (counts[0] > 0)
        notes.push_back(message(NABIZ_TEXT("Message",
                                    "%1: %2 ids are 0, which stands for padding; they are never "
                                    "predicted."),
            path, std::to_string(counts[0])));
    return seen ? seen->collisions() : Collisions {};
}

} // namespace nabiz::trainer
