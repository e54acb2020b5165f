// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of a grid in Compare: chosen as a group, told by their means, in a table and in a picture.
#include "tests/ui/charts/sample_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/grid_map.h"
#include "ui/panels/layout_shelf.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace nabiz;
using namespace nabiz::ui;

class TestCompareGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }
    void init()
    {
        m_page.reset();
        m_catalog = std::make_unique<RunCatalog>();
        m_page = std::make_unique<ComparePage>(*m_catalog, m_layouts);
        m_page->resize(1152, 786);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void ofAGroup();
    void ofTwoSettings();

private:
    template <typename T> T* child(const char* name) { return m_page->findChild<T*>(QLatin1String(name)); }
    void add(const char* group, const std::string& rate, const std::string& batch, int seed, double loss)
    {
        const auto id = static_cast<storage::RunId>(m_catalog->runs().size() + 1);
        storage::RunDetail run = testing::sampleRun(id, "run " + std::to_string(id), 100, 1);
        const std::string text = std::to_string(seed);
        run.overview.run.seed = seed;
        run.overview.run.group = group;
        run.overview.run.status = storage::RunStatus::Finished;
        run.overview.summary.bestValLoss = loss;
        run.parameters = { { "training.learning_rate", rate, rate }, { "training.batch_size", batch, batch },
            { "training.seed", text, text } };
        m_catalog->putRun(run.overview);
        m_catalog->setDetail(run);
    }

    std::unique_ptr<RunCatalog> m_catalog;
    LayoutShelf m_layouts;
    std::unique_ptr<ComparePage> m_page;
};

void TestCompareGrid::ofAGroup()
{
    for (const char* rate : { "1e-3", "3e-4" }) {
        for (int seed = 1; seed <= 2; ++seed)
            add("night", rate, "4", seed, (rate[0] == '1' ? 2 : 1) + 0.01 * seed);
    }
    add("", "1e-2", "4", 1, 3);
    m_page->showRuns(5, { 1, 5 });
    QTest::mouseClick(child<QPushButton>("gridTab"), Qt::LeftButton);
    auto* groups = child<QComboBox>("gridGroupBox");
    QCOMPARE(groups->currentIndex(), 0); // they are of no common group
    QSignalSpy wanted(m_page.get(), &ComparePage::compareRequested);
    groups->setFocus();
    QTest::keyClick(groups, Qt::Key_Down);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<QList<qint64>>(), (QList<qint64> { 1, 2, 3, 4 }));
    m_page->showRuns(1, { 1, 2, 3, 4 });
    QCOMPARE(groups->currentText(), QStringLiteral("night"));
    auto* cells = child<QTableWidget>("gridTable");
    QCOMPARE(cells->rowCount(), 2);
    QCOMPARE(cells->item(0, 0)->text(), QStringLiteral("3e-4"));
    QVERIFY(cells->item(0, 1)->text().contains("1.015") && cells->item(0, 1)->text().endsWith(QChar(0x2605)));
    QVERIFY(cells->item(0, 2)->text().startsWith("2 seed"));
    QVERIFY2(child<QLabel>("gridSentence")->text().startsWith("Best of 2: learning_rate=3e-4 with 1.015"),
        qPrintable(child<QLabel>("gridSentence")->text()));
    auto* map = child<GridMap>("gridMap");
    QVERIFY(map->isVisible());
    QSignalSpy chosen(m_page.get(), &ComparePage::runChosen);
    QTest::mouseClick(map, Qt::LeftButton, {}, map->placeOf(1).center().toPoint());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toLongLong(), qint64(1));
    m_page->showRuns(1, { 1, 2 }); // one cell alone has no picture
    QVERIFY(!map->isVisible());
}

// The map has a place for each, whole and apart; one that went astray does not make all others look alike.
void TestCompareGrid::ofTwoSettings()
{
    std::vector<storage::RunId> runs;
    for (const char* rate : { "1e-4", "3e-4", "1e-3" }) {
        for (const char* batch : { "4", "8" }) {
            add("map", rate, batch, 1, rate[0] == '3' ? 1.0 + batch[0] * 0.001 : batch[0] == '8' ? 1e6 : 1.2);
            runs.push_back(static_cast<storage::RunId>(m_catalog->runs().size()));
        }
    }
    m_page->showRuns(1, runs);
    QTest::mouseClick(child<QPushButton>("gridTab"), Qt::LeftButton);
    auto* map = child<GridMap>("gridMap");
    QVERIFY(map->isVisible());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        QVERIFY(QRectF(map->rect()).contains(map->placeOf(i)));
        for (std::size_t k = 0; k < i; ++k)
            QVERIFY(!map->placeOf(k).adjusted(1, 1, -1, -1).intersects(map->placeOf(i).adjusted(1, 1, -1, -1)));
    }
    const QImage picture = map->grab().toImage();
    const auto colorOf = [&](std::size_t cell) {
        return picture.pixelColor((map->placeOf(cell).topLeft() + QPointF(5, 5)).toPoint());
    };
    QVERIFY(colorOf(2) != colorOf(4)); // 3e-4 with 4, and 1e-3 with 4
    QVERIFY(colorOf(4) != colorOf(5)); // and that from the one that went astray
    QSignalSpy chosen(m_page.get(), &ComparePage::runChosen);
    QTest::mouseClick(map, Qt::LeftButton, {}, map->placeOf(3).center().toPoint());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toLongLong(), qint64(4));
}

QTEST_MAIN(TestCompareGrid)
#include "tst_compare_grid.moc"
