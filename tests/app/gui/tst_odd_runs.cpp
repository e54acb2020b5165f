// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as nobody wishes for them, in one database, each opened in the real window on every page: drawn or said, never a
// crash, and no run hides another.
#include "storage/recording/recorder.h"
#include "tests/app/gui/window_session.h"
#include "ui/charts/view/plot_view.h"
#include "ui/theme/theme.h"
#include "ui/window/run_selection.h"

#include <QListView>
#include <QTemporaryDir>
#include <QWheelEvent>
#include <QtTest>

#include <functional>
#include <limits>

using namespace nabiz;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

struct OddRun {
    std::string name;
    std::function<void(storage::Recorder&, storage::RunId)> record;
};

using Points = std::vector<std::pair<std::int64_t, double>>;

void recordLoss(storage::Recorder& recorder, storage::RunId run, const Points& points)
{
    const auto stream = recorder.openStream(run, { { 0, "loss", "nats" }, { 0, "memory.process", "bytes" } });
    const std::uint16_t numbers[] = { 0, 1 };
    double time = 0;
    for (const auto& [batch, loss] : points) {
        const double values[] = { loss, 5e8 };
        stream->append(batch, time += 0.1, numbers, values);
    }
    recorder.closeStream(run);
}

void recordManyMetrics(storage::Recorder& recorder, storage::RunId run)
{
    std::vector<storage::Metric> metrics { { 0, "loss", "nats" } };
    while (metrics.size() < 10'000)
        metrics.push_back({ 0, "metric." + std::to_string(metrics.size()), "" });
    std::vector<std::uint16_t> numbers(metrics.size());
    std::iota(numbers.begin(), numbers.end(), std::uint16_t { 0 });
    const auto stream = recorder.openStream(run, metrics);
    for (std::int64_t batch = 0; batch < 2; ++batch) {
        const std::vector<double> values(metrics.size(), 1.0 / double(batch + 1));
        stream->append(batch, double(batch), numbers, values);
    }
    recorder.closeStream(run);
}

Points wave(int batches)
{
    Points points;
    for (int batch = 0; batch < batches; ++batch)
        points.push_back({ batch, 2 + std::sin(batch / 9.0) });
    return points;
}

std::vector<OddRun> oddRuns()
{
    const auto of = [](Points points) {
        return [points = std::move(points)](auto& recorder, auto run) { recordLoss(recorder, run, points); };
    };
    return {
        { "plain", of(wave(300)) },
        { "no points", [](auto&, auto) {} },
        { "one point", of({ { 0, 1.5 } }) },
        { "all NaN", of({ { 0, kNaN }, { 1, kNaN }, { 2, kNaN } }) },
        { "infinite", of({ { 0, kInf }, { 1, -kInf }, { 2, 1 }, { 3, kInf } }) },
        { "steps go back", of({ { 5, 1 }, { 3, 2 }, { 9, 3 }, { 1, 4 }, { 7, 5 } }) },
        { "equal steps", of({ { 4, 1 }, { 4, 2 }, { 4, 3 } }) },
        { "extremes", of({ { 0, 1e308 }, { 1, 1e-308 }, { 2, -1e308 }, { 3, 5e-324 }, { 4, 0 } }) },
        { "huge steps", of({ { 0, 1 }, { std::int64_t(1) << 52, 2 }, { (std::int64_t(1) << 52) + 1, 3 } }) },
        { "constant", of({ { 0, 2 }, { 1, 2 }, { 2, 2 } }) },
        { "zero and below", of({ { 0, 0 }, { 1, -1 }, { 2, -2 } }) },
        { "ten thousand metrics", recordManyMetrics },
        { std::string(1000, 'n'), of(wave(50)) },
        { "nabız 💓 Ångström e\u0301", of(wave(50)) },
        { "تشغيل تجريبي 12", of(wave(50)) },
        { "line\nbreak\ttab", of(wave(50)) },
    };
}

void fill(const QString& folder)
{
    storage::Recorder recorder((folder + "/runs.db").toStdString());
    for (const OddRun& odd : oddRuns()) {
        storage::Run run;
        run.name = odd.name;
        run.status = storage::RunStatus::Running;
        const auto id = recorder.addRun(run, { { "training.learning_rate", "1e-3", "" } });
        odd.record(recorder, id);
        recorder.setStatus(id, storage::RunStatus::Finished);
    }
}

void turnWheel(QWidget* plot)
{
    const QPointF at = QRectF(plot->rect()).center();
    for (const int notches : { 3, 30, -60 }) {
        QWheelEvent event(at, plot->mapToGlobal(at), {}, { 0, 120 * notches }, Qt::NoButton, Qt::NoModifier,
            Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(plot, &event);
        plot->grab();
    }
}

// What a reader tries on a curve.
void handle(ui::PlotView* plot)
{
    plot->setFocus();
    for (const int key :
        { Qt::Key_Right, Qt::Key_Left, Qt::Key_L, Qt::Key_Plus, Qt::Key_F, Qt::Key_L, Qt::Key_Home, Qt::Key_End }) {
        QTest::keyClick(plot, Qt::Key(key));
        plot->grab();
    }
    turnWheel(plot);
    const QRect area = plot->rect();
    QTest::mousePress(plot, Qt::LeftButton, {}, area.center());
    QTest::mouseMove(plot, area.center() + QPoint(60, 40));
    QTest::mouseRelease(plot, Qt::LeftButton, {}, area.center() + QPoint(60, 40));
    plot->grab();
    QTest::keyClick(plot, Qt::Key_Home);
}

} // namespace

class TestOddRuns : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void eachIsShown_data();
    void eachIsShown();
    void allTogether();
    void deletedWhileShown();

private:
    QTemporaryDir m_folder;
};

