// SPDX-License-Identifier: GPL-3.0-or-later
// How Turkish puts endings on words, as far as the generated text needs it: vowel harmony of two and of four, buffer
// letters, voicing of the first consonant, softening of the last. Values; any thread.
#pragma once

#include <string>
#include <string_view>

namespace nabiz::trainer {

struct TurkishWord {
    std::u32string letters;
    bool softens = false; // its last letter voices before a vowel: kitap, kitab-ı

    // A stem as the word lists hold it, UTF-8, with * behind one that softens.
    static TurkishWord fromStem(std::string_view stem);
    std::string text() const; // UTF-8
};

bool isTurkishVowel(char32_t letter);

// Word and ending. In an ending A is a or e, I is ı, i, u or ü, D is d or t as the word before asks; a first letter in
// brackets stands only where it keeps two vowels or two consonants apart: (y)I, (I)m.
TurkishWord attach(const TurkishWord& word, std::u32string_view ending);

// The present tense -Iyor, before which a last vowel falls: bekle, bekliyor.
TurkishWord attachPresent(const TurkishWord& verb);

} // namespace nabiz::trainer
