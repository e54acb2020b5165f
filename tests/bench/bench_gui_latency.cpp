// SPDX-License-Identifier: GPL-3.0-or-later
// How long the GUI thread is ever away: a heartbeat every 2 ms measures how late its own event loop comes round, while
// a synthetic trainer sends 5 000 batches a second through the real recorder into a file and Watch shows the run.
// bench_gui_latency [SECONDS] [BATCHES PER SECOND]; prints one line, and fails when the thread was away over 50 ms.
#include "app/gui/window_controller.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/theme/theme.h"
#include "ui/window/page_stack.h"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace nabiz;

namespace {

constexpr int kBeat = 2; // milliseconds

class Heartbeat {
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            m_late.push_back(std::max(0.0, double(m_clock.nsecsElapsed()) / 1e6 - kBeat));
            m_clock.start();
        });
    }
    void start()
    {
        m_clock.start();
        m_timer.start(kBeat);
    }
    std::vector<double> sorted()
    {
        std::sort(m_late.begin(), m_late.end());
        return m_late;
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_late; // milliseconds behind the beat
};

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const double seconds = argc > 1 ? std::atof(argv[1]) : 60;
    const double rate = argc > 2 ? std::atof(argv[2]) : 5000;
    QApplication application(argc, argv);
    application.setQuitOnLastWindowClosed(false);
    ui::Theme::apply(application, ui::ThemeMode::Light);
    const QTemporaryDir folder;
    app::Settings settings(folder.filePath("settings.conf"));
    const trainer::PresetStore presets({});
    const auto trainer = std::make_shared<tests::SyntheticTrainer>(tests::SyntheticOptions {
        .batches = std::int64_t(seconds * rate), .batchesPerSecond = rate, .eventEvery = int(rate) });
    ui::RunCatalog catalog;
    ui::MainWindow window(catalog, presets, { .cores = 2 });
    app::WindowController controller(window, catalog, presets, settings, [&] { return trainer; });
    window.pages().find<ui::ConfigurePage>()->open("quick");
    window.show();
    controller.openDatabase(folder.filePath("runs.db"));

    Heartbeat heartbeat;
    QObject::connect(&controller, &app::WindowController::databaseOpened, [&] {
        QTimer::singleShot(500, &window, [&] {
            auto* start = window.findChild<QAbstractButton*>("startButton");
            if (!start || !start->isEnabled())
                QCoreApplication::exit(3);
            heartbeat.start();
            start->click();
        });
    });
    // A little beyond the end, so that the reload of the finished run is measured too.
    QObject::connect(&controller, &app::WindowController::becameIdle,
        [] { QTimer::singleShot(2000, qApp, [] { QCoreApplication::exit(0); }); });
    if (const int failed = application.exec()) {
        std::fprintf(stderr, "Start cannot be clicked.\n");
        return failed;
    }
    const auto late = heartbeat.sorted();
    const auto* loss = catalog.runs().empty() ? nullptr : catalog.series(catalog.runs().front().run.id, "loss");
    const auto points = loss ? loss->size() : 0;
    std::printf(
        "GUI thread late by: median %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms over %zu beats; %lld batches sent, "
        "%zu drawn\n",
        late[late.size() / 2], late[late.size() * 99 / 100], late[late.size() * 999 / 1000], late.back(), late.size(),
        static_cast<long long>(trainer->sent()), points);
    return late.back() > 50 || points != std::size_t(trainer->sent()) ? 1 : 0;
}
