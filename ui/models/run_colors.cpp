// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_colors.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <map>
#include <set>

namespace nabiz::ui {

namespace {

constexpr int kUsual = 6; // the first ones are easiest to tell apart

std::map<storage::RunId, int>& taken()
{
    static std::map<storage::RunId, int> numbers;
    return numbers;
}

std::map<storage::RunId, int>& byHand()
{
    static std::map<storage::RunId, int> numbers;
    return numbers;
}

int usual(storage::RunId run)
{
    return static_cast<int>(((run % kUsual) + kUsual) % kUsual);
}

} // namespace

void RunColors::show(std::vector<storage::RunId> runs)
{
    std::sort(runs.begin(), runs.end());
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    std::map<storage::RunId, int> numbers;
    std::set<int> used;
    for (const storage::RunId run : runs) {
        if (const auto own = byHand().find(run); own != byHand().end()) {
            numbers.insert(*own);
            used.insert(own->second);
        }
    }
    for (const storage::RunId run : runs) {
        if (numbers.contains(run))
            continue;
        if (const auto kept = taken().find(run); kept != taken().end() && used.insert(kept->second).second)
            numbers.insert(*kept);
    }
    for (const storage::RunId run : runs) {
        int number = usual(run);
        for (int tries = 0; !numbers.contains(run) && used.contains(number) && tries < Theme::kSeriesColors; ++tries)
            number = tries;
        if (numbers.emplace(run, number).second)
            used.insert(number);
    }
    taken() = std::move(numbers);
}

void RunColors::choose(storage::RunId run, std::optional<int> number)
{
    byHand().erase(run);
    taken().erase(run);
    if (number)
        byHand().emplace(run, std::clamp(*number, 0, Theme::kSeriesColors - 1));
}

const std::map<storage::RunId, int>& RunColors::chosen()
{
    return byHand();
}

void RunColors::setChosen(std::map<storage::RunId, int> chosen)
{
    byHand().clear();
    for (const auto& [run, number] : chosen)
        choose(run, number);
}

int RunColors::number(storage::RunId run)
{
    if (const auto own = byHand().find(run); own != byHand().end())
        return own->second;
    const auto shown = taken().find(run);
    return shown == taken().end() ? usual(run) : shown->second;
}

} // namespace nabiz::ui
