// SPDX-License-Identifier: GPL-3.0-or-later
// The legend by mouse and keys, the statistics of a stretch, and charts as files.
#include "app/gui/readers/chart_file_writer.h"
#include "trainer/base/kept_files.h"
#include "ui/charts/export/chart_csv.h"
#include "ui/charts/shape/curve_statistics.h"
#include "ui/charts/view/chart_picture.h"
#include "ui/charts/view/chart_save_dialog.h"
#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <cmath>
#include <limits>

using namespace nabiz::ui;

class TestPlotLegend : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void clickHides();
    void controlClickSinglesOut();
    void byKeyboard();
    void hoverHighlights();
    void remembersByKey();
    void oneCurveNeedsNone();
    void manyNamesTakeSeveralLines();
    void statisticsAreThoseOfBruteForce();
    void statisticsOfOddSeries();
    void csvOfOneRun();
    void csvOfSeveralRuns();
    void csvUnderADecimalComma();
    void savesEachFormat_data();
    void savesEachFormat();
    void savesAllAtOnce();
    void csvCanBeCancelled();
    void saysWhatCannotBeWritten();
    void neverOverTheDatabase();
    void previewsAreNotWritten();
    void copiesAPicture();

private:
    QCheckBox* box(qint64 key) { return m_legend->findChild<QCheckBox*>(QStringLiteral("legendBox%1").arg(key)); }
    void show() { m_plot->setContent(m_legend->take(m_content)); }
    bool isHidden(std::size_t curve) { return m_plot->content().curves[curve].hidden; }

    std::unique_ptr<RunSeries> m_loss, m_val, m_other;
    std::unique_ptr<QWidget> m_window;
    PlotLegend* m_legend = nullptr;
    nabiz::app::ChartFileWriter m_writer;
    PlotView* m_plot = nullptr;
    PlotContent m_content;
};

void TestPlotLegend::initTestCase()
{
    Theme::apply(*qApp, ThemeMode::Light);
}

void TestPlotLegend::init()
{
    m_loss = std::make_unique<RunSeries>("loss", "nats");
    m_val = std::make_unique<RunSeries>("val.loss", "nats");
    m_other = std::make_unique<RunSeries>("loss", "nats");
    for (int i = 0; i < 100; ++i) {
        m_loss->append(i, i * 0.25, static_cast<double>(static_cast<float>(5.1 - i * 0.01)));
        m_other->append(i, i * 0.5, 3);
        if (i % 10 == 9) {
            m_val->append(i, i * 0.25, 4.25);
        }
    }
    m_content = {};
    m_content.title = QStringLiteral("Loss");
    const auto add = [this](const RunSeries& series, const char* name, qint64 key, qint64 run) {
        PlotCurve curve;
        curve.series = &series;
        curve.label = QLatin1String(name);
        curve.key = key;
        curve.run = run;
        curve.color = Theme::seriesColor(static_cast<int>(std::abs(key)), false);
        m_content.curves.push_back(curve);
    };
    add(*m_loss, "one & only", 1, 1);
    add(*m_other, "two", 2, 2);
    add(*m_val, "", -1, 1);
    m_window = std::make_unique<QWidget>();
    m_legend = new PlotLegend(m_window.get());
    m_plot = new PlotView(m_window.get());
    m_legend->attach(*m_plot);
    auto* const layout = new QVBoxLayout(m_window.get());
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_legend);
    connect(m_legend, &PlotLegend::changed, this, &TestPlotLegend::show);
    m_window->resize(800, 500);
    show();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestPlotLegend::clickHides()
{
    QVERIFY(box(1)->isChecked());
    QCOMPARE(box(1)->text(), QStringLiteral("one && only"));
    QCOMPARE(box(1)->accessibleName(), QStringLiteral("one & only"));
    QVERIFY(!box(-1)->text().isEmpty()); // named by its metric
    QTest::mouseClick(box(1), Qt::LeftButton, Qt::NoModifier, QPoint(8, box(1)->height() / 2));
    QVERIFY(isHidden(0) && !isHidden(1) && !isHidden(2));
    QVERIFY(!box(1)->isChecked());
    QTest::mouseClick(box(1), Qt::LeftButton, Qt::NoModifier, QPoint(8, box(1)->height() / 2));
    QVERIFY(!isHidden(0));
}

