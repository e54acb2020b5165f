// SPDX-License-Identifier: GPL-3.0-or-later
// Pins, marks, menu, table, axes and following, by real mouse and keys.
#include "ui/charts/view/plot_view.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QImage>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace nabiz::ui;

class TestPlotInteraction : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }
    void init();
    void cleanup() { m_plot.reset(); }
    void pinsByKeys();
    void pinsAreSharedAndCleared();
    void readingsAreTheLastAtOrBefore();
    void copyTakesTheValues();
    void menuHoldsAllOfIt();
    void rightClickChangesNothing();
    void altBoxIsFullHeight();
    void fitYKeepsX();
    void wheelOverAnAxis();
    void touchpadPixels();
    void upAndDownZoomY();
    void followsTheLast();
    void logXShowsBatchZero();
    void keysAskThePage();
    void markByMouse();
    void markByKeys();
    void tableForThoseWhoCannotSee();
    void highlightedCurveStandsOut();
    void hiddenCurveIsNotDrawn();
    void valuesBesideTheCursor();
    void screenRatioAndThemeRedraw();
    void shortcutsAreListed();

private:
    QPoint at(double share, double height = 0.5) const
    {
        const QRectF area = m_plot->plotArea();
        return QPointF(area.left() + share * area.width(), area.top() + height * area.height()).toPoint();
    }
    void moveTo(const QPoint& place)
    {
        QMouseEvent move(
            QEvent::MouseMove, place, m_plot->mapToGlobal(place), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(m_plot.get(), &move);
    }
    void wheel(const QPoint& place, QPoint pixels, QPoint angle, Qt::ScrollPhase phase = Qt::NoScrollPhase)
    {
        QWheelEvent event(place, m_plot->mapToGlobal(place), pixels, angle, Qt::NoButton, Qt::NoModifier, phase, false);
        QApplication::sendEvent(m_plot.get(), &event);
    }
    QMenu* openMenu(const QPoint& place)
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, m_plot->mapToGlobal(place));
        QApplication::sendEvent(m_plot.get(), &event);
        return m_plot->findChild<QMenu*>(QStringLiteral("plotMenu"));
    }

    std::unique_ptr<RunSeries> m_one, m_two;
    std::unique_ptr<PlotView> m_plot;
    PlotContent m_content;
};

void TestPlotInteraction::init()
{
    m_one = std::make_unique<RunSeries>("loss", "nats");
    m_two = std::make_unique<RunSeries>("loss", "nats");
    for (int i = 0; i <= 1000; ++i) {
        m_one->append(i, i * 0.1, 5 - i * 0.004);
        if (i % 10 == 0) {
            m_two->append(i, i * 0.1, 4 - i * 0.002);
        }
    }
    m_content = {};
    m_content.title = QStringLiteral("Loss");
    for (const auto& [series, name] : { std::pair(m_one.get(), "one"), std::pair(m_two.get(), "two") }) {
        PlotCurve curve;
        curve.series = series;
        curve.label = QLatin1String(name);
        curve.key = static_cast<qint64>(m_content.curves.size()) + 1;
        curve.color = Theme::seriesColor(static_cast<int>(curve.key), false);
        curve.smoothed = false;
        m_content.curves.push_back(curve);
    }
    m_content.marks = { { 250, MarkKind::Evaluation, QStringLiteral("first"), 7, {} },
        { 750, MarkKind::Warning, QStringLiteral("second"), 9, {} } };
    m_plot = std::make_unique<PlotView>();
    m_plot->setContent(m_content);
    m_plot->resize(800, 400);
    m_plot->show();
    m_plot->setFocus();
    QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
}

void TestPlotInteraction::pinsByKeys()
{
    QSignalSpy moved(m_plot.get(), &PlotView::pinMoved);
    moveTo(at(0.25));
    QTest::keyClick(m_plot.get(), Qt::Key_A);
    moveTo(at(0.75));
    QTest::keyClick(m_plot.get(), Qt::Key_B);
    QCOMPARE(moved.count(), 2);
    QVERIFY(std::abs(*m_plot->pin(0) - 250) < 2 && std::abs(*m_plot->pin(1) - 750) < 2);
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QVERIFY(!m_plot->pin(0) && !m_plot->pin(1));
}

void TestPlotInteraction::pinsAreSharedAndCleared()
{
    PlotView other;
    other.setContent(m_content);
    other.resize(800, 200);
    PlotView::link(*m_plot, other);
    moveTo(at(0.5));
    QTest::keyClick(m_plot.get(), Qt::Key_A);
    QVERIFY(other.pin(0) && *other.pin(0) == *m_plot->pin(0));
    m_content.xUnit = m_content.curves[0].x.unit = m_content.curves[1].x.unit = XUnit::Time;
    m_plot->setContent(m_content);
    QVERIFY(!m_plot->pin(0)); // a batch is no second
}

