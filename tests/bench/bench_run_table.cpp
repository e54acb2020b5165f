// SPDX-License-Identifier: GPL-3.0-or-later
// The run table over thousands of runs in a real database and the real window, 1400 × 700: from the click on Runs to
// the painted page, and a filter, an order and a grouping from the command to the painted rows. What a person waits
// between the last key and the filter (120 ms) is not in it. bench_run_table [RUNS] [PARAMETERS] [TIMES]; the figures
// are milliseconds.
#include "app/gui/window_controller.h"
#include "tests/bench/scratch_database.h"
#include "tests/support/many_runs.h"
#include "ui/table/run_table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/filter_edit.h"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QTest>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace nabiz;

namespace {

double residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::atof(line.c_str() + 6) / 1024;
    }
    return 0;
}

// Until the window's rows are painted.
void paint(ui::MainWindow& window)
{
    QCoreApplication::sendPostedEvents();
    window.grab();
}

void print(const char* what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at
        = [&](double share) { return times[std::min(times.size() - 1, std::size_t(share * double(times.size())))]; };
    std::printf("%-36s p50 %7.1f  p99 %7.1f  max %7.1f\n", what, at(0.5), at(0.99), times.back());
    std::fflush(stdout);
}

template <typename Action> std::vector<double> measure(int times, const Action& action)
{
    std::vector<double> taken;
    for (int i = 0; i < times; ++i) {
        QElapsedTimer clock;
        clock.start();
        action(i);
        taken.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    return taken;
}

void measureTable(ui::MainWindow& window, ui::RunCatalog& catalog, int times)
{
    auto* table = window.findChild<ui::RunTableView*>();
    auto* filter = window.findChild<ui::FilterEdit*>();
    auto* model = static_cast<ui::RunTableModel*>(table->model());
    static const char* const kFilters[] = { "run-4", "loss.best < 1 and training.batch_size = 3",
        "not status = finished or starred", "(tag = sweep or note ~ padding) memory.peak < 4GB", "" };
    print("filter", measure(times, [&](int i) {
        filter->setText(QString::fromLatin1(kFilters[i % 5]));
        QTest::keyClick(filter, Qt::Key_Return);
        paint(window);
    }));
    filter->clear();
    QTest::keyClick(filter, Qt::Key_Return);
    static const char* const kSorts[] = { "best", "name", "started", "data.sampling", "tokens_per_second", "status" };
    print("sort", measure(times, [&](int i) {
        model->setSort({ { QString::fromLatin1(kSorts[i % 6]), i % 2 == 0 } });
        paint(window);
    }));
    print("sort by three columns", measure(times, [&](int i) {
        model->setSort({ { QStringLiteral("status"), i % 2 == 0 }, { QStringLiteral("preset"), false },
            { QStringLiteral("best"), false } });
        paint(window);
    }));
    static const char* const kGroups[] = { "status", "tag", "seed", "data.val_fraction", "" };
    print("group", measure(times, [&](int i) {
        model->setGroupKey(QString::fromLatin1(kGroups[i % 5]));
        paint(window);
    }));
    model->setGroupKey({});
    print("one run changes", measure(times, [&](int i) {
        storage::RunOverview run = catalog.runs()[std::size_t(i)];
        run.summary.bestValLoss = 0.1 * i;
        catalog.putRun(run);
        paint(window);
    }));
    print("a page further down", measure(times, [&](int) {
        QTest::keyClick(table, Qt::Key_PageDown);
        paint(window);
    }));
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const int runs = argc > 1 ? std::atoi(argv[1]) : 5000;
    const int parameters = argc > 2 ? std::atoi(argv[2]) : 30;
    const int times = argc > 3 ? std::atoi(argv[3]) : 40;
    const bench::ScratchDatabase scratch;
    tests::writeManyRuns(scratch.file(), runs, parameters);

    QApplication application(argc, argv);
    ui::Theme::apply(application, ui::ThemeMode::Light);
    const double before = residentMegabytes();
    app::Settings settings(QString::fromStdString(scratch.file().string() + ".conf"));
    const trainer::PresetStore presets { {} };
    ui::RunCatalog catalog;
    ui::MainWindow window(catalog, presets, trainer::Machine { .cores = 2 });
    app::WindowController controller(window, catalog, presets, settings);
    window.resize(1400, 700);
    window.show();
    paint(window);

    QElapsedTimer opening;
    opening.start();
    controller.openDatabase(QString::fromStdString(scratch.file().string()));
    bool loaded = false;
    QObject::connect(&catalog, &ui::RunCatalog::parametersChanged, [&] { loaded = true; });
    if (!QTest::qWaitFor([&] { return loaded; }, 60'000))
        return 1;
    std::printf("%d runs x %d parameters\n%-36s     %7.1f\n", runs, parameters, "database read, off the GUI thread",
        double(opening.nsecsElapsed()) / 1e6);

    auto* tab = window.findChild<QAbstractButton*>(QStringLiteral("runsTab"));
    auto* watch = window.findChild<QAbstractButton*>(QStringLiteral("configureTab"));
    const auto first = measure(1, [&](int) {
        tab->click();
        paint(window);
    });
    print("open the page, first time", first);
    std::vector<double> again;
    for (int i = 0; i < times; ++i) {
        watch->click();
        paint(window);
        again.push_back(measure(1, [&](int) {
            tab->click();
            paint(window);
        }).front());
    }
    print("open the page", again);

    measureTable(window, catalog, times);
    std::printf("%-36s %7.1f MB, of which %.1f MB before the window\n", "resident memory", residentMegabytes(), before);
    return 0;
}
