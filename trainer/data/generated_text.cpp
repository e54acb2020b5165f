// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/generated_text.h"

#include "trainer/data/cancelled.h"
#include "trainer/data/shipped_texts.h"
#include "trainer/data/turkish_text.h"

#include <array>
#include <string_view>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kTurkishBytes = 2'000'000;
constexpr std::uint64_t kTurkishSeed = 1923;
constexpr int kRepeats = 1000;

constexpr auto kEightSentences = std::to_array<std::string_view>({
    "The kettle sings before the sun is up.",
    "The ferry leaves the harbour at noon.",
    "A fox sleeps under the old stone bridge.",
    "The baker counts his loaves in silence.",
    "Rain taps softly on the tin roof.",
    "The children race along the dusty road.",
    "She keeps a blue lamp by the window.",
    "The clock in the hall is always late.",
});

// One after another, over and over, as the published program reads them. Such a text is periodic, so the rate of
// running text is zero, and what a loss can reach depends on how samples are cut: no figure is claimed.
GeneratedText eightSentences()
{
    GeneratedText text;
    for (int i = 0; i < kRepeats; ++i) {
        for (const std::string_view sentence : kEightSentences) {
            text.bytes.insert(text.bytes.end(), sentence.begin(), sentence.end());
            text.bytes.push_back('\n');
        }
    }
    return text;
}

} // namespace

bool isGenerated(std::string_view path)
{
    return path.starts_with("generated:") || path.starts_with("example:");
}

std::optional<GeneratedText> generateText(std::string_view path, bool validation, std::stop_token stop)
{
    throwIfStopped(stop);
    if (path == "generated:turkish") {
        const TurkishSource source;
        return GeneratedText { source.generate(kTurkishSeed + (validation ? 1 : 0), kTurkishBytes, stop),
            source.entropyPerByte(), source.entropyPerCharacter() };
    }
    if (path == "generated:eight-sentences")
        return eightSentences();
    if (path == "example:turkish" && !validation) {
        const std::string_view text = shippedTurkish();
        return GeneratedText { { text.begin(), text.end() } };
    }
    return std::nullopt;
}

} // namespace nabiz::trainer
