// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as cells of a grid, and what changed from one run to the next.
#include "ui/analysis/grid_cells.h"
#include "ui/analysis/what_changed.h"

#include <QTest>

#include <cmath>
#include <list>

using namespace nabiz;
using namespace nabiz::ui;

namespace {

struct Cells {
    std::list<storage::RunOverview> overviews;
    std::list<std::vector<storage::Parameter>> parameters;
    std::vector<GridRun> runs;

    void add(const char* rate, const char* batch, int seed, std::optional<double> loss,
        storage::RunStatus status = storage::RunStatus::Finished)
    {
        auto& overview = overviews.emplace_back();
        overview.run.id = static_cast<storage::RunId>(overviews.size());
        overview.run.status = status;
        overview.summary.bestValLoss = loss;
        overview.summary.batches = loss ? 10 : 0;
        const std::string text = std::to_string(seed);
        parameters.push_back({ { "training.learning_rate", rate, rate }, { "training.batch_size", batch, batch },
            { "training.seed", text, text }, { "model.d_model", "64", "64" }, { "hardware.device", "auto", "cpu" } });
        runs.push_back({ &overview, &parameters.back() });
    }
};

storage::RunOverview run(storage::RunId id, storage::RunStatus status, const char* preset)
{
    storage::RunOverview overview;
    overview.run.id = id;
    overview.run.name = "run " + std::to_string(id);
    overview.run.status = status;
    overview.run.preset = preset;
    overview.run.started = 1000 * id;
    overview.run.facts = { { "data.hash", "aa" }, { "nabiz", "1.0" }, { "track.commit", "c0ffee" } };
    return overview;
}

} // namespace

class TestGridCells : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cellsInTheOrderOfTheirNumbers()
    {
        Cells grid;
        for (const char* rate : { "1e-3", "3e-4" }) {
            for (const char* batch : { "16", "4", "8" }) {
                for (int seed = 1; seed <= 3; ++seed)
                    grid.add(rate, batch, seed, (rate[0] == '1' ? 2.0 : 1.0) + std::stod(batch) / 100 + seed * 0.001);
            }
        }
        grid.parameters.back()[4].applied = "cuda"; // what "auto" came to varies nothing
        int folder = 0;
        for (auto& parameters : grid.parameters) // nor does what is noted beside a run
            parameters.push_back({ "data.track_folder", "/src/" + std::to_string(++folder), "" });
        const GridCells cells = gridCells(grid.runs);
        QCOMPARE(cells.keys, (std::vector<std::string> { "training.learning_rate", "training.batch_size" }));
        QCOMPARE(cells.cells.size(), std::size_t(6));
        QCOMPARE(cells.cells.front().values, (std::vector<std::string> { "3e-4", "4" }));
        QCOMPARE(cells.cells.back().values, (std::vector<std::string> { "1e-3", "16" }));
        QCOMPARE(valuesOf(cells, 1), (std::vector<std::string> { "4", "8", "16" }));
        QCOMPARE(cells.best, std::optional<std::size_t>(0));
        QCOMPARE(cells.second, std::optional<std::size_t>(1));
        QVERIFY(cells.isValidation && cells.canTell);
        QCOMPARE(cells.cells[0].counted, std::size_t(3));
        QVERIFY(std::abs(*cells.cells[0].mean - 1.042) < 1e-12);
        // Student: 4.3027 (2 degrees of freedom) · 0.001 / √3.
        QVERIFY(std::abs(*cells.cells[0].half - 4.302652730 * 0.001 / std::sqrt(3.0)) < 1e-9);
    }

    void whatIsLostAndWhatIsToCome()
    {
        Cells grid;
        grid.add("1e-3", "4", 1, 0.5, storage::RunStatus::Diverged); // as low as it was before
        grid.add("1e-3", "4", 2, 2.0);
        grid.add("3e-4", "4", 1, 1.0);
        grid.add("3e-4", "4", 2, 1.1, storage::RunStatus::Running);
        const GridCells cells = gridCells(grid.runs);
        QCOMPARE(cells.keys.size(), std::size_t(1));
        QCOMPARE(cells.cells[1].lost, std::size_t(1));
        QCOMPARE(cells.cells[1].mean, std::optional(2.0));
        QVERIFY(!cells.cells[1].half);
        QCOMPARE(cells.cells[0].live, std::size_t(1));
        QCOMPARE(cells.best, std::optional<std::size_t>(1)); // the other is not whole yet
        QVERIFY(!cells.second && !cells.canTell);
        QVERIFY(gridCells({}).cells.empty());
        QCOMPARE(gridCells({ grid.runs.front() }).cells.size(), std::size_t(1));
    }

    void changesAndWhatCameOfThem()
    {
        auto failed = run(1, storage::RunStatus::Failed, "t4"), other = run(2, storage::RunStatus::Finished, "quick"),
             now = run(3, storage::RunStatus::Finished, "t4");
        failed.run.failure = "out of memory";
        failed.summary.peakBytes = 15e9;
        now.run.parent = 1;
        now.run.facts["track.commit"] = "beef";
        now.run.facts["data.hash"] = "bb";
        now.summary.peakBytes = 7e9;
        const std::vector<storage::RunOverview> all { now, other, failed };
        const auto before = runsBefore(all, now.run);
        QCOMPARE(before.size(), std::size_t(1)); // its parent is the last of its preset, too
        QCOMPARE(before.front()->run.id, storage::RunId(1));
        const WhatChanged changed = whatChanged(failed, { { "training.batch_size", "8" }, { "model.n_experts", "1" } },
            now, { { "training.batch_size", "4" }, { "model.n_experts", "2" }, { "data.charset", "as_is" } });
        QVERIFY(changed.isParent && !changed.isNothing());
        QCOMPARE(changed.settings.size(), std::size_t(1)); // what follows from others is none, nor is a new default
        QCOMPARE(changed.settings[0].before, std::string("8"));
        QCOMPARE(changed.facts.size(), std::size_t(2));
        QCOMPARE(changed.facts[0].key, std::string("data.hash"));
        QCOMPARE(changed.before.failure, std::string("out of memory"));
        QCOMPARE(changed.after.peakBytes, std::optional(7e9));
        // The parent elsewhere, and the last of the preset beside it; what has not begun is none.
        now.run.parent = 2;
        QCOMPARE(runsBefore(all, now.run).size(), std::size_t(2));
        failed.run.started.reset();
        QVERIFY(runsBefore({ failed }, now.run).empty());
        QVERIFY(runsBefore({ now }, now.run).empty());
    }
};

QTEST_APPLESS_MAIN(TestGridCells)
#include "tst_grid_cells.moc"