void TestPlotLegend::controlClickSinglesOut()
{
    QTest::mouseClick(box(2), Qt::LeftButton, Qt::ControlModifier, QPoint(8, box(2)->height() / 2));
    QVERIFY(isHidden(0) && !isHidden(1) && isHidden(2));
    QTest::mouseClick(box(2), Qt::LeftButton, Qt::ControlModifier, QPoint(8, box(2)->height() / 2));
    QVERIFY(!isHidden(0) && !isHidden(1) && !isHidden(2));
}

void TestPlotLegend::byKeyboard()
{
    box(1)->setFocus(Qt::TabFocusReason);
    QTest::keyClick(box(1), Qt::Key_Space);
    QVERIFY(isHidden(0));
    QTest::keyClick(box(1), Qt::Key_Tab);
    QVERIFY(box(2)->hasFocus());
    QTest::keyClick(box(2), Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(isHidden(0) && !isHidden(1) && isHidden(2));
}

void TestPlotLegend::hoverHighlights()
{
    const QImage before = m_plot->grab().toImage();
    QEnterEvent enter(QPointF(3, 3), QPointF(3, 3), box(2)->mapToGlobal(QPointF(3, 3)));
    QApplication::sendEvent(box(2), &enter);
    QVERIFY(m_plot->grab().toImage() != before);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(box(2), &leave);
    QCOMPARE(m_plot->grab().toImage(), before);
}

void TestPlotLegend::remembersByKey()
{
    QTest::mouseClick(box(2), Qt::LeftButton, Qt::NoModifier, QPoint(8, box(2)->height() / 2));
    const PlotCurve two = m_content.curves[1];
    m_content.curves.erase(m_content.curves.begin() + 1);
    show();
    QVERIFY(!box(2) || !box(2)->isVisible());
    m_content.curves.push_back(two);
    show();
    QVERIFY(isHidden(2));
}

void TestPlotLegend::oneCurveNeedsNone()
{
    QVERIFY(m_legend->isVisible());
    m_content.curves.resize(1);
    show();
    QVERIFY(!m_legend->isVisible());
}

void TestPlotLegend::manyNamesTakeSeveralLines()
{
    const int one = m_legend->height();
    for (int i = 0; i < 30; ++i) {
        PlotCurve curve = m_content.curves[1];
        curve.key = 100 + i;
        curve.label = QString(200, QLatin1Char('x')) + QString::number(i);
        m_content.curves.push_back(curve);
    }
    show();
    QTRY_VERIFY(m_legend->height() > 3 * one);
    QTRY_VERIFY(box(129)->geometry().right() <= m_legend->width());
}

void TestPlotLegend::statisticsAreThoseOfBruteForce()
{
    RunSeries series("loss", "nats");
    double sum = 0, count = 0, sx = 0, sxx = 0, sxy = 0;
    for (int i = 0; i < 5000; ++i) {
        const double value = i == 700 ? std::nan("") : std::sin(i * 0.37) + i * 0.001;
        series.append(i, i, value);
        if (i >= 500 && i <= 4500 && std::isfinite(value)) {
            ++count, sum += value, sx += i, sxx += double(i) * i, sxy += i * value;
        }
    }
    double squares = 0, low = 1e9;
    int lowAt = 0;
    for (int i = 500; i <= 4500; ++i) {
        const double value = series.value(static_cast<std::size_t>(i));
        if (std::isfinite(value)) {
            squares += std::pow(value - sum / count, 2);
            if (value < low) {
                low = value;
                lowAt = i;
            }
        }
    }
    PlotCurve curve;
    curve.series = &series;
    curve.scale = 2;
    CurveStatistics statistics(curve, 500, 4500);
    int steps = 1;
    while (statistics.step(1000)) {
        ++steps;
    }
    QVERIFY(steps > 2);
    QCOMPARE(statistics.points(), std::size_t(4001));
    QCOMPARE(statistics.finite(), std::size_t(4000));
    QCOMPARE(statistics.lowest, 2 * low);
    QCOMPARE(statistics.lowestX, double(lowAt));
    QVERIFY(std::abs(statistics.mean - 2 * sum / count) < 1e-9);
    QVERIFY(std::abs(statistics.deviation() - 2 * std::sqrt(squares / (count - 1))) < 1e-9);
    QVERIFY(std::abs(statistics.slope() - 2 * (count * sxy - sx * sum) / (count * sxx - sx * sx)) < 1e-12);
    QCOMPARE(statistics.last, 2 * series.value(4500));
}

void TestPlotLegend::statisticsOfOddSeries()
{
    PlotCurve curve;
    RunSeries empty("loss", ""), one("loss", ""), nothing("loss", ""), wide("loss", "");
    one.append(5, 5, 1);
    nothing.append(0, 0, std::nan(""));
    wide.append(0, 0, 1e308);
    wide.append(1, 1, -1e308);
    wide.append(2, 2, 1e-308);
    for (const RunSeries* const series : { &empty, &one, &nothing, &wide }) {
        curve.series = series;
        CurveStatistics statistics(curve, -10, 10);
        while (statistics.step(10)) { }
        QCOMPARE(statistics.points(), series->size());
        if (series == &one) {
            QCOMPARE(statistics.mean, 1.0);
            QVERIFY(std::isnan(statistics.deviation()) && std::isnan(statistics.slope()));
        } else if (series == &wide) {
            QVERIFY(std::isfinite(statistics.deviation()) && std::isfinite(statistics.slope()));
        } else {
            QVERIFY(std::isnan(statistics.mean));
        }
    }
}

void TestPlotLegend::csvOfOneRun()
{
    m_content.curves.erase(m_content.curves.begin() + 1);
    std::string out;
    const ChartRows::Sink write = [&out](std::string_view text, std::size_t) { return !(out += text).empty(); };
    QCOMPARE(ChartRows(m_content).write(8, 10, write), 3);
    QCOMPARE(QByteArray::fromStdString(out),
        QByteArray("batch,time,loss,val.loss\n8,2,5.02,\n9,2.25,5.01,4.25\n10,2.5,5,\n"));
    m_loss->append(100, 25, std::nan(""));
    m_loss->append(101, 25.25, -std::numeric_limits<double>::infinity());
    out.clear();
    QCOMPARE(ChartRows(m_content).write(100, 200, write), 2);
    QCOMPARE(QByteArray::fromStdString(out), QByteArray("batch,time,loss,val.loss\n100,25,nan,\n101,25.25,-inf,\n"));
}

void TestPlotLegend::csvOfSeveralRuns()
{
    m_content.curves[0].label = QStringLiteral("a, \"b\"");
    std::string out;
    const ChartRows::Sink write = [&out](std::string_view text, std::size_t) { return !(out += text).empty(); };
    QCOMPARE(ChartRows(m_content).write(9, 9, write), 2);
    QCOMPARE(QByteArray::fromStdString(out),
        QByteArray("run,batch,time,loss,val.loss\n\"a, \"\"b\"\"\",9,2.25,5.01,4.25\ntwo,9,4.5,3,\n"));
    m_content.curves[1].hidden = true; // what is not shown is not written
    out.clear();
    QCOMPARE(ChartRows(m_content).write(9, 9, write), 1);
}

void TestPlotLegend::csvUnderADecimalComma()
{
    QLocale::setDefault(QLocale(QLocale::Turkish, QLocale::Turkey));
    csvOfOneRun();
    QLocale::setDefault(QLocale::c());
}

void TestPlotLegend::savesEachFormat_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("file");
    QTest::newRow("png") << 0 << "a.png";
    QTest::newRow("svg") << 1 << "a.svg";
    QTest::newRow("csv") << 2 << "a.csv";
}

