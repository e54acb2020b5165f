// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/turkish_surfaces.h"

#include "trainer/data/turkish_morphology.h"

#include <array>
#include <vector>

namespace nabiz::trainer {

namespace {

struct Ending {
    std::u32string_view text;
    double probability;
};

constexpr std::array kNumbers { Ending { U"", 0.7 }, Ending { U"lAr", 0.3 } };
constexpr std::u32string_view kHis = U"(s)I";
constexpr std::array kPossessives { Ending { U"", 0.44 }, Ending { U"(I)m", 0.15 }, Ending { kHis, 0.15 },
    Ending { U"(I)n", 0.1 }, Ending { U"(I)mIz", 0.08 }, Ending { U"(I)nIz", 0.08 } };
constexpr std::array kNominative { Ending { U"", 1 } };
constexpr std::array kAccusative { Ending { U"(y)I", 1 } };
constexpr std::array kPlaceCases { Ending { U"DA", 0.45 }, Ending { U"(y)A", 0.35 }, Ending { U"DAn", 0.2 } };
constexpr double kNegative = 0.2;

constexpr std::array<std::u32string_view, kTurkishPersons> kPastPersons { U"m", U"n", U"", U"k", U"nIz", U"lAr" };
constexpr std::array<std::u32string_view, kTurkishPersons> kOtherPersons { U"Im", U"sIn", U"", U"Iz", U"sInIz",
    U"lAr" };

// The commoner the earlier: Zipf's law with a flattened head.
std::vector<double> rankProbabilities(std::size_t count)
{
    std::vector<double> weights(count);
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += weights[i] = 1 / (static_cast<double>(i) + 8);
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

// After "his" a case takes an n in place of its own buffer letter: ev-i-n-e.
std::u32string afterHis(std::u32string_view ending)
{
    const std::u32string bare(ending.starts_with(U'(') ? ending.substr(3) : ending);
    return bare.empty() ? bare : U'n' + bare;
}

void addNoun(TurkishSurfaces& surfaces, const TurkishWord& stem, double probability, std::span<const Ending> cases)
{
    for (const Ending& number : kNumbers) {
        const TurkishWord counted = attach(stem, number.text);
        for (const Ending& possessive : kPossessives) {
            const TurkishWord owned = attach(counted, possessive.text);
            for (const Ending& ending : cases) {
                const bool his = possessive.text == kHis;
                const TurkishWord word = attach(owned, his ? afterHis(ending.text) : std::u32string(ending.text));
                surfaces[word.text()] += probability * number.probability * possessive.probability * ending.probability;
            }
        }
    }
}

std::span<const Ending> endingsOf(NounCases cases)
{
    switch (cases) {
    case NounCases::Nominative:
        return kNominative;
    case NounCases::Accusative:
        return kAccusative;
    case NounCases::OfPlace:
        return kPlaceCases;
    }
    return {};
}

} // namespace

TurkishSurfaces plainWords(std::span<const std::string_view> words)
{
    TurkishSurfaces surfaces;
    const std::vector<double> probabilities = rankProbabilities(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
        surfaces[std::string(words[i])] += probabilities[i];
    return surfaces;
}

TurkishSurfaces nouns(std::span<const std::string_view> stems, NounCases cases)
{
    TurkishSurfaces surfaces;
    const std::vector<double> probabilities = rankProbabilities(stems.size());
    for (std::size_t i = 0; i < stems.size(); ++i)
        addNoun(surfaces, TurkishWord::fromStem(stems[i]), probabilities[i], endingsOf(cases));
    return surfaces;
}

TurkishSurfaces verbs(std::span<const std::string_view> stems, std::size_t person)
{
    TurkishSurfaces surfaces;
    const std::vector<double> probabilities = rankProbabilities(stems.size());
    for (std::size_t i = 0; i < stems.size(); ++i) {
        for (const bool negative : { false, true }) {
            const TurkishWord stem = attach(TurkishWord::fromStem(stems[i]), negative ? U"mA" : U"");
            TurkishWord future = attach(stem, U"(y)AcAk");
            future.softens = true;
            const double share = probabilities[i] * (negative ? kNegative : 1 - kNegative);
            surfaces[attach(attach(stem, U"DI"), kPastPersons[person]).text()] += share * 0.4;
            surfaces[attach(attachPresent(stem), kOtherPersons[person]).text()] += share * 0.35;
            surfaces[attach(future, kOtherPersons[person]).text()] += share * 0.15;
            surfaces[attach(attach(stem, U"mIş"), kOtherPersons[person]).text()] += share * 0.1;
        }
    }
    return surfaces;
}

} // namespace nabiz::trainer
