// SPDX-License-Identifier: GPL-3.0-or-later
// The plot under real mouse, wheel and key events.
#include "ui/charts/export/chart_export.h"
#include "ui/charts/render/plot_renderer.h"
#include "ui/charts/view/plot_view.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace nabiz::ui;

class TestPlotView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survivesAnySize();
    void isAChartToAScreenReader();
    void initTestCase();
    void init();
    void cleanup();
    void followsGrowth();
    void wheelZoomsAtTheCursor();
    void shiftWheelZoomsY();
    void boxZoom();
    void smallBoxAndEscapeDoNothing();
    void panning_data();
    void panning();
    void endAndHomeAndDoubleClickReturn();
    void historyByKeys();
    void cursorByMouseAndKeys();
    void logKeyAsks();
    void linkedPlotsShareAll();
    void hiddenPlotDrawsNothing();
    void drawsTheCurve();
    void nonFiniteAndNonPositive();
    void unitOfXStartsAnew();
    void manyPointsDrawQuickly();
    void exportIsDeterministicAndLight();

private:
    QPoint at(double x, double y) const // in values, in a widget's pixels
    {
        const QRectF area = m_plot->plotArea();
        const auto [x0, x1] = m_plot->range().xRange();
        const auto [y0, y1] = m_plot->yRange();
        return QPointF(
            area.left() + (x - x0) / (x1 - x0) * area.width(), area.bottom() - (y - y0) / (y1 - y0) * area.height())
            .toPoint();
    }
    void wheel(const QPoint& at, int angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWheelEvent event(
            at, m_plot->mapToGlobal(at), {}, { 0, angle }, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_plot.get(), &event);
    }
    void drag(Qt::MouseButton button, Qt::KeyboardModifiers modifiers, const QPoint& from, const QPoint& to)
    {
        QTest::mousePress(m_plot.get(), button, modifiers, from);
        for (const QPoint& on : { (from + to) / 2, to }) {
            QMouseEvent move(QEvent::MouseMove, on, m_plot->mapToGlobal(on), Qt::NoButton, button, modifiers);
            QApplication::sendEvent(m_plot.get(), &move);
        }
        QTest::mouseRelease(m_plot.get(), button, modifiers, to);
    }

    std::unique_ptr<RunSeries> m_series;
    std::unique_ptr<PlotView> m_plot;
    PlotContent m_content;
};

void TestPlotView::initTestCase()
{
    Theme::apply(*qApp, ThemeMode::Light);
}

void TestPlotView::init()
{
    m_series = std::make_unique<RunSeries>("loss", "nats");
    for (int i = 0; i <= 1000; ++i) {
        m_series->append(i, i * 0.1, 1 + 4 * std::exp(-i / 100.0));
    }
    m_plot = std::make_unique<PlotView>();
    m_content = {};
    m_content.title = QStringLiteral("Loss");
    PlotCurve curve;
    curve.series = m_series.get();
    curve.label = QStringLiteral("run");
    curve.color = Theme::seriesColor(0, false);
    m_content.curves = { curve };
    m_plot->setContent(m_content);
    m_plot->resize(800, 400);
    m_plot->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
}

void TestPlotView::cleanup()
{
    m_plot.reset();
}

void TestPlotView::followsGrowth()
{
    QVERIFY(m_plot->range().isFollowing());
    QCOMPARE(m_plot->range().xRange(), std::pair(0.0, 1000.0));
    m_series->append(1001, 100, 1);
    m_plot->refresh();
    QCOMPARE(m_plot->range().xRange().second, 1001.0);
    m_content.plannedX = 5000;
    m_plot->setContent(m_content);
    QCOMPARE(m_plot->range().xRange().second, 5000.0);
}