void TestPlotInteraction::readingsAreTheLastAtOrBefore()
{
    const auto readings = m_plot->readings(499.9);
    QCOMPARE(readings.size(), std::size_t(2));
    QCOMPARE(readings[0].x, 499.0);
    QCOMPARE(readings[1].x, 490.0); // not 500, which is nearer
    QCOMPARE(readings[1].value, m_two->value(49));
    QVERIFY(m_plot->readings(-1).empty());
}

void TestPlotInteraction::copyTakesTheValues()
{
    m_plot->setCursorX(500);
    QTest::keyClick(m_plot.get(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    const QStringList cells = lines[2].split(QLatin1Char('\t'));
    QCOMPARE(cells[0], QStringLiteral("two"));
    QCOMPARE(QLocale().toDouble(cells[1]), 500.0);
    QCOMPARE(QLocale().toDouble(cells[2]), m_two->value(50));
    QCOMPARE(QLocale().toDouble(cells[4]), m_two->value(50) - m_one->value(500));
}

void TestPlotInteraction::menuHoldsAllOfIt()
{
    connect(
        m_plot.get(), &PlotView::menuAboutToShow, this, [](QMenu* menu) { menu->addAction(QStringLiteral("page's")); });
    QMenu* const menu = openMenu(at(0.3));
    QVERIFY(menu && menu->isVisible());
    QStringList names;
    for (const QAction* const action : menu->actions()) {
        names.append(action->objectName());
    }
    for (const char* const name :
        { "plotFit", "plotFollow", "plotFitY", "plotBack", "plotForward", "plotPinA", "plotPinB", "plotUnpin",
            "plotLogY", "plotLogX", "plotClip", "plotValues", "plotTable", "plotCopyValues" }) {
        QVERIFY2(names.contains(QLatin1String(name)), name);
    }
    QCOMPARE(menu->actions().last()->text(), QStringLiteral("page's"));
    QVERIFY(!menu->findChild<QAction*>(QStringLiteral("plotBack"))->isEnabled());
    menu->findChild<QAction*>(QStringLiteral("plotPinA"))->trigger();
    QVERIFY(std::abs(*m_plot->pin(0) - 300) < 2);
    menu->close();
}

void TestPlotInteraction::rightClickChangesNothing()
{
    m_plot->setXRange(100, 200);
    QTest::mouseClick(m_plot.get(), Qt::RightButton, Qt::NoModifier, at(0.3));
    openMenu(at(0.3))->close();
    QCOMPARE(m_plot->xRange(), std::pair(100.0, 200.0));
}

void TestPlotInteraction::altBoxIsFullHeight()
{
    const auto y = m_plot->yRange();
    QTest::mousePress(m_plot.get(), Qt::LeftButton, Qt::AltModifier, at(0.2, 0.3));
    const QPoint end = at(0.4, 0.6);
    QMouseEvent move(QEvent::MouseMove, end, m_plot->mapToGlobal(end), Qt::NoButton, Qt::LeftButton, Qt::AltModifier);
    QApplication::sendEvent(m_plot.get(), &move);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, Qt::AltModifier, end);
    QVERIFY(std::abs(m_plot->xRange().first - 200) < 2 && std::abs(m_plot->xRange().second - 400) < 2);
    // y is fitted to what is in view, not to the box.
    QVERIFY(m_plot->yRange().first < m_one->value(400) && m_plot->yRange().second > m_one->value(200));
    QVERIFY(m_plot->yRange().second < y.second);
}

void TestPlotInteraction::fitYKeepsX()
{
    m_plot->setXRange(200, 400);
    const auto fitted = m_plot->yRange();
    wheel(at(0.5), {}, { 0, 0 });
    QWheelEvent shift(at(0.5), m_plot->mapToGlobal(at(0.5)), {}, { 0, 240 }, Qt::NoButton, Qt::ShiftModifier,
        Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_plot.get(), &shift);
    QVERIFY(m_plot->yRange() != fitted);
    QTest::keyClick(m_plot.get(), Qt::Key_F);
    QCOMPARE(m_plot->yRange(), fitted);
    QCOMPARE(m_plot->xRange(), std::pair(200.0, 400.0));
}

void TestPlotInteraction::wheelOverAnAxis()
{
    const auto x = m_plot->xRange(), y = m_plot->yRange();
    wheel(QPoint(3, at(0.5).y()), {}, { 0, 120 });
    QCOMPARE(m_plot->xRange(), x);
    QVERIFY(m_plot->yRange().second - m_plot->yRange().first < y.second - y.first);
    const auto zoomed = m_plot->yRange();
    wheel(QPoint(at(0.5).x(), m_plot->height() - 3), {}, { 0, 120 });
    QVERIFY(m_plot->xRange().second - m_plot->xRange().first < 900);
    QCOMPARE(m_plot->yRange(), zoomed);
}

void TestPlotInteraction::touchpadPixels()
{
    wheel(at(0.5), { 0, 40 }, { 0, 8 }, Qt::ScrollUpdate); // the fingers' way, not the few angles that come with it
    const auto [x0, x1] = m_plot->xRange();
    QVERIFY2(std::abs((x1 - x0) - 870) < 1, qPrintable(QString::number(x1 - x0)));
}

void TestPlotInteraction::upAndDownZoomY()
{
    const auto y = m_plot->yRange();
    QTest::keyClick(m_plot.get(), Qt::Key_Up);
    QVERIFY(m_plot->yRange().second - m_plot->yRange().first < y.second - y.first);
    QTest::keyClick(m_plot.get(), Qt::Key_Down);
    QVERIFY(std::abs((m_plot->yRange().second - m_plot->yRange().first) - (y.second - y.first)) < 1e-6);
}

void TestPlotInteraction::followsTheLast()
{
    m_content.plannedX = 5000;
    m_plot->setContent(m_content);
    m_plot->setFollowedLength(200);
    QVERIFY(m_plot->isFollowing());
    QCOMPARE(m_plot->xRange(), std::pair(800.0, 1000.0)); // of what there is, not of what is planned
    m_one->append(1001, 100.1, 1);
    m_plot->refresh();
    QCOMPARE(m_plot->xRange(), std::pair(801.0, 1001.0));
    wheel(at(0.5), {}, { 0, 120 });
    QVERIFY(!m_plot->isFollowing());
    QTest::keyClick(m_plot.get(), Qt::Key_End);
    QCOMPARE(m_plot->xRange(), std::pair(801.0, 1001.0));
    QTest::keyClick(m_plot.get(), Qt::Key_Home);
    QCOMPARE(m_plot->xRange(), std::pair(0.0, 5000.0));
    QTest::keyClick(m_plot.get(), Qt::Key_End);
    QCOMPARE(m_plot->xRange().second, 5000.0); // Home chose all
}

void TestPlotInteraction::logXShowsBatchZero()
{
    m_content.logX = true;
    m_plot->setContent(m_content);
    QVERIFY(m_plot->xRange().first <= 0);
    QCOMPARE(m_plot->xRange().second, 1000.0);
    moveTo(QPoint(static_cast<int>(m_plot->plotArea().left()) + 1, at(0.5).y()));
    QCOMPARE(*m_plot->cursorX(), 0.0);
    QCOMPARE(m_plot->readings(*m_plot->cursorX())[0].value, m_one->value(0));
    // The first ten batches take about a third of the axis.
    moveTo(at(0.4));
    QVERIFY2(*m_plot->cursorX() > 5 && *m_plot->cursorX() < 25, qPrintable(QString::number(*m_plot->cursorX())));
    wheel(at(0.9), {}, { 0, 1200 });
    QVERIFY(m_plot->xRange().first > 0);
    QVERIFY(!m_plot->grab().isNull());
    m_content.xUnit = XUnit::WallTime;
    for (PlotCurve& curve : m_content.curves) {
        curve.x.unit = XUnit::WallTime;
        curve.x.zero = 1.7e9;
    }
    m_plot->setContent(m_content);
    QVERIFY(!m_plot->content().logX); // dates have no logarithm
    QVERIFY(std::abs(m_plot->xRange().first - 1.7e9) < 1);
}

void TestPlotInteraction::keysAskThePage()
{
    QSignalSpy logY(m_plot.get(), &PlotView::logRequested), logX(m_plot.get(), &PlotView::logXRequested),
        clip(m_plot.get(), &PlotView::clipRequested);
    QTest::keyClick(m_plot.get(), Qt::Key_L);
    QTest::keyClick(m_plot.get(), Qt::Key_X);
    QTest::keyClick(m_plot.get(), Qt::Key_O);
    QCOMPARE(logY.count(), 1);
    QCOMPARE(logX.count(), 1);
    QCOMPARE(clip.count(), 1);
}

void TestPlotInteraction::markByMouse()
{
    QSignalSpy chosen(m_plot.get(), &PlotView::markActivated);
    const QPoint place(at(0.75).x(), static_cast<int>(m_plot->plotArea().bottom()) - 4);
    moveTo(place);
    QCOMPARE(m_plot->cursor().shape(), Qt::PointingHandCursor);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, Qt::NoModifier, place);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toLongLong(), 9);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, Qt::NoModifier, at(0.5));
    QCOMPARE(chosen.count(), 1);
    QVERIFY(m_plot->isFollowing());
}

