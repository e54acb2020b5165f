// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/grid_cells.h"

#include "trainer/base/plain_number.h"
#include "trainer/config/parameters/parameter_table.h"
#include "ui/analysis/seed_groups.h"
#include "ui/analysis/welch.h"

#include <gsl/gsl_cdf.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace nabiz::ui {

namespace {

using storage::RunStatus;

std::string declared(const GridRun& run, const std::string& key)
{
    const auto found = std::ranges::find(*run.parameters, key, &storage::Parameter::key);
    if (found == run.parameters->end())
        return {};
    return found->declared.empty() ? found->applied : found->declared; // of an imported run
}

bool counts(const std::string& key)
{
    const trainer::Parameter* const row = trainer::findParameter(key);
    return key != kSeedKey && bearsOnResult(key) && (!row || !row->derived);
}

std::vector<std::string> varyingKeys(const std::vector<GridRun>& runs)
{
    std::vector<std::string> keys;
    for (const storage::Parameter& parameter : *runs.front().parameters) {
        const bool isSame = std::ranges::all_of(runs,
            [&](const GridRun& run) { return declared(run, parameter.key) == declared(runs.front(), parameter.key); });
        if (!isSame && counts(parameter.key))
            keys.push_back(parameter.key);
    }
    return keys;
}

bool isLost(const GridRun& run)
{
    const RunStatus status = run.overview->run.status;
    return status == RunStatus::Failed || status == RunStatus::Diverged;
}

std::optional<double> lossOf(const GridRun& run, bool isValidation)
{
    const storage::Summary& summary = run.overview->summary;
    const auto& loss = isValidation ? summary.bestValLoss : summary.meanLastLoss;
    return isLost(run) || !loss || !std::isfinite(*loss) ? std::nullopt : loss;
}

using Losses = std::vector<std::vector<double>>; // of each cell

void fill(GridCell& cell, const std::vector<double>& losses)
{
    constexpr double kTwoSided = 0.975;
    const auto found = meanAndDeviation(losses);
    if (!found)
        return;
    cell.counted = found->n;
    cell.mean = found->mean;
    if (found->n > 1) {
        const auto n = static_cast<double>(found->n);
        cell.half = gsl_cdf_tdist_Pinv(kTwoSided, n - 1) * found->deviation / std::sqrt(n);
    }
}

void rank(GridCells& grid, const Losses& losses)
{
    for (std::size_t i = 0; i < grid.cells.size(); ++i) {
        const GridCell& cell = grid.cells[i];
        if (!cell.mean || cell.live > 0)
            continue;
        if (!grid.best || *cell.mean < *grid.cells[*grid.best].mean)
            grid.second = std::exchange(grid.best, i);
        else if (!grid.second || *cell.mean < *grid.cells[*grid.second].mean)
            grid.second = i;
    }
    if (grid.best && grid.second)
        grid.canTell = judge(welchInterval(losses[*grid.second], losses[*grid.best])) == Judgement::Better;
}

// Numbers by their size, other words as they are met.
std::vector<std::string> ordered(std::vector<std::string> values)
{
    if (std::ranges::all_of(values, [](const auto& value) { return trainer::finiteNumber(value).has_value(); }))
        std::ranges::stable_sort(
            values, {}, [](const std::string& value) { return trainer::finiteNumber(value).value_or(0); });
    return values;
}

void note(std::vector<std::string>& known, const std::string& value)
{
    if (std::ranges::find(known, value) == known.end())
        known.push_back(value);
}

std::size_t placeIn(const std::vector<std::string>& values, const std::string& value)
{
    return static_cast<std::size_t>(std::ranges::find(values, value) - values.begin());
}

} // namespace

GridCells gridCells(const std::vector<GridRun>& runs)
{
    GridCells grid;
    if (runs.empty())
        return grid;
    grid.keys = varyingKeys(runs);
    grid.isValidation = std::ranges::all_of(runs, [](const GridRun& run) {
        return isLost(run) || run.overview->summary.bestValLoss || run.overview->summary.batches == 0;
    }) && std::ranges::any_of(runs, [](const GridRun& run) { return run.overview->summary.bestValLoss.has_value(); });
    std::vector<std::vector<std::string>> known(grid.keys.size()); // the values of each key
    for (const GridRun& run : runs) {
        for (std::size_t key = 0; key < grid.keys.size(); ++key)
            note(known[key], declared(run, grid.keys[key]));
    }
    for (auto& values : known)
        values = ordered(std::move(values));
    std::map<std::vector<std::size_t>, std::vector<const GridRun*>> cells; // by the places of their values
    for (const GridRun& run : runs) {
        std::vector<std::size_t> places;
        for (std::size_t key = 0; key < grid.keys.size(); ++key)
            places.push_back(placeIn(known[key], declared(run, grid.keys[key])));
        cells[places].push_back(&run);
    }
    Losses losses;
    for (const auto& [places, members] : cells) {
        GridCell cell;
        for (std::size_t key = 0; key < places.size(); ++key)
            cell.values.push_back(known[key][places[key]]);
        auto& found = losses.emplace_back();
        for (const GridRun* run : members) {
            cell.runs.push_back(run->overview->run.id);
            cell.live += storage::isLive(run->overview->run.status) ? 1 : 0;
            cell.lost += isLost(*run) ? 1 : 0;
            if (const auto loss = lossOf(*run, grid.isValidation))
                found.push_back(*loss);
        }
        fill(cell, found);
        grid.cells.push_back(std::move(cell));
    }
    rank(grid, losses);
    return grid;
}

std::vector<std::string> valuesOf(const GridCells& grid, std::size_t key)
{
    std::vector<std::string> values;
    for (const GridCell& cell : grid.cells)
        note(values, cell.values[key]);
    return ordered(std::move(values));
}

} // namespace nabiz::ui