void TestPlotView::wheelZoomsAtTheCursor()
{
    QSignalSpy ranges(&m_plot->range(), &PlotRange::xRangeChanged);
    QSignalSpy following(&m_plot->range(), &PlotRange::followingChanged);
    const QPoint place = at(300, 2);
    const double under
        = m_plot->range().xRange().first + (place.x() - m_plot->plotArea().left()) / m_plot->plotArea().width() * 1000;
    wheel(place, 120);
    const auto [x0, x1] = m_plot->range().xRange();
    QVERIFY(std::abs((x1 - x0) - 870) < 1e-6);
    QVERIFY(std::abs((under - x0) / (x1 - x0) - under / 1000) < 1e-9); // what was under the cursor still is
    QVERIFY(!m_plot->range().isFollowing());
    QCOMPARE(ranges.count(), 1);
    QCOMPARE(following.count(), 1);
    wheel(place, 30); // a touchpad's fine steps add up
    wheel(place, 90);
    QVERIFY(std::abs((m_plot->range().xRange().second - m_plot->range().xRange().first) - 870 * 0.87) < 1e-6);
    m_series->append(1001, 100, 1);
    m_plot->refresh();
    QVERIFY(m_plot->range().xRange().second < 1000); // zoomed in while it grows
}

void TestPlotView::shiftWheelZoomsY()
{
    const auto x = m_plot->range().xRange();
    const auto y = m_plot->yRange();
    wheel(at(500, 2), 240, Qt::ShiftModifier);
    QCOMPARE(m_plot->range().xRange(), x);
    QVERIFY(m_plot->yRange().second - m_plot->yRange().first < 0.8 * (y.second - y.first));
    wheel(QPoint(2, m_plot->plotArea().center().toPoint().y()), 120); // over the axis: that axis
    QCOMPARE(m_plot->range().xRange(), x);
}

void TestPlotView::boxZoom()
{
    drag(Qt::LeftButton, Qt::NoModifier, at(200, 3), at(400, 2));
    const auto [x0, x1] = m_plot->range().xRange();
    const auto [y0, y1] = m_plot->yRange();
    QVERIFY(std::abs(x0 - 200) < 2 && std::abs(x1 - 400) < 2);
    QVERIFY(std::abs(y0 - 2) < 0.05 && std::abs(y1 - 3) < 0.05);
    // A flat box is a stretch of x.
    m_plot->range().follow();
    const QPoint from = at(100, 2);
    drag(Qt::LeftButton, Qt::NoModifier, from, QPoint(at(300, 2).x(), from.y() + 3));
    QVERIFY(std::abs(m_plot->range().xRange().first - 100) < 2);
    QVERIFY(m_plot->yRange().second > 2);
}

void TestPlotView::smallBoxAndEscapeDoNothing()
{
    const QPoint place = at(500, 2);
    drag(Qt::LeftButton, Qt::NoModifier, place, place + QPoint(4, 4));
    QVERIFY(m_plot->range().isFollowing());
    QTest::mousePress(m_plot.get(), Qt::LeftButton, Qt::NoModifier, place);
    QMouseEvent move(QEvent::MouseMove, place + QPoint(90, 90), m_plot->mapToGlobal(place + QPoint(90, 90)),
        Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_plot.get(), &move);
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, Qt::NoModifier, place + QPoint(90, 90));
    QVERIFY(m_plot->range().isFollowing());
    QCOMPARE(m_plot->range().xRange(), std::pair(0.0, 1000.0));
}

void TestPlotView::panning_data()
{
    QTest::addColumn<int>("button");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<bool>("space");
    QTest::newRow("middle") << int(Qt::MiddleButton) << int(Qt::NoModifier) << false;
    QTest::newRow("control and left") << int(Qt::LeftButton) << int(Qt::ControlModifier) << false;
    QTest::newRow("space and left") << int(Qt::LeftButton) << int(Qt::NoModifier) << true;
}

void TestPlotView::panning()
{
    QFETCH(int, button);
    QFETCH(int, modifiers);
    QFETCH(bool, space);
    m_plot->range().setXRange(400, 600);
    const QPoint from(at(500, 1).x(), m_plot->plotArea().center().toPoint().y());
    if (space) {
        QTest::keyPress(m_plot.get(), Qt::Key_Space);
    }
    drag(Qt::MouseButton(button), Qt::KeyboardModifiers(modifiers), from, QPoint(at(550, 1).x(), from.y()));
    if (space) {
        QTest::keyRelease(m_plot.get(), Qt::Key_Space);
    }
    QVERIFY(std::abs(m_plot->range().xRange().first - 350) < 1);
    QVERIFY(std::abs(m_plot->range().xRange().second - 550) < 1);
}

