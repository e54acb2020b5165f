// SPDX-License-Identifier: GPL-3.0-or-later
// Compare under many long runs, offscreen: bench_compare [RUNS] [POINTS]. Four settings with RUNS/4 seeds each; the
// time from the order to the painted page.
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/panels/layout_shelf.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QPushButton>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>

using namespace nabiz;

namespace {

storage::RunDetail makeRun(storage::RunId id, std::size_t points)
{
    storage::RunDetail detail;
    storage::Run& run = detail.overview.run;
    run.id = id;
    run.seed = (id - 1) / 4 + 1;
    run.name = "setting " + std::string(1, static_cast<char>('a' + (id - 1) % 4)) + " s" + std::to_string(run.seed);
    run.status = storage::RunStatus::Finished;
    const std::string rate = std::to_string((id - 1) % 4 + 1) + "e-4", seed = std::to_string(run.seed);
    detail.parameters = { { "training.learning_rate", rate, rate }, { "training.seed", seed, seed } };
    storage::Series loss, validation;
    loss.metric.name = "loss";
    validation.metric.name = "val.loss";
    std::mt19937 random(static_cast<unsigned>(id));
    std::normal_distribution<double> noise(0, 0.2);
    for (std::size_t i = 0; i < points; ++i) {
        const double value
            = 1 + 0.1 * static_cast<double>(id % 4) + 4 * std::exp(-static_cast<double>(i) / 2e5) + noise(random);
        storage::Series& series = loss;
        series.batch.push_back(static_cast<double>(i));
        series.time.push_back(static_cast<double>(i) * 0.01);
        series.value.push_back(value);
        if (i % 1000 == 999) {
            validation.batch.push_back(static_cast<double>(i));
            validation.time.push_back(static_cast<double>(i) * 0.01);
            validation.value.push_back(value);
        }
    }
    detail.overview.summary.batches = static_cast<std::int64_t>(points);
    detail.series = { std::move(loss), std::move(validation) };
    return detail;
}

void measure(const char* name, int times, const std::function<void()>& act)
{
    std::vector<double> took;
    for (int i = 0; i < times; ++i) {
        QElapsedTimer timer;
        timer.start();
        act();
        took.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(took.begin(), took.end());
    const auto at = [&took](double share) {
        return took[static_cast<std::size_t>(share * static_cast<double>(took.size() - 1))];
    };
    std::printf("%-42s p50 %8.1f ms   p99 %8.1f ms   max %8.1f ms\n", name, at(0.5), at(0.99), took.back());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    ui::Theme::apply(application, ui::ThemeMode::Light);
    const int runs = argc > 1 ? std::max(2, std::atoi(argv[1])) : 20;
    const std::size_t points = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    ui::RunCatalog catalog;
    std::vector<storage::RunId> all;
    for (int id = 1; id <= runs; ++id) {
        storage::RunDetail run = makeRun(id, points);
        catalog.putRun(run.overview);
        catalog.setDetail(std::move(run));
        all.push_back(id);
    }
    ui::LayoutShelf layouts;
    ui::ComparePage page(catalog, layouts);
    page.resize(1152, 786);
    page.show();
    if (!QTest::qWaitForWindowExposed(&page)) {
        return 1;
    }
    const auto button = [&page](const char* name) { return page.findChild<QPushButton*>(QLatin1String(name)); };
    std::printf("%d runs of %zu points each\n", runs, points);
    measure("all checked, first picture", 1, [&] {
        page.showRuns(0, all);
        page.grab();
    });
    auto* const metric = page.findChild<QComboBox*>(QStringLiteral("metricBox"));
    measure("metric: loss, first time", 1, [&] {
        QTest::keyClick(metric, Qt::Key_Home);
        page.grab();
    });
    measure("figures and picture anew", 20, [&] {
        button("logButton")->toggle();
        page.grab();
    });
    measure("another baseline", 10, [&] {
        auto* const baseline = page.findChild<QComboBox*>(QStringLiteral("baselineBox"));
        QTest::keyClick(baseline, baseline->currentIndex() == 0 ? Qt::Key_Down : Qt::Key_Up);
        page.grab();
    });
    measure("single runs, and together again", 4, [&] {
        button("groupedButton")->toggle();
        page.grab();
    });
    return 0;
}
