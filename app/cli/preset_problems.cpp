// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/preset_problems.h"

#include "app/cli/usage_error.h"

#include <algorithm>

namespace nabiz::app {

using trainer::Problem;

namespace {

bool isError(const Problem& problem)
{
    return problem.severity == trainer::Severity::Error;
}

std::vector<std::string> errorTexts(const std::vector<Problem>& problems)
{
    std::vector<std::string> texts;
    for (const Problem& problem : problems) {
        if (isError(problem))
            texts.push_back(describe(problem));
    }
    return texts;
}

// Where the value of a key stands in its line, from 1, in characters.
int valueColumn(const std::string& text, int line)
{
    std::size_t begin = 0;
    for (int i = 1; i < line && begin != std::string::npos; ++i)
        begin = text.find('\n', begin) == std::string::npos ? std::string::npos : text.find('\n', begin) + 1;
    if (begin == std::string::npos)
        return 0;
    const std::string content = text.substr(begin, text.find('\n', begin) - begin);
    const std::size_t colon = content.find(':');
    if (colon == std::string::npos)
        return 1;
    const std::size_t value = content.find_first_not_of(" \t", colon + 1);
    const auto end = content.begin() + static_cast<std::ptrdiff_t>(value == std::string::npos ? colon : value);
    return 1 + static_cast<int>(std::count_if(content.begin(), end, [](char c) { return (c & 0xC0) != 0x80; }));
}

// A setting that the preset leaves to whoever trains it, like the text, is no mistake of its file.
bool leftOpen(const trainer::Config& config, const Problem& problem)
{
    if (!trainer::findParameter(problem.key))
        return false;
    const auto* text = std::get_if<std::string>(&config.value(problem.key));
    return text && text->empty();
}

} // namespace

void refuseErrors(const std::vector<Problem>& problems, const std::string& begin, const std::string& remedy)
{
    std::vector<std::string> errors = errorTexts(problems);
    if (errors.empty())
        return;
    std::string line = begin + errors.front();
    std::vector<std::string> details;
    if (errors.size() > 1) {
        line += " (and " + std::to_string(errors.size() - 1) + " more)";
        details = errors;
    }
    if (!remedy.empty())
        details.push_back("to start: " + remedy);
    throw UsageError(line, std::move(details));
}

std::vector<std::string> startReasons(const trainer::Preset& preset, const trainer::Machine& machine)
{
    std::vector<Problem> problems = preset.problems;
    if (!trainer::hasErrors(problems)) {
        problems = trainer::validate(preset.config, machine);
        std::ranges::move(trainer::validateData(preset.config), std::back_inserter(problems));
    }
    return errorTexts(problems);
}

void placeProblem(Problem& problem, const trainer::Preset& preset, const std::string& file)
{
    if (problem.file.empty())
        problem.file = file;
    if (problem.line == 0 && !problem.key.empty()) {
        problem.line = preset.document.lineOf(problem.key);
        if (problem.line > 0)
            problem.column = valueColumn(preset.document.text(), problem.line);
    }
}

std::vector<Problem> checkPreset(const trainer::Preset& preset, const std::string& file)
{
    std::vector<Problem> problems = preset.problems;
    if (trainer::hasErrors(problems))
        return problems;
    // A machine that can do everything: a file is not wrong because this one cannot.
    const trainer::Machine capable { .cudaDevices = 64, .computeCapability = 100, .cores = 1024 };
    for (Problem& problem : trainer::validate(preset.config, capable)) {
        if (leftOpen(preset.config, problem))
            continue;
        placeProblem(problem, preset, file);
        problems.push_back(std::move(problem));
    }
    return problems;
}

} // namespace nabiz::app
