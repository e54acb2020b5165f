// SPDX-License-Identifier: GPL-3.0-or-later
// What a text that is given away is not to tell: homes and all that lies in them, names of this user and machine, what
// the environment holds under names as TOKEN, where notices go, and texts of settings. Any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace nabiz::app {

class PrivateWords {
public:
    // Those of this process.
    PrivateWords();

    // Wherever it occurs, `shown` stands for it. Short ones are left: they would be parts of other words.
    void add(std::string word, std::string shown);
    std::string without(std::string text) const;

private:
    std::vector<std::pair<std::string, std::string>> m_words; // the longest first
};

} // namespace nabiz::app