void TestPlotLegend::savesEachFormat()
{
    QFETCH(int, format);
    QFETCH(QString, file);
    QTemporaryDir folder;
    m_plot->range().setXRange(10, 19);
    ChartSaveDialog dialog({ m_plot }, QStringLiteral("run"), &m_writer, m_window.get());
    dialog.show();
    QVERIFY(dialog.findChild<QCheckBox*>(QStringLiteral("inViewBox"))->isChecked());
    QVERIFY(!dialog.findChild<QCheckBox*>(QStringLiteral("allChartsBox"))->isVisible());
    dialog.findChild<QLineEdit*>(QStringLiteral("chartFileEdit"))->setText(folder.filePath(QStringLiteral("a.png")));
    dialog.findChild<QComboBox*>(QStringLiteral("chartFormatBox"))->setCurrentIndex(format);
    dialog.findChild<QSpinBox*>(QStringLiteral("chartWidthBox"))->setValue(500);
    dialog.findChild<QSpinBox*>(QStringLiteral("chartHeightBox"))->setValue(300);
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("chartSaveButton")), Qt::LeftButton);
    QTRY_VERIFY(dialog.findChild<QLabel*>(QStringLiteral("chartSavedText"))->text().contains(file));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList { file }); // nothing is left aside
    QFile written(folder.filePath(file));
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    if (format == 0) {
        QCOMPARE(QImage::fromData(bytes).size(), QSize(1000, 600));
    } else if (format == 1) {
        QVERIFY(bytes.contains("<svg") && bytes.contains("viewBox=\"0 0 500 300\""));
    } else {
        QCOMPARE(bytes.count('\n'), 1 + 10 + 10);
    }
}

