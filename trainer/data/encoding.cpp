// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/encoding.h"

#include "trainer/config/train_error.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/utf8.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kPiece = 1 << 20; // characters between two looks at the stop token

// Which characters stand behind each id: enough to name one collision and to count them all.
class Collisions {
public:
    void add(char32_t codePoint)
    {
        std::uint8_t& bits = m_seen[codePoint >> 3];
        const auto bit = static_cast<std::uint8_t>(1U << (codePoint & 7));
        if (bits & bit)
            return;
        bits |= bit;
        char32_t& first = m_first[codePoint & 0xff];
        if (m_taken[codePoint & 0xff]) {
            if (m_count++ == 0)
                m_example = { first, codePoint };
        } else {
            m_taken[codePoint & 0xff] = true;
            first = codePoint;
        }
    }

    void noteIn(std::vector<Message>& notes, const std::string& path) const
    {
        if (m_count == 0)
            return;
        std::string first;
        std::string second;
        appendUtf8(first, m_example[0]);
        appendUtf8(second, m_example[1]);
        notes.push_back(message(NABIZ_TEXT("Message", "%1: %2 characters share an id with another under "
                                                      "data.encoding=ord_mod_256, such as “%3” and “%4”; the model cannot "
                                                      "tell them apart."),
                                path, std::to_string(m_count), first, second));
    }

private:
    std::vector<std::uint8_t> m_seen = std::vector<std::uint8_t>(0x110000 / 8);
    std::array<char32_t, 256> m_first {};
    std::array<bool, 256> m_taken {};
    std::array<char32_t, 2> m_example {};
    std::int64_t m_count = 0;
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
                             message(NABIZ_TEXT("Message", "%1 holds the byte %2 (%3), but model.vocab_size is %4. Set "
                                                           "model.vocab_size=256."),
                                     path, std::to_string(id), hexByte(id), std::to_string(vocabulary)));
    }
}

} // namespace

void encode(std::vector<std::uint8_t>& bytes, const Config& config, const std::string& path, std::vector<Message>& notes,
            const std::stop_token& stop)
{
    const bool codePoints = config.text("data.encoding") == "ord_mod_256";
    Collisions collisions;
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
            collisions.add(character->codePoint);
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
        notes.push_back(message(NABIZ_TEXT("Message", "%1 is not all UTF-8: %2 bytes belong to no character. They are "
                                                      "trained on as they are."),
                                path, std::to_string(invalid)));
    if (counts[0] > 0)
        notes.push_back(message(NABIZ_TEXT("Message", "%1: %2 ids are 0, which stands for padding; they are never "
                                                      "predicted."),
                                path, std::to_string(counts[0])));
    collisions.noteIn(notes, path);
}

} // namespace nabiz::trainer