void TestOddRuns::initTestCase()
{
    ui::Theme::apply(*qApp, ui::ThemeMode::Light);
    fill(m_folder.path());
}

void TestOddRuns::eachIsShown_data()
{
    QTest::addColumn<int>("row");
    const auto runs = oddRuns();
    for (int row = 0; row < int(runs.size()); ++row)
        QTest::addRow("%d %s", row, runs[std::size_t(row)].name.substr(0, 30).c_str()) << row;
}

void TestOddRuns::eachIsShown()
{
    QFETCH(int, row);
    tests::WindowSession session(m_folder.path());
    const int count = int(oddRuns().size());
    QTRY_COMPARE(int(session.catalog.runs().size()), count);
    const auto run = session.catalog.runs()[std::size_t(count - 1 - row)].run.id;
    QCOMPARE(session.catalog.overview(run)->run.name, oddRuns()[std::size_t(row)].name);
    session.window.selection().select({ run });
    session.window.showPage(ui::Page::Watch);
    QTRY_VERIFY(session.catalog.detail(run));
    for (auto* plot : session.window.findChildren<ui::PlotView*>()) {
        if (plot->isVisible())
            handle(plot);
    }
    QVERIFY(!session.window.grab().isNull());
    auto* list = session.window.findChild<QListView*>("runListView");
    QCOMPARE(list->model()->rowCount(), count);
    session.window.showPage(ui::Page::Report);
    QVERIFY(!session.window.grab().isNull());
}

void TestOddRuns::allTogether()
{
    tests::WindowSession session(m_folder.path());
    const auto count = oddRuns().size();
    QTRY_COMPARE(session.catalog.runs().size(), count);
    std::vector<storage::RunId> all;
    for (const auto& run : session.catalog.runs())
        all.push_back(run.run.id);
    session.window.selection().select(all);
    session.window.showPage(ui::Page::Compare);
    for (const auto run : all)
        QTRY_VERIFY(session.catalog.detail(run));
    auto* chart = session.window.findChild<ui::PlotView*>("compareChart");
    QTRY_VERIFY(chart->isVisible());
    handle(chart);
    const auto drawn = [&] { return chart->content().curves.size(); };
    QTRY_COMPARE(drawn(), count - 1); // all but the one without points
    QVERIFY(!session.window.grab().isNull());
}

void TestOddRuns::deletedWhileShown()
{
    QTemporaryDir folder;
    fill(folder.path());
    tests::WindowSession session(folder.path());
    const auto count = oddRuns().size();
    QTRY_COMPARE(session.catalog.runs().size(), count);
    const auto run = session.catalog.runs().back().run.id; // the plain one
    session.window.selection().select({ run });
    session.window.showPage(ui::Page::Watch);
    QTRY_VERIFY(session.catalog.detail(run));
    {
        storage::Recorder other((folder.path() + "/runs.db").toStdString());
        other.deleteRun(run);
    }
    QTRY_COMPARE_WITH_TIMEOUT(session.catalog.runs().size(), count - 1, 20'000);
    QVERIFY(!session.catalog.overview(run));
    QVERIFY(!session.window.grab().isNull());
}

QTEST_MAIN(TestOddRuns)
#include "tst_odd_runs.moc"
