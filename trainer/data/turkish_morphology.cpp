// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/turkish_morphology.h"

#include "trainer/data/utf8.h"

namespace nabiz::trainer {

namespace {

char32_t lastVowel(std::u32string_view letters)
{
    for (std::size_t i = letters.size(); i > 0; --i) {
        if (isTurkishVowel(letters[i - 1]))
            return letters[i - 1];
    }
    return U'e';
}

bool contains(std::u32string_view set, char32_t letter)
{
    return set.find(letter) != std::u32string_view::npos;
}

char32_t twofold(char32_t vowel)
{
    return contains(U"aıou", vowel) ? U'a' : U'e';
}

char32_t fourfold(char32_t vowel)
{
    if (contains(U"aı", vowel))
        return U'ı';
    if (contains(U"ei", vowel))
        return U'i';
    return contains(U"ou", vowel) ? U'u' : U'ü';
}

char32_t softened(char32_t letter)
{
    switch (letter) {
    case U'p':
        return U'b';
    case U'ç':
        return U'c';
    case U't':
        return U'd';
    case U'k':
        return U'ğ';
    default:
        return letter;
    }
}

char32_t resolve(char32_t sign, std::u32string_view before)
{
    switch (sign) {
    case U'A':
        return twofold(lastVowel(before));
    case U'I':
        return fourfold(lastVowel(before));
    case U'D':
        return contains(U"fstkçşhp", before.back()) ? U't' : U'd';
    default:
        return sign;
    }
}

} // namespace

bool isTurkishVowel(char32_t letter)
{
    return contains(U"aeıioöuü", letter);
}

TurkishWord TurkishWord::fromStem(std::string_view stem)
{
    TurkishWord word;
    if (stem.ends_with('*')) {
        word.softens = true;
        stem.remove_suffix(1);
    }
    Utf8Reader reader(stem);
    while (const auto character = reader.next())
        word.letters.push_back(character->codePoint);
    return word;
}

std::string TurkishWord::text() const
{
    std::string text;
    for (const char32_t letter : letters)
        appendUtf8(text, letter);
    return text;
}

TurkishWord attach(const TurkishWord& word, std::u32string_view ending)
{
    if (ending.starts_with(U'(')) {
        const char32_t buffer = ending[1];
        const bool afterVowel = isTurkishVowel(word.letters.back());
        const bool bufferIsVowel = buffer == U'I' || buffer == U'A';
        const std::u32string rest(ending.substr(3));
        return attach(word, afterVowel != bufferIsVowel ? buffer + rest : rest);
    }
    TurkishWord result { word.letters, ending.empty() && word.softens };
    for (const char32_t sign : ending)
        result.letters.push_back(resolve(sign, result.letters));
    const std::size_t joint = word.letters.size();
    if (word.softens && !ending.empty() && isTurkishVowel(result.letters[joint]))
        result.letters[joint - 1] = softened(result.letters[joint - 1]);
    return result;
}

TurkishWord attachPresent(const TurkishWord& verb)
{
    TurkishWord stem = verb;
    if (isTurkishVowel(stem.letters.back()))
        stem.letters.pop_back();
    return attach(stem, U"Iyor");
}

} // namespace nabiz::trainer