void TestPlotLegend::savesAllAtOnce()
{
    QTemporaryDir folder;
    PlotView memory;
    PlotContent content = m_content;
    content.title = QStringLiteral("Memory of İ");
    memory.setContent(content);
    ChartSaveDialog dialog({ m_plot, &memory }, QStringLiteral("run"), &m_writer, m_window.get());
    dialog.show();
    dialog.findChild<QLineEdit*>(QStringLiteral("chartFileEdit"))->setText(folder.filePath(QStringLiteral("a.png")));
    QTest::mouseClick(dialog.findChild<QCheckBox*>(QStringLiteral("allChartsBox")), Qt::LeftButton, Qt::NoModifier,
        QPoint(8, dialog.findChild<QCheckBox*>(QStringLiteral("allChartsBox"))->height() / 2));
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("chartSaveButton")), Qt::LeftButton);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
}

// Half a million rows, on a thread of their own: cancelled by a key they leave nothing, and what stood there stays.
void TestPlotLegend::csvCanBeCancelled()
{
    for (int batch = 0; batch < 500'000; ++batch)
        m_loss->append(batch + 1000, 300 + batch * 0.25, 1.0 / (batch + 3));
    m_content.curves.resize(1);
    m_plot->setContent(m_content);
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a.csv"));
    QVERIFY(QFile(file).open(QIODevice::NewOnly));
    ChartSaveDialog dialog({ m_plot }, QStringLiteral("run"), &m_writer, m_window.get());
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    dialog.findChild<QComboBox*>(QStringLiteral("chartFormatBox"))->setCurrentIndex(2);
    dialog.findChild<QLineEdit*>(QStringLiteral("chartFileEdit"))->setText(file);
    auto* const save = dialog.findChild<QPushButton*>(QStringLiteral("chartSaveButton"));
    auto* const cancel = dialog.findChild<QPushButton*>(QStringLiteral("chartCancelButton"));
    const auto* const said = dialog.findChild<QLabel*>(QStringLiteral("chartSavedText"));
    QVERIFY(!cancel->isVisible());
    QTest::mouseClick(save, Qt::LeftButton);
    QVERIFY(cancel->isVisible() && !save->isVisible()); // the window is not held up
    QVERIFY(dialog.findChild<QProgressBar*>(QStringLiteral("chartProgress"))->isVisible());
    QTest::keyClick(cancel, Qt::Key_Space);
    QTRY_VERIFY(save->isVisible());
    QVERIFY2(said->text().contains(QStringLiteral("Cancelled")), qPrintable(said->text()));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList { QStringLiteral("a.csv") });
    QCOMPARE(QFileInfo(file).size(), qint64 { 0 });

    QTest::mouseClick(save, Qt::LeftButton);
    m_loss->append(2e6, 1e6, 7); // what comes meanwhile is not in it
    QTRY_VERIFY_WITH_TIMEOUT(said->text().contains(QStringLiteral("a.csv")), 60'000);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray rows = written.readAll();
    QVERIFY(rows.count('\n') > 500'000 && !rows.contains("2000000"));
    m_plot->setContent({});
}

void TestPlotLegend::saysWhatCannotBeWritten()
{
    ChartSaveDialog dialog({ m_plot }, QStringLiteral("run"), &m_writer, m_window.get());
    dialog.show();
    auto* const width = dialog.findChild<QSpinBox*>(QStringLiteral("chartWidthBox"));
    dialog.findChild<QLineEdit*>(QStringLiteral("chartFileEdit"))->setFocus();
    const int before = width->value();
    QWheelEvent turn(QPointF(9, 9), width->mapToGlobal(QPointF(9, 9)), QPoint(), QPoint(0, 120), Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(width, &turn); // it has not the focus
    QCOMPARE(width->value(), before);
    dialog.findChild<QLineEdit*>(QStringLiteral("chartFileEdit"))->setText(QStringLiteral("/no/such/folder/a.png"));
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("chartSaveButton")), Qt::LeftButton);
    const auto* const said = dialog.findChild<QLabel*>(QStringLiteral("chartSavedText"));
    QVERIFY(said->text().contains(QStringLiteral("/no/such/folder/a.png")));
    dialog.findChild<QLineEdit*>(QStringLiteral("chartFileEdit"))->clear();
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("chartSaveButton")), Qt::LeftButton);
    QVERIFY(!said->text().isEmpty());
}

