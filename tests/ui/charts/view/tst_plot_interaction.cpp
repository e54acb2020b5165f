// SPDX-License-Identifier: GPL-3.0-or-later
// A plot as a whole: linked plots, log axes, the table, curves that are hidden or stand out, screens and themes.
#include "tests/ui/charts/view/plot_fixture.h"

#include <QAccessible>
#include <QClipboard>
#include <QDialog>
#include <QImage>
#include <QPushButton>
#include <QTableWidget>

#include <cmath>

using namespace nabiz;
using namespace nabiz::ui;

class TestPlotInteraction : public QObject, private tests::PlotFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(make()); }
    void cleanup() { m_plot.reset(); }
    void pinsAreSharedAndCleared();
    void readingsAreTheLastAtOrBefore();
    void logXShowsBatchZero();
    void tableForThoseWhoCannotSee();
    void highlightedCurveStandsOut();
    void hiddenCurveIsNotDrawn();
    void screenRatioAndThemeRedraw();
};

void TestPlotInteraction::pinsAreSharedAndCleared()
{
    PlotView other;
    other.setContent(m_content);
    other.resize(800, 200);
    PlotView::link(*m_plot, other);
    moveTo(at(0.5));
    QTest::keyClick(m_plot.get(), Qt::Key_A);
    QVERIFY(other.reader().pin(0) && *other.reader().pin(0) == *m_plot->reader().pin(0));
    m_content.xUnit = m_content.curves[0].x.unit = m_content.curves[1].x.unit = XUnit::Time;
    m_plot->setContent(m_content);
    QVERIFY(!m_plot->reader().pin(0)); // a batch is no second
}

void TestPlotInteraction::readingsAreTheLastAtOrBefore()
{
    const auto readings = m_plot->reader().readings(499.9);
    QCOMPARE(readings.size(), std::size_t(2));
    QCOMPARE(readings[0].x, 499.0);
    QCOMPARE(readings[1].x, 490.0); // not 500, which is nearer
    QCOMPARE(readings[1].value, m_two->value(49));
    QVERIFY(m_plot->reader().readings(-1).empty());
}

void TestPlotInteraction::logXShowsBatchZero()
{
    m_content.logX = true;
    m_plot->setContent(m_content);
    QVERIFY(m_plot->range().xRange().first <= 0);
    QCOMPARE(m_plot->range().xRange().second, 1000.0);
    moveTo(QPoint(static_cast<int>(m_plot->plotArea().left()) + 1, at(0.5).y()));
    QCOMPARE(*m_plot->reader().cursorX(), 0.0);
    QCOMPARE(m_plot->reader().readings(*m_plot->reader().cursorX())[0].value, m_one->value(0));
    // The first ten batches take about a third of the axis.
    moveTo(at(0.4));
    QVERIFY2(*m_plot->reader().cursorX() > 5 && *m_plot->reader().cursorX() < 25,
        qPrintable(QString::number(*m_plot->reader().cursorX())));
    wheel(at(0.9), {}, { 0, 1200 });
    QVERIFY(m_plot->range().xRange().first > 0);
    QVERIFY(!m_plot->grab().isNull());
    m_content.xUnit = XUnit::WallTime;
    for (PlotCurve& curve : m_content.curves) {
        curve.x.unit = XUnit::WallTime;
        curve.x.zero = 1.7e9;
    }
    m_plot->setContent(m_content);
    QVERIFY(!m_plot->content().logX); // dates have no logarithm
    QVERIFY(std::abs(m_plot->range().xRange().first - 1.7e9) < 1);
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
    QCOMPARE(m_plot->reader().readings(500).size(), std::size_t(1));
    QVERIFY(m_plot->yRange().second < m_one->value(0)); // nor does it count for the axis
    QVERIFY(m_plot->notice().contains(QStringLiteral("101")));
    m_content.curves[1].hidden = true;
    m_plot->setContent(m_content);
    QVERIFY(!m_plot->grab().isNull());
}

void TestPlotInteraction::screenRatioAndThemeRedraw()
{
    const QImage light = m_plot->grab().toImage();
    Theme::apply(*qApp, ThemeMode::Dark);
    QTRY_COMPARE(m_plot->grab().toImage().pixelColor(1, m_plot->height() - 2), Theme::colors().panel);
    Theme::apply(*qApp, ThemeMode::Light);
    QTRY_COMPARE(m_plot->grab().toImage(), light);
}

QTEST_MAIN(TestPlotInteraction)
#include "tst_plot_interaction.moc"
