// SPDX-License-Identifier: GPL-3.0-or-later
// `generated:turkish`: endless sentences in Turkish-like words, seeded, whose entropy rate is known exactly, so that a
// loss below it is suspicious. Immutable once built; any thread.
//
// A sentence is a template drawn with a weight, then a word for each of its slots, each drawn by itself from the slot's
// word list: words, single spaces, a full stop, a line end. Let T be the template, K(t) the slots of template t, and
// p(w|k) the probability of the distinct surface form w in slot k. Analyses that are spelt alike (ev-i "the house",
// ev-i "his house") are one surface with the sum of their probabilities. Then
//   H(sentence) = H(T) + sum_t P(t) sum_{k in K(t)} H(k),   H(k) = -sum_w p(w|k) ln p(w|k)
//   E[ids]      = sum_t P(t) (sum_{k in K(t)} E|w_k| + |K(t)| + 1)   (|K|-1 spaces, full stop, line end)
// provided that a sentence tells its template: two templates of as many slots differ in a slot in which no word of the
// one is a word of the other (`ambiguousTemplates` finds none). Words hold no space, so a sentence tells its words too.
// Sentences are independent and end where ".\n" stands and nowhere else, so the rate of the text is H(sentence) /
// E[ids]. A model that sees less than the whole past cannot do better on average.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

struct WeightedWord {
    std::string text;
    double probability; // within its slot
};

class TurkishSource {
public:
    struct Template {
        double probability;
        std::vector<int> slots; // indices into slots()
    };

    TurkishSource();

    const std::vector<std::vector<WeightedWord>>& slots() const { return m_slots; } // distinct words, sorted
    const std::vector<Template>& templates() const { return m_templates; }

    double sentenceEntropy() const; // nats
    double sentenceBytes() const; // expected, in UTF-8
    double sentenceCharacters() const;
    double entropyPerByte() const { return sentenceEntropy() / sentenceBytes(); }
    double entropyPerCharacter() const { return sentenceEntropy() / sentenceCharacters(); }
    // Pairs of templates that could give the same sentence; the rate is exact because there are none.
    int ambiguousTemplates() const;

    // Whole sentences, at least `bytes` of text. Same seed, same bytes. Throws Cancelled.
    std::vector<std::uint8_t> generate(std::uint64_t seed, std::size_t bytes, std::stop_token stop) const;

private:
    double expectedLength(std::size_t (*lengthOf)(const std::string&)) const;

    std::vector<std::vector<WeightedWord>> m_slots;
    std::vector<Template> m_templates;
};

} // namespace nabiz::trainer