void TestPlotInteraction::markByKeys()
{
    QSignalSpy chosen(m_plot.get(), &PlotView::markActivated);
    m_plot->setCursorX(300);
    QTest::keyClick(m_plot.get(), Qt::Key_M, Qt::ShiftModifier);
    QCOMPARE(*m_plot->cursorX(), 250.0);
    QTest::keyClick(m_plot.get(), Qt::Key_M);
    QCOMPARE(*m_plot->cursorX(), 750.0);
    QTest::keyClick(m_plot.get(), Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toLongLong(), 9);
}

void TestPlotInteraction::tableForThoseWhoCannotSee()
{
    m_plot->grab();
    QVERIFY(m_plot->accessibleDescription().contains(QStringLiteral("one")));
    QVERIFY2(m_plot->accessibleDescription().contains(m_plot->notice()), qPrintable(m_plot->accessibleDescription()));
    QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QVERIFY(m_plot->accessibleDescription().contains(QStringLiteral("At 999 one"))); // the cursor is told of
    QTest::keyClick(m_plot.get(), Qt::Key_T);
    auto* const dialog = m_plot->findChild<QDialog*>(QStringLiteral("plotTableDialog"));
    QVERIFY(dialog && dialog->isVisible());
    auto* const values = dialog->findChild<QTableWidget*>(QStringLiteral("valuesAtCursor"));
    QCOMPARE(values->rowCount(), 2);
    QCOMPARE(values->item(1, 0)->text(), QStringLiteral("two"));
    auto* const view = dialog->findChild<QTableWidget*>(QStringLiteral("valuesInView"));
    QVERIFY(view->rowCount() > 20);
    QVERIFY(QAccessible::queryAccessibleInterface(view)->tableInterface() != nullptr);
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("copyTableButton")), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().split(QLatin1Char('\n')).size() > 24);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_plot->findChild<QDialog*>(QStringLiteral("plotTableDialog")));
}

