// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/problem.h"

#include "trainer/base/shell_quote.h"

#include <algorithm>

namespace nabiz::trainer {

std::string describe(const Problem& problem)
{
    std::string place = problem.file;
    if (problem.line > 0) {
        place += (place.empty() ? "line " : ":") + std::to_string(problem.line);
        if (problem.column > 0)
            place += ':' + std::to_string(problem.column);
    }
    return place.empty() ? problem.message.english() : place + ": " + problem.message.english();
}

bool hasErrors(const std::vector<Problem>& problems)
{
    return std::any_of(
        problems.begin(), problems.end(), [](const Problem& problem) { return problem.severity == Severity::Error; });
}

std::string remedyLine(const std::vector<Problem>& problems)
{
    std::vector<std::string> words;
    for (const Problem& problem : problems) {
        if (!problem.remedy)
            continue;
        const std::string word = shellAssignment(problem.remedy->key, problem.remedy->value);
        // Two problems may share a remedy; the line holds it once.
        if (std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(word);
    }
    std::string result;
    for (const std::string& word : words)
        result += (result.empty() ? "" : " ") + word;
    return result;
}

} // namespace nabiz::trainer
