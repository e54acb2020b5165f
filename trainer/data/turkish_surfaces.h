// SPDX-License-Identifier: GPL-3.0-or-later
// How the words of TurkishSource's slots are spelt, and how probable each spelling is: the commoner words by Zipf's
// law, their endings by shares of their own.
// Pure; any thread.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace nabiz::trainer {

inline constexpr std::size_t kTurkishPersons = 6; // I, you, he or she; we, you, they

// Spelling → probability, analyses that are spelt alike merged.
using TurkishSurfaces = std::map<std::string, double>;

enum class NounCases { Nominative, Accusative, OfPlace };

TurkishSurfaces plainWords(std::span<const std::string_view> words);
TurkishSurfaces nouns(std::span<const std::string_view> stems, NounCases cases);
TurkishSurfaces verbs(std::span<const std::string_view> stems, std::size_t person);

} // namespace nabiz::trainer
