// SPDX-License-Identifier: GPL-3.0-or-later
// How fast curves of any length are on the screen, and stay under the reader's hand: opening stored runs by a click in
// the real window, zooming and panning over eight curves of ten million points, live points coming meanwhile.
// bench_charts [MILLIONS] [open | many | zoom | panels] [FILE]: of batches in the long run, 10 unless told; FILE keeps
// its database for another time. Prints p50, p99 and max in milliseconds, and what memory the window took; judges
// nothing.
#include "app/gui/window_controller.h"
#include "tests/bench/scratch_database.h"
#include "tests/support/synthetic_trainer.h"
#include "trainer/memory/hardware.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/panel_layout.h"
#include "ui/theme/theme.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>
#include <random>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

using namespace nabiz;

namespace {

constexpr QSize kWindow(1400, 700);

double sinceMs(const QElapsedTimer& timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

void print(const char* what, std::vector<double> ms)
{
    if (ms.empty())
        return;
    std::sort(ms.begin(), ms.end());
    std::printf("%-64s p50 %8.2f  p99 %8.2f  max %8.2f ms  (%zu)\n", what, ms[ms.size() / 2], ms[ms.size() * 99 / 100],
        ms.back(), ms.size());
    std::fflush(stdout);
}

// A noisy fall with a spike now and then, as float32, like a training loss.
class Curve {
public:
    explicit Curve(unsigned seed)
        : m_random(seed)
    {
    }
    double next()
    {
        const double batch = m_batch++;
        m_noise = m_noise * 6364136223846793005ULL + 1442695040888963407ULL + m_random();
        const double noise = double(m_noise >> 40) / double(1 << 24) - 0.5;
        const double spike = (m_noise >> 20) % 1'000'003 == 0 ? 5 : 0;
        return float(0.5 + 5 / (1 + batch / 20'000) + 0.3 * noise + spike);
    }

private:
    std::minstd_rand m_random;
    std::uint64_t m_noise = 1;
    double m_batch = 0;
};

storage::RunId record(storage::Recorder& recorder, const std::string& name, std::int64_t batches, bool withOthers)
{
    storage::Run run;
    run.name = name;
    run.status = storage::RunStatus::Running;
    const auto id = recorder.addRun(run, {});
    const auto stream = recorder.openStream(id,
        withOthers ? std::vector<storage::Metric> { { 0, "loss", "nats" }, { 0, "memory.process", "bytes" },
                         { 0, "val.loss", "nats" } }
                   : std::vector<storage::Metric> { { 0, "loss", "nats" } });
    Curve loss(static_cast<unsigned>(id));
    const std::uint16_t numbers[] = { 0, 1, 2 };
    for (std::int64_t batch = 0; batch < batches; ++batch) {
        const double value = loss.next();
        const double values[] = { value, 5e8 + double(batch % 7) * 4096, value * 1.1 };
        const std::size_t count = !withOthers ? 1 : batch % 1000 == 999 ? 3 : 2;
        stream->append(batch, double(batch) * 2e-4, std::span(numbers, count), std::span(values, count));
    }
    recorder.closeStream(id);
    recorder.setStatus(id, storage::RunStatus::Finished);
    return id;
}

// The window as `nabiz` opens it.
struct House {
    explicit House(const std::filesystem::path& file)
        : settings(folder.filePath("settings.conf"))
        , window(catalog, presets, { .cores = 2 })
        , controller(window, catalog, presets, settings,
              [] { return std::make_shared<tests::SyntheticTrainer>(tests::SyntheticOptions {}); })
    {
        window.resize(kWindow);
        window.show();
        controller.openDatabase(QString::fromStdString(file.string()));
        if (!QTest::qWaitFor([&] { return !catalog.runs().empty(); }, 60'000))
            qFatal("the database does not open");
        list = window.findChild<QListView*>(QStringLiteral("runListView"));
        loss = window.findChild<ui::PlotView*>(QStringLiteral("lossChart"));
    }
    // The row of a run, clicked.
    void click(int row)
    {
        const QModelIndex index = list->model()->index(row, 0);
        list->scrollTo(index);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
    }
    // Until the chart has painted what `done` waits for, the painting included.
    bool painted(const ui::PlotView* plot, const std::function<bool(const ui::PlotContent&)>& done)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 60'000) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            if (done(plot->content())) {
                QCoreApplication::processEvents();
                plot->plotArea(); // renders what the paint event has not
                return true;
            }
        }
        return false;
    }

    QTemporaryDir folder;
    app::Settings settings;
    trainer::PresetStore presets { {} };
    ui::RunCatalog catalog;
    ui::MainWindow window;
    app::WindowController controller;
    QListView* list = nullptr;
    ui::PlotView* loss = nullptr;
};

bool shown(const ui::PlotContent& content, bool whole)
{
    return !content.curves.empty() && content.curves.front().series
        && (!whole || std::none_of(content.curves.begin(), content.curves.end(), [](const ui::PlotCurve& curve) {
               return curve.series && !curve.points && curve.series->isPreview();
           }));
}

// In a process of its own, whose memory is none of the window's.
void recordLong(const std::filesystem::path& file, std::int64_t batches)
{
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        {
            storage::Recorder recorder(file);
            record(recorder, "long", batches, true);
            record(recorder, "short", 100, true);
        }
        ::_exit(0);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0)
        throw std::runtime_error("the long run could not be recorded");
}

double residentMb()
{
    return double(trainer::ProcessMemory().residentBytes()) / 1e6;
}

void openLong(std::int64_t batches, const std::filesystem::path& file)
{
    std::printf("A stored run of %lld batches (loss, memory, validation loss), window %d x %d:\n",
        static_cast<long long>(batches), kWindow.width(), kWindow.height());
    std::vector<double> first, full, resident;
    for (int round = 0; round < 7; ++round) {
        House house(file);
        const double before = residentMb();
        house.window.showPage(ui::Page::Watch);
        house.click(0); // another run, so that the page is there
        QCoreApplication::processEvents();
        const auto isLong = [&](const auto& content, bool whole) {
            return shown(content, whole) && content.curves.front().series->total() > 1000;
        };
        QElapsedTimer timer;
        timer.start();
        house.click(1);
        if (!house.painted(house.loss, [&](const auto& content) { return isLong(content, false); }))
            qFatal("no curve");
        const double seen = sinceMs(timer);
        if (!house.painted(house.loss, [&](const auto& content) { return isLong(content, true); }))
            qFatal("no whole curve");
        resident.push_back(residentMb());
        if (round == 0) // what is made once is made
            std::printf("%-64s %12.2f ms to the painted curve, %.2f ms to all points; %.0f MB resident, %.0f before\n",
                "for the first time", seen, sinceMs(timer), resident.back(), before);
        if (round > 0) {
            first.push_back(seen);
            full.push_back(sinceMs(timer));
        }
    }
    print("click to the painted curve", first);
    print("click to the curve of all points", full);
    std::printf("%-64s %12.0f MB at most\n", "resident, the whole process", *std::ranges::max_element(resident));
}

void openMany(std::int64_t batches)
{
    constexpr int runs = 20;
    bench::ScratchDatabase database;
    {
        storage::Recorder recorder(database.file());
        for (int run = 0; run < runs; ++run)
            record(recorder, "run-" + std::to_string(run), batches, false);
    }
    std::printf("%d stored runs of %lld batches on Compare:\n", runs, static_cast<long long>(batches));
    std::vector<double> first, full;
    for (int round = 0; round < 5; ++round) {
        House house(database.file());
        std::vector<storage::RunId> checked;
        for (int row = 0; row < runs; ++row)
            checked.push_back(house.catalog.runs()[std::size_t(row)].run.id);
        house.window.showPage(ui::Page::Compare);
        QCoreApplication::processEvents();
        QElapsedTimer timer;
        timer.start();
        house.window.selection().select(checked);
        auto* chart = house.window.findChild<ui::PlotView*>(QStringLiteral("compareChart"));
        const auto all = [](bool whole) {
            return [whole](const ui::PlotContent& content) {
                return content.curves.size() == std::size_t(runs) && shown(content, whole);
            };
        };
        if (!house.painted(chart, all(false)))
            qFatal("no curves");
        const double seen = sinceMs(timer);
        if (!house.painted(chart, all(true)))
            qFatal("no whole curves");
        if (round > 0) {
            first.push_back(seen);
            full.push_back(sinceMs(timer));
        }
    }
    print("all checked to their painted curves", first);
    print("all checked to the curves of all points", full);
}

// Two rows of twenty panels, a metric each.
ui::PanelLayout manyPanels(int count)
{
    ui::PanelLayout layout { QStringLiteral("many"), {} };
    for (int i = 0; i < count; ++i) {
        if (i % 20 == 0)
            layout.rows.emplace_back();
        ui::PanelSpec panel;
        panel.metrics = { QStringLiteral("m%1").arg(i) };
        layout.rows.back().panels.push_back(panel);
    }
    return layout;
}

void openPanels(std::int64_t batches)
{
    constexpr int count = 40;
    const bench::ScratchDatabase database;
    {
        storage::Recorder recorder(database.file());
        record(recorder, "short", 100, true);
        storage::Run run;
        run.name = "wide";
        run.status = storage::RunStatus::Running;
        const auto id = recorder.addRun(run, {});
        std::vector<storage::Metric> metrics { { 0, "loss", "nats" } };
        for (int i = 0; i < count; ++i)
            metrics.push_back({ 0, "m" + std::to_string(i), "" });
        const auto stream = recorder.openStream(id, metrics);
        std::vector<std::uint16_t> numbers(metrics.size());
        std::iota(numbers.begin(), numbers.end(), std::uint16_t { 0 });
        std::vector<double> values(metrics.size());
        Curve curve(7);
        for (std::int64_t batch = 0; batch < batches; ++batch) {
            std::ranges::generate(values, [&curve] { return curve.next(); });
            stream->append(batch, double(batch) * 2e-4, numbers, values);
        }
        recorder.closeStream(id);
        recorder.setStatus(id, storage::RunStatus::Finished);
    }
    std::printf("%d panels of %lld batches on Watch:\n", count, static_cast<long long>(batches));
    std::vector<double> first;
    for (int round = 0; round < 5; ++round) {
        House house(database.file());
        house.window.showPage(ui::Page::Watch);
        house.click(1);
        const QJsonObject state { { QStringLiteral("panels"), ui::toJson(manyPanels(count)) } };
        house.window.pages().restore(ui::Page::Watch, QJsonDocument(state).toJson(QJsonDocument::Compact));
        QCoreApplication::processEvents();
        const auto plots = house.window.findChildren<ui::PlotView*>(QStringLiteral("panelChart"));
        QElapsedTimer timer;
        timer.start();
        house.click(0);
        const auto all = [&plots](const ui::PlotContent&) {
            return std::ranges::all_of(plots, [](const ui::PlotView* plot) { return shown(plot->content(), false); });
        };
        if (plots.size() != count || !house.painted(plots.front(), all))
            qFatal("no panels");
        if (round > 0)
            first.push_back(sinceMs(timer));
    }
    print("click to all panels painted", first);
}

ui::PlotContent overlaid(const std::vector<std::unique_ptr<ui::RunSeries>>& series)
{
    ui::PlotContent content;
    content.title = QStringLiteral("Loss");
    content.logY = true;
    for (std::size_t i = 0; i < series.size(); ++i) {
        ui::PlotCurve curve;
        curve.series = series[i].get();
        curve.label = QStringLiteral("run %1").arg(i);
        curve.color = ui::Theme::seriesColor(int(i), false);
        content.curves.push_back(curve);
    }
    return content;
}

void wheel(ui::PlotView& view, const QPointF& at, int notches)
{
    QWheelEvent event(
        at, view.mapToGlobal(at), {}, { 0, 120 * notches }, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&view, &event);
}

void zoomEight(std::size_t points)
{
    std::printf("Eight curves of %zu points in a plot of %d x %d:\n", points, kWindow.width(), kWindow.height());
    std::vector<std::unique_ptr<ui::RunSeries>> series;
    for (unsigned i = 0; i < 8; ++i) {
        series.push_back(std::make_unique<ui::RunSeries>("loss", "nats"));
        Curve curve(i + 1);
        for (std::size_t batch = 0; batch < points; ++batch)
            series.back()->append(double(batch), double(batch) * 2e-4, curve.next());
    }
    std::mt19937_64 random(3);
    std::vector<double> query, zoom, live;
    for (int round = 0; round < 500; ++round) {
        const std::size_t half = 1 + std::size_t(double(points) / 2 * std::pow(double(random() % 1000) / 1000, 4));
        const std::size_t middle = random() % points;
        QElapsedTimer timer;
        timer.start();
        for (const auto& one : series)
            one->buckets(middle - std::min(middle, half), middle + half, std::size_t(kWindow.width()));
        query.push_back(sinceMs(timer));
    }
    ui::PlotView view;
    view.resize(kWindow);
    view.setContent(overlaid(series));
    QElapsedTimer begin;
    begin.start();
    view.show();
    while (view.plotArea().width() < 2 || !QTest::qWaitForWindowExposed(&view)) { }
    view.repaint();
    const double first = sinceMs(begin);
    for (int round = 0; round < 300; ++round) {
        const QRectF area = view.plotArea();
        const QPointF at(area.left() + double(random() % 1000) / 1000 * area.width(), area.center().y());
        QElapsedTimer timer;
        timer.start();
        wheel(view, at, round % 60 < 40 ? 1 : -2);
        view.repaint();
        zoom.push_back(sinceMs(timer));
    }
    view.range().follow();
    Curve more(99);
    for (int round = 0; round < 200; ++round) {
        QElapsedTimer timer;
        timer.start();
        for (int batch = 0; batch < 250; ++batch) { // what 5 000 batches a second bring in a twentieth
            const auto at = double(series.front()->size());
            series.front()->append(at, at * 2e-4, more.next());
        }
        view.setContent(overlaid(series));
        view.repaint();
        live.push_back(sinceMs(timer));
    }
    print("zoom query, 8 curves", query);
    std::printf("%-64s %12.2f ms\n", "first frame after showing them", first);
    print("frame after a turn of the wheel, 8 curves", zoom);
    print("frame with 250 live batches, 8 curves, all in view", live);
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !qEnvironmentVariableIsSet("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const auto batches = std::int64_t((argc > 1 ? std::atof(argv[1]) : 10) * 1e6);
    const std::string part = argc > 2 ? argv[2] : "";
    const bool opens = part.empty() || part == "open";
    const bench::ScratchDatabase scratch;
    const std::filesystem::path file = argc > 3 ? std::filesystem::path(argv[3]) : scratch.file();
    if (opens && !std::filesystem::exists(file))
        recordLong(file, batches);
    QApplication application(argc, argv);
    application.setQuitOnLastWindowClosed(false);
    ui::Theme::apply(application, ui::ThemeMode::Light);
    if (opens)
        openLong(batches, file);
    if (part.empty() || part == "many")
        openMany(batches / 10);
    if (part.empty() || part == "panels")
        openPanels(batches / 10);
    if (part.empty() || part == "zoom")
        zoomEight(static_cast<std::size_t>(batches));
    return 0;
}
