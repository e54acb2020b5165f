// SPDX-License-Identifier: GPL-3.0-or-later
// A report's fixed sentences in one language, from resources/reports/LANGUAGE.yaml, and numbers as that language writes
// them, in sentences and tables alike. CSV and settings do not come here: they are in C format. A value once made; any
// thread.
#pragma once

#include "trainer/base/message.h"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

class QTranslator;

namespace nabiz::app {

class ReportText {
public:
    // "en" or "tr". Throws ReportError for any other language.
    explicit ReportText(const std::string& language);

    const std::string& language() const { return m_language; }
    bool has(std::string_view key) const { return m_texts.find(key) != m_texts.end(); }
    // The sentence with %1, %2 … replaced. Throws std::out_of_range for a key that the file lacks: a programmer's
    // error.
    std::string operator()(std::string_view key, std::initializer_list<std::string> arguments = {}) const;

    // A sentence of the layers below, in this language where the program brings its translation, else in English.
    std::string sentence(const trainer::Message& message) const;

    // Four significant digits, or as many as given, with this language's decimal sign.
    std::string number(double value, int digits = 4) const;
    // 19.8 s, 2 min 5 s, 1 h 12 min.
    std::string duration(double seconds) const;
    // 12 %, 3.6 %, 0.41 %: two significant digits, or all before the point.
    std::string percent(double ratio) const;
    // In GB, three decimals.
    std::string gigabytes(double bytes) const;
    // A cell, or cells, of figures in C format: with this language's decimal sign.
    std::string figures(std::string cell) const;
    std::vector<std::vector<std::string>> figures(std::vector<std::vector<std::string>> rows) const;

    const std::map<std::string, std::string, std::less<>>& texts() const { return m_texts; }

private:
    std::string localised(std::string text) const;
    std::string inThisLanguage(const std::string& argument) const;

    std::string m_language;
    std::map<std::string, std::string, std::less<>> m_texts;
    std::shared_ptr<const QTranslator> m_sentences;
};

} // namespace nabiz::app