void TestPlotInteraction::highlightedCurveStandsOut()
{
    const auto coloured = [this](const QColor& color) {
        const QImage image = m_plot->grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                count += std::abs(pixel.red() - color.red()) + std::abs(pixel.green() - color.green())
                        + std::abs(pixel.blue() - color.blue())
                    < 60;
            }
        }
        return count;
    };
    const int before = coloured(m_content.curves[1].color), mine = coloured(m_content.curves[0].color);
    m_plot->setHighlighted(1);
    QVERIFY(coloured(m_content.curves[1].color) < before / 4);
    QVERIFY(coloured(m_content.curves[0].color) > mine);
    m_plot->setHighlighted(std::nullopt);
    QCOMPARE(coloured(m_content.curves[1].color), before);
}

void TestPlotInteraction::hiddenCurveIsNotDrawn()
{
    m_content.curves[0].hidden = true;
    m_plot->setContent(m_content);
    QCOMPARE(m_plot->readings(500).size(), std::size_t(1));
    QVERIFY(m_plot->yRange().second < m_one->value(0)); // nor does it count for the axis
    QVERIFY(m_plot->notice().contains(QStringLiteral("101")));
    m_content.curves[1].hidden = true;
    m_plot->setContent(m_content);
    QVERIFY(!m_plot->grab().isNull());
}

void TestPlotInteraction::valuesBesideTheCursor()
{
    moveTo(at(0.25));
    const QImage without = m_plot->grab().toImage();
    QTest::keyClick(m_plot.get(), Qt::Key_V);
    const QImage with = m_plot->grab().toImage();
    QVERIFY(with != without);
    QTest::keyClick(m_plot.get(), Qt::Key_V);
    QCOMPARE(m_plot->grab().toImage(), without);
}

void TestPlotInteraction::screenRatioAndThemeRedraw()
{
    const QImage light = m_plot->grab().toImage();
    Theme::apply(*qApp, ThemeMode::Dark);
    QTRY_COMPARE(m_plot->grab().toImage().pixelColor(1, m_plot->height() - 2), Theme::colors().panel);
    Theme::apply(*qApp, ThemeMode::Light);
    QTRY_COMPARE(m_plot->grab().toImage(), light);
}

void TestPlotInteraction::shortcutsAreListed()
{
    const auto all = plotShortcuts();
    QVERIFY(all.size() > 10);
    for (const PlotShortcut& shortcut : all) {
        QVERIFY(!shortcut.keys.isEmpty() && !shortcut.action.isEmpty());
    }
}

QTEST_MAIN(TestPlotInteraction)
#include "tst_plot_interaction.moc"