void TestPlotView::endAndHomeAndDoubleClickReturn()
{
    for (const int way : { 0, 1, 2, 3 }) {
        m_plot->range().setXRange(100, 200);
        QVERIFY(!m_plot->range().isFollowing());
        if (way == 0) {
            QTest::keyClick(m_plot.get(), Qt::Key_End);
        } else if (way == 1) {
            QTest::keyClick(m_plot.get(), Qt::Key_Home);
        } else if (way == 2) {
            QTest::mouseDClick(m_plot.get(), Qt::LeftButton, Qt::NoModifier, at(150, 2));
        } else {
            m_plot->range().follow();
        }
        QVERIFY(m_plot->range().isFollowing());
        QCOMPARE(m_plot->range().xRange(), std::pair(0.0, 1000.0));
    }
}

void TestPlotView::historyByKeys()
{
    drag(Qt::LeftButton, Qt::NoModifier, at(200, 3), at(400, 2));
    const auto first = m_plot->range().xRange();
    drag(Qt::LeftButton, Qt::NoModifier, at(250, 2.8), at(300, 2.4));
    const auto second = m_plot->range().xRange();
    QTest::keyClick(m_plot.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m_plot->range().xRange(), first);
    QTest::keyClick(m_plot.get(), Qt::Key_Left, Qt::AltModifier);
    QVERIFY(m_plot->range().isFollowing());
    QTest::keyClick(m_plot.get(), Qt::Key_Right, Qt::AltModifier);
    QTest::keyClick(m_plot.get(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(m_plot->range().xRange(), second);
    QTest::mouseClick(m_plot.get(), Qt::BackButton, Qt::NoModifier, at(270, 2.5));
    QCOMPARE(m_plot->range().xRange(), first);
}

void TestPlotView::cursorByMouseAndKeys()
{
    std::optional<double> said;
    connect(&m_plot->reader(), &PlotReader::cursorMoved, this, [&said](std::optional<double> x) { said = x; });
    QTest::mouseMove(m_plot.get(), at(300, 2));
    QTRY_VERIFY(said && std::abs(*said - 300) < 1.5);
    QMouseEvent out(QEvent::MouseMove, QPointF(3, 3), m_plot->mapToGlobal(QPointF(3, 3)), Qt::NoButton, Qt::NoButton,
        Qt::NoModifier);
    QApplication::sendEvent(m_plot.get(), &out);
    QVERIFY(!said);
    QTest::keyClick(m_plot.get(), Qt::Key_Left); // begins at the last
    QCOMPARE(said, std::optional(1000.0));
    QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QCOMPARE(said, std::optional(999.0));
    QTest::keyClick(m_plot.get(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(said, std::optional(989.0));
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QCOMPARE(said, std::optional(990.0));
}

void TestPlotView::logKeyAsks()
{
    QSignalSpy asked(m_plot.get(), &PlotView::logRequested);
    QTest::keyClick(m_plot.get(), Qt::Key_L);
    QCOMPARE(asked.count(), 1);
    wheel(at(500, 2), 240, Qt::ShiftModifier);
    m_content.logY = true;
    m_plot->setContent(m_content);
    const auto [low, high] = m_plot->yRange(); // values, and fitted anew
    QVERIFY(low > 0.5 && low < 1.05 && high > 4.9 && high < 7);
}

void TestPlotView::linkedPlotsShareAll()
{
    RunSeries memory("memory.process", "bytes");
    for (int i = 0; i <= 500; ++i) { // shorter
        memory.append(i, i, 123456789.0);
    }
    PlotView other;
    PlotContent content;
    content.zeroBased = true;
    PlotCurve curve;
    curve.series = &memory;
    content.curves = { curve };
    other.setContent(content);
    other.resize(800, 200);
    other.show();
    PlotView::link(*m_plot, other);
    QCOMPARE(other.range().xRange(), std::pair(0.0, 1000.0));
    QCOMPARE(other.plotArea().left(), m_plot->plotArea().left());
    QCOMPARE(other.plotArea().width(), m_plot->plotArea().width());
    wheel(at(300, 2), 360);
    QVERIFY(!other.range().isFollowing());
    QCOMPARE(other.range().xRange(), m_plot->range().xRange());
    m_plot->reader().setCursorX(std::nullopt);
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QCOMPARE(other.reader().cursorX(), m_plot->reader().cursorX());
    QVERIFY(other.reader().cursorX().has_value());
    QTest::keyClick(&other, Qt::Key_End);
    QVERIFY(m_plot->range().isFollowing());
    QCOMPARE(m_plot->range().xRange(), std::pair(0.0, 1000.0));
    other.range().setXRange(10, 20);
    QCOMPARE(m_plot->range().xRange(), std::pair(10.0, 20.0));
}

void TestPlotView::hiddenPlotDrawsNothing()
{
    struct Counter : QObject {
        int paints = 0;
        bool eventFilter(QObject*, QEvent* event) override
        {
            paints += event->type() == QEvent::Paint;
            return false;
        }
    } counter;
    m_plot->installEventFilter(&counter);
    m_plot->hide();
    for (int i = 0; i < 100; ++i) {
        m_plot->refresh();
    }
    QCoreApplication::processEvents();
    QCOMPARE(counter.paints, 0);
    m_plot->show();
    QTRY_VERIFY(counter.paints > 0);
    QTRY_VERIFY(m_plot->isVisible());
    const int before = counter.paints;
    for (int i = 0; i < 1000; ++i) {
        m_plot->refresh(); // a thousand batches are one redraw
    }
    QTRY_VERIFY(counter.paints > before);
    QVERIFY(counter.paints <= before + 2);
}

void TestPlotView::drawsTheCurve()
{
    const QImage image = m_plot->grab().toImage();
    const QColor line = Theme::seriesColor(0, false);
    const QRect area = m_plot->plotArea().toRect();
    const auto isLine = [&](int x, int y) {
        const QColor color = image.pixelColor(x, y);
        return std::abs(color.red() - line.red()) < 60 && std::abs(color.green() - line.green()) < 60
            && std::abs(color.blue() - line.blue()) < 60;
    };
    for (const double share : { 0.3, 0.5, 0.9 }) {
        const int x = area.left() + static_cast<int>(area.width() * share);
        int found = -1;
        for (int y = area.top(); y < area.bottom(); ++y) {
            if (isLine(x, y)) {
                found = y;
                break;
            }
        }
        QVERIFY(found > 0);
        const int expected = at(1000 * share, 1 + 4 * std::exp(-10 * share)).y();
        QVERIFY2(std::abs(found - expected) < 12, qPrintable(QStringLiteral("%1 %2").arg(found).arg(expected)));
    }
    QVERIFY(m_plot->accessibleDescription().contains(QStringLiteral("run")));
    QCOMPARE(m_plot->accessibleName(), QStringLiteral("Loss"));
}

void TestPlotView::nonFiniteAndNonPositive()
{
    m_series->append(1001, 100, std::nan(""));
    m_series->append(1002, 100, -5);
    m_series->append(1003, 100, 1e300);
    m_series->append(1004, 100, std::numeric_limits<double>::infinity());
    for (const bool log : { false, true }) {
        m_content.logY = log;
        m_plot->setContent(m_content);
        QVERIFY(!m_plot->grab().isNull());
        QVERIFY(std::isfinite(m_plot->yRange().first) && std::isfinite(m_plot->yRange().second));
        m_plot->range().setXRange(0, 980); // further on the average reaches it
        QVERIFY(m_plot->yRange().second < 10);
        m_plot->range().follow();
    }
}

void TestPlotView::unitOfXStartsAnew()
{
    m_plot->range().setXRange(100, 200);
    m_content.xUnit = m_content.curves[0].x.unit = XUnit::Time;
    m_plot->setContent(m_content);
    QVERIFY(m_plot->range().isFollowing());
    QCOMPARE(m_plot->range().xRange(), std::pair(0.0, 100.0));
    m_content.xUnit = m_content.curves[0].x.unit = XUnit::Step;
    m_content.curves[0].x.batchesPerStep = 4;
    m_plot->setContent(m_content);
    QCOMPARE(m_plot->range().xRange(), std::pair(0.0, 250.0));
}

// The window must never be held for 50 ms; printed, and judged loosely, since test machines are shared.
void TestPlotView::manyPointsDrawQuickly()
{
    std::vector<std::unique_ptr<RunSeries>> series;
    m_content.curves.clear();
    for (int run = 0; run < 6; ++run) {
        series.push_back(std::make_unique<RunSeries>("loss", "nats"));
        for (int i = 0; i < 300'000; ++i) {
            series.back()->append(i, i, 1 + run + 0.3 * std::sin(i * 0.7));
        }
        PlotCurve curve;
        curve.series = series.back().get();
        curve.label = QStringLiteral("run %1").arg(run);
        curve.color = Theme::seriesColor(run, false);
        m_content.curves.push_back(curve);
    }
    m_plot->resize(1200, 600);
    m_plot->setContent(m_content);
    m_plot->grab(); // smooths all once
    qint64 slowest = 0;
    for (int step = 0; step < 10; ++step) {
        QElapsedTimer timer;
        timer.start();
        wheel(m_plot->plotArea().center().toPoint(), 120);
        m_plot->grab();
        slowest = std::max(slowest, timer.elapsed());
    }
    qInfo("6 curves of 300 000 points: the slowest of 10 zoom steps took %lld ms", static_cast<long long>(slowest));
    QVERIFY(slowest < 1000);
    m_plot->setContent({}); // before the series go
}

void TestPlotView::exportIsDeterministicAndLight()
{
    const QByteArray light = chartSvg(m_content, { 800, 400 });
    QCOMPARE(chartSvg(m_content, { 800, 400 }), light);
    QVERIFY(light.contains("<svg") && light.contains("Loss") && light.size() > 2000);
    Theme::apply(*qApp, ThemeMode::Dark);
    const QByteArray dark = chartSvg(m_content, { 800, 400 });
    Theme::apply(*qApp, ThemeMode::Light);
    QCOMPARE(dark, light);
    const QImage image = QImage::fromData(chartPng(m_content, { 400, 200 }, 2), "PNG");
    QCOMPARE(image.size(), QSize(800, 400));
    QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
}

// Larger than any picture can be, and painted on nothing at all.
void TestPlotView::survivesAnySize()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 5000; ++i) {
        series.append(i, i, 1.0 + i % 7);
    }
    PlotContent content;
    content.curves.push_back({ .series = &series, .label = QStringLiteral("run"), .key = 1, .color = Qt::blue });
    PlotView view;
    view.setContent(content);
    view.resize(40'000, 40'000);
    QVERIFY(view.plotArea().width() > 30'000);
    PlotRenderer renderer;
    PlotFrame frame;
    frame.size = QSizeF(800, 400);
    frame.colors = &Theme::lightColors();
    frame.x1 = 5000;
    QImage none;
    QPainter nowhere;
    QTest::ignoreMessage(QtWarningMsg, "QPainter::begin: Paint device returned engine == 0, type: 3");
    nowhere.begin(&none);
    QVERIFY(renderer.draw(nowhere, content, frame).map.area.width() > 0);
}

void TestPlotView::isAChartToAScreenReader()
{
    RunSeries series("loss", "nats");
    for (int i = 0; i < 100; ++i) {
        series.append(i, i, 2);
    }
    PlotContent content;
    content.title = QStringLiteral("Loss");
    content.curves.push_back({ .series = &series, .label = QStringLiteral("run"), .key = 1, .color = Qt::blue });
    PlotView view;
    view.setContent(content);
    view.plotArea();
    QAccessibleInterface* const read = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(read);
    QCOMPARE(read->role(), QAccessible::Chart);
    QCOMPARE(read->text(QAccessible::Name), QStringLiteral("Loss"));
    QVERIFY(read->text(QAccessible::Description).contains(QStringLiteral("100")));
}

QTEST_MAIN(TestPlotView)
#include "tst_plot_view.moc"
