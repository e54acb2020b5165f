// SPDX-License-Identifier: GPL-3.0-or-later
// Hours in minutes: runs one after another from a source that sends 5 000 batches a second, the window open and its
// pages switched. What the program holds is printed with each run: memory, descriptors, threads.
// bench_soak [MINUTES] [RUNS] [BATCHES PER SECOND]; fails when memory grew over 5 % after the first tenth of the time,
// a descriptor or a thread is left, or a batch is missing.
#include "app/gui/window_controller.h"
#include "storage/run_store.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_list.h"
#include "ui/window/page_stack.h"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include <unistd.h>

using namespace nabiz;

namespace {

struct Held {
    double minutes = 0;
    double megabytes = 0;
    long descriptors = 0;
    long threads = 0;
};

long entries(const char* folder)
{
    const std::filesystem::directory_iterator begin(folder);
    return static_cast<long>(std::distance(begin, std::filesystem::directory_iterator()));
}

Held heldAfter(double minutes)
{
    std::ifstream statm("/proc/self/statm");
    long all = 0, resident = 0;
    statm >> all >> resident;
    return { minutes, static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6,
        entries("/proc/self/fd"), entries("/proc/self/task") };
}

std::int64_t stored(const QString& file)
{
    std::int64_t batches = 0;
    for (const auto& run : storage::RunStore(file.toStdString()).runs())
        batches += run.summary.batches;
    return batches;
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const double minutes = argc > 1 ? std::atof(argv[1]) : 30;
    const int runs = argc > 2 ? std::atoi(argv[2]) : 20;
    const double rate = argc > 3 ? std::atof(argv[3]) : 5000;
    QApplication application(argc, argv);
    application.setQuitOnLastWindowClosed(false);
    ui::Theme::apply(application, ui::ThemeMode::Light);
    const QTemporaryDir folder;
    app::Settings settings(folder.filePath("settings.conf"));
    const trainer::PresetStore presets({});
    const auto trainer = std::make_shared<tests::SyntheticTrainer>(
        tests::SyntheticOptions { .batches = static_cast<std::int64_t>(minutes * 60 * rate / runs),
            .batchesPerSecond = rate,
            .eventEvery = static_cast<int>(rate) });
    int begun = 0;
    ui::RunCatalog catalog;
    ui::MainWindow window(catalog, presets, { .cores = 2 });
    app::WindowController controller(window, catalog, presets, settings, [&] { return trainer; });
    window.pages().find<ui::ConfigurePage>()->open("quick");
    window.show();
    const QString file = folder.filePath("runs.db");
    controller.openDatabase(file);

    QElapsedTimer clock;
    std::vector<Held> held;
    const auto look = [&] {
        held.push_back(heldAfter(static_cast<double>(clock.elapsed()) / 60'000));
        const Held& now = held.back();
        std::printf("%5.1f min  run %2d  %7.1f MB  %3ld descriptors  %3ld threads\n", now.minutes, begun, now.megabytes,
            now.descriptors, now.threads);
        std::fflush(stdout);
    };
    const auto start = [&] {
        ++begun;
        window.pages().setPage(ui::Page::Configure);
        window.findChild<QAbstractButton*>("startButton")->click();
    };
    QObject::connect(&controller, &app::WindowController::databaseOpened, [&] {
        clock.start();
        QTimer::singleShot(500, &window, start);
    });
    QObject::connect(&controller, &app::WindowController::becameIdle, [&] {
        look();
        QTimer::singleShot(500, &window, [&] {
            // One is watched at a time: what is checked is drawn, and stays in memory for that.
            window.findChild<ui::RunList*>()->setChecked({});
            if (begun < runs)
                return start();
            window.close();
            QCoreApplication::exit(0);
        });
    });
    QTimer pages;
    QObject::connect(&pages, &QTimer::timeout, [&] {
        const int after = static_cast<int>(window.pages().page()) + 1;
        window.pages().setPage(static_cast<ui::Page>(after % window.pages().count()));
    });
    pages.start(2000);
    application.exec();

    const std::int64_t sent = trainer->sent();
    const std::int64_t kept = stored(file);
    const auto settled
        = std::find_if(held.begin(), held.end(), [&](const Held& one) { return one.minutes >= minutes / 10; });
    if (settled == held.end())
        return 1;
    const Held& last = held.back();
    const double growth = last.megabytes / settled->megabytes - 1;
    std::printf("memory %+.1f %% after minute %.1f, %+ld descriptors, %+ld threads; %lld batches sent, %lld stored\n",
        100 * growth, settled->minutes, last.descriptors - settled->descriptors, last.threads - settled->threads,
        static_cast<long long>(sent), static_cast<long long>(kept));
    const bool isLeaking = growth > 0.05 || last.descriptors > settled->descriptors || last.threads > settled->threads;
    return isLeaking || kept != sent ? 1 : 0;
}
