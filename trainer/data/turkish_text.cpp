// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/turkish_text.h"

#include "trainer/data/cancelled.h"
#include "trainer/data/random.h"
#include "trainer/data/turkish_surfaces.h"
#include "trainer/data/turkish_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace nabiz::trainer {

namespace {

constexpr int kPersons = static_cast<int>(kTurkishPersons);
enum Slot {
    Time,
    Determiner,
    Adjective,
    Person,
    Thing,
    Place,
    Pronoun,
    Transitive = Pronoun + kPersons,
    Intransitive = Transitive + kPersons,
    SlotCount = Intransitive + kPersons
};

constexpr std::array<std::string_view, kPersons> kPronouns { "ben", "sen", "o", "biz", "siz", "onlar" };
constexpr std::array<double, kPersons> kPronounWeights { 4, 2, 3, 3, 1, 2 };

std::vector<TurkishSource::Template> makeTemplates()
{
    constexpr int kHeVt = Transitive + 2;
    constexpr int kHeVi = Intransitive + 2;
    std::vector<TurkishSource::Template> templates {
        { 12, { Person, Thing, kHeVt } },
        { 8, { Time, Person, Thing, kHeVt } },
        { 7, { Determiner, Person, Thing, kHeVt } },
        { 7, { Adjective, Person, Thing, kHeVt } },
        { 6, { Person, Adjective, Thing, kHeVt } },
        { 5, { Determiner, Adjective, Person, Place, Thing, kHeVt } },
        { 5, { Time, Determiner, Person, Adjective, Thing, kHeVt } },
        { 12, { Person, Place, kHeVi } },
        { 8, { Time, Person, Place, kHeVi } },
        { 7, { Determiner, Adjective, Person, Place, kHeVi } },
        { 5, { Person, Adjective, Place, kHeVi } },
    };
    for (int person = 0; person < kPersons; ++person) {
        const double weight = kPronounWeights[static_cast<std::size_t>(person)];
        templates.push_back({ weight * 0.5, { Pronoun + person, Thing, Transitive + person } });
        templates.push_back({ weight * 0.5, { Pronoun + person, Place, Intransitive + person } });
        templates.push_back({ weight * 0.4, { Time, Pronoun + person, Place, Thing, Transitive + person } });
    }
    double sum = 0;
    for (const TurkishSource::Template& one : templates)
        sum += one.probability;
    for (TurkishSource::Template& one : templates)
        one.probability /= sum;
    return templates;
}

double entropyOf(const std::vector<WeightedWord>& words)
{
    double entropy = 0;
    for (const WeightedWord& word : words)
        entropy -= word.probability * std::log(word.probability);
    return entropy;
}

std::size_t characters(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool share(const std::vector<WeightedWord>& first, const std::vector<WeightedWord>& second)
{
    auto a = first.begin();
    auto b = second.begin();
    while (a != first.end() && b != second.end()) {
        if (a->text == b->text)
            return true;
        a->text < b->text ? ++a : ++b;
    }
    return false;
}

// Sums of the probabilities before each entry, for drawing one by bisection.
template <typename Entry> std::vector<double> cumulate(const std::vector<Entry>& entries)
{
    std::vector<double> sums;
    double sum = 0;
    for (const Entry& entry : entries)
        sums.push_back(sum += entry.probability);
    return sums;
}

std::size_t draw(const std::vector<double>& sums, Random& random)
{
    const auto found = std::upper_bound(sums.begin(), sums.end(), random.unit() * sums.back());
    return std::min(static_cast<std::size_t>(found - sums.begin()), sums.size() - 1);
}

} // namespace

TurkishSource::TurkishSource()
    : m_slots(SlotCount)
    , m_templates(makeTemplates())
{
    std::vector<TurkishSurfaces> surfaces(SlotCount);
    surfaces[Time] = plainWords(kTurkishTimes);
    surfaces[Determiner] = plainWords(kTurkishDeterminers);
    surfaces[Adjective] = plainWords(kTurkishAdjectives);
    surfaces[Person] = nouns(kTurkishPeople, NounCases::Nominative);
    surfaces[Thing] = nouns(kTurkishThings, NounCases::Accusative);
    surfaces[Place] = nouns(kTurkishPlaces, NounCases::OfPlace);
    for (std::size_t person = 0; person < kPersons; ++person) {
        surfaces[Pronoun + person] = plainWords(std::span(kPronouns).subspan(person, 1));
        surfaces[Transitive + person] = verbs(kTurkishTransitives, person);
        surfaces[Intransitive + person] = verbs(kTurkishIntransitives, person);
    }
    for (std::size_t slot = 0; slot < SlotCount; ++slot) {
        for (const auto& [text, probability] : surfaces[slot])
            m_slots[slot].push_back({ text, probability });
    }
}

double TurkishSource::sentenceEntropy() const
{
    double entropy = 0;
    for (const Template& one : m_templates) {
        double words = -std::log(one.probability);
        for (const int slot : one.slots)
            words += entropyOf(m_slots[static_cast<std::size_t>(slot)]);
        entropy += one.probability * words;
    }
    return entropy;
}

double TurkishSource::sentenceBytes() const
{
    return expectedLength([](const std::string& text) { return text.size(); });
}

double TurkishSource::sentenceCharacters() const
{
    return expectedLength(&characters);
}

double TurkishSource::expectedLength(std::size_t (*lengthOf)(const std::string&)) const
{
    double length = 0;
    for (const Template& one : m_templates) {
        double words = static_cast<double>(one.slots.size()) + 1;
        for (const int slot : one.slots) {
            for (const WeightedWord& word : m_slots[static_cast<std::size_t>(slot)])
                words += word.probability * static_cast<double>(lengthOf(word.text));
        }
        length += one.probability * words;
    }
    return length;
}

int TurkishSource::ambiguousTemplates() const
{
    const auto apart = [this](int a, int b) {
        return !share(m_slots[static_cast<std::size_t>(a)], m_slots[static_cast<std::size_t>(b)]);
    };
    int ambiguous = 0;
    for (auto a = m_templates.begin(); a != m_templates.end(); ++a) {
        for (auto b = a + 1; b != m_templates.end(); ++b) {
            bool differ = a->slots.size() != b->slots.size();
            for (std::size_t i = 0; !differ && i < a->slots.size(); ++i)
                differ = apart(a->slots[i], b->slots[i]);
            ambiguous += differ ? 0 : 1;
        }
    }
    return ambiguous;
}

std::vector<std::uint8_t> TurkishSource::generate(std::uint64_t seed, std::size_t bytes, std::stop_token stop) const
{
    std::vector<std::vector<double>> slotSums;
    for (const std::vector<WeightedWord>& slot : m_slots)
        slotSums.push_back(cumulate(slot));
    const std::vector<double> templateSums = cumulate(m_templates);

    Random random(mix(seed));
    std::vector<std::uint8_t> text;
    text.reserve(bytes + 256);
    while (text.size() < bytes) {
        throwIfStopped(stop);
        const Template& one = m_templates[draw(templateSums, random)];
        for (std::size_t i = 0; i < one.slots.size(); ++i) {
            const std::size_t slot = static_cast<std::size_t>(one.slots[i]);
            const std::string& word = m_slots[slot][draw(slotSums[slot], random)].text;
            if (i > 0)
                text.push_back(' ');
            text.insert(text.end(), word.begin(), word.end());
        }
        text.push_back('.');
        text.push_back('\n');
    }
    return text;
}

} // namespace nabiz::trainer