void TestPlotLegend::neverOverTheDatabase()
{
    QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("runs.db")),
                  link = folder.filePath(QStringLiteral("a.png"));
    QFile file(database);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("all my runs") > 0);
    file.close();
    QVERIFY(QFile::link(database, link));
    nabiz::trainer::keepDatabase(database.toStdString());
    ChartSaveDialog dialog({ m_plot }, QStringLiteral("run"), &m_writer, m_window.get());
    dialog.show();
    for (const QString& place : { database, link, database + QStringLiteral("-wal") }) {
        dialog.findChild<QLineEdit*>(QStringLiteral("chartFileEdit"))->setText(place);
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("chartSaveButton")), Qt::LeftButton);
        QVERIFY(
            dialog.findChild<QLabel*>(QStringLiteral("chartSavedText"))->text().contains(QStringLiteral("database")));
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("all my runs"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files),
        (QStringList { QStringLiteral("a.png"), QStringLiteral("runs.db") }));
}

void TestPlotLegend::previewsAreNotWritten()
{
    RunSeries preview("loss", "nats", { 0, 500, 999 }, { 0, 1, 2 }, { 3, 2, 1 }, 1000);
    m_content.curves.resize(1);
    m_content.curves[0].series = &preview;
    QVERIFY(!isWhole(m_content));
    m_plot->setContent(m_content);
    QVERIFY(m_plot->notice().contains(QString::fromUtf8("1\u202f000")));
    m_plot->setContent({});
}

void TestPlotLegend::copiesAPicture()
{
    copyPicture(*m_plot);
    QVERIFY(QGuiApplication::clipboard()->image().width() >= 900);
}

QTEST_MAIN(TestPlotLegend)
#include "tst_plot_legend.moc"
