// SPDX-License-Identifier: GPL-3.0-or-later
// Pages and logs in the forms that people publish: what is read of each, and that no other figure is. A wrong number is
// worse than none.
#include "app/interchange/published_page.h"

#include <QFile>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace nabiz;
using namespace nabiz::app;

class TestPageForms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void points_data();
    void points();
    void settings_data();
    void settings();
    void titles_data();
    void titles();
    void memory();
    void everyFigureIsTakenOrSaid_data();
    void everyFigureIsTakenOrSaid();
    void severalBatchesInALine_data();
    void severalBatchesInALine();
    void pastedCsv_data();
    void pastedCsv();
};

namespace {

PublishedPage pageOf(const QString& name)
{
    QFile file(QStringLiteral(NABIZ_TEST_DATA "/app/interchange/pages/forms/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no page %s", qPrintable(name));
    return readPage(file.readAll().toStdString());
}

// "loss@500=3.12 val.loss@1000=2.34"
QString pointsText(const PublishedPage& page)
{
    QStringList all;
    for (const auto& point : page.points)
        all << QStringLiteral("%1@%2=%3").arg(QString::fromStdString(point.metric)).arg(point.batch).arg(point.value);
    return all.join(u' ');
}

QString settingsText(const PublishedPage& page)
{
    QStringList all;
    for (const auto& setting : page.settings)
        all << QString::fromStdString(setting.key + "=" + setting.value);
    all.sort();
    return all.join(u' ');
}

} // namespace

void TestPageForms::points_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("points");
    const auto row = [](const char* page, const char* points) { QTest::newRow(page) << page << points; };
    row("01-kohya-progress/log.txt", "");
    row("02-metric-before-step/page.md",
        "loss@500=3.12 learning_rate@500=0.0003 val.loss@1000=2.34 val.loss@2000=2.21");
    row("03-megatron-val/log.txt",
        "learning_rate@100=1e-05 loss@100=7.65432 grad_norm@100=1.234 learning_rate@200=2e-05 loss@200=6.54321"
        " grad_norm@200=1.101 val.loss@200=6.5");
    row("04-table-of-others/page.md", "");
    row("04-table-of-others/epochs.md", "");
    row("07-cuda-visible-devices/page.md", "loss@100=6.335 loss@200=4.12 loss@300=2.351");
    row("08-power-of-ten/page.md", "loss@100=2.35");
    row("09-no-loss-behind-steps/page.md", "loss@3000=2.35");
    row("10-html-table/page.md",
        "loss@500=0.7123 val.loss@500=0.6901 loss@1000=0.5123 val.loss@1000=0.6012 loss@1500=0.4312");
    row("13-hf-card/README.md",
        "val.loss@250=2.3411 loss@500=2.4101 val.loss@500=2.0102 loss@750=1.8033 val.loss@750=1.9012");
    row("14-nanogpt-llmc/llmc.txt", "loss@1=11.0095 loss@2=10.9441");
    row("14-nanogpt-llmc/nanogpt.txt",
        "val.loss@0=10.9901 loss@0=10.9872 loss@10=9.4003 val.loss@20=8.0427 loss@20=8.249 loss@30=nan");
    row("15-tutorial-styles/log.txt", "loss@100=2.3011 loss@200=1.9012");
    row("19-nvidia-smi/page.md", "loss@100=2.35");
    row("21-schedule-pairs/page.md",
        "learning_rate@0=1e-06 learning_rate@500=0.001 val.loss@500=3.21 val.loss@1000=2.87 val.loss@1500=2.71"
        " learning_rate@5000=1e-05");
    row("22-nbsp/page.md", "loss@50=0.2715 loss@100=0.0078 loss@1000=0.0021 loss@2000=0.0012");
    row("23-grid-table/pretty.txt", "loss@0=6.3347 loss@50=0.2715 loss@100=0.0078");
    row("23-grid-table/psql.txt", "loss@0=6.3347 loss@50=0.2715 loss@100=0.0078");
    row("24-quoted/page.md", "loss@0=6.3347 loss@50=0.2715 loss@2920=3.9883 loss@2930=3.9408");
    row("25-heads/arrows.md", "loss@100=2.31 val.loss@100=2.41 loss@200=2.11 val.loss@200=2.25");
    row("25-heads/cells.md", "loss@100=2.31 val.loss@200=2.25");
    row("25-heads/tb.md", "loss@100=2.31 val.loss@100=2.41");
    row("25-heads/units.md", "");
    row("26-steps-anew/log.txt", "loss@100=2.31 loss@200=2.11");
    row("28-epochs-in-a-line/page.md", "");
    row("29-other-loggers/log.txt", "loss@200=1.192 loss@289=0.431 tokens_per_second@289=76477.7 loss@300=1.346");
    row("30-python-lists/page.md",
        "loss@0=6.3347 loss@50=0.2715 val.loss@50=0.3715 loss@100=0.0078 val.loss@100=0.1078");
    row("31-sparse-reference/published.md", "loss@0=6 loss@100=3 loss@200=2 loss@300=1.5 loss@400=1.2 loss@500=1");
    row("32-own-report/comparison.md", "");
    row("33-setting-in-prose/page.md", "loss@100=2.35");
    row("35-units/page.md", "loss@100=2.4");
    row("36-fences/page.md", "loss@100=2.4");
    row("38-more-misreads/page.md", "loss@3000=2.35 loss@5000=2.11 loss@6000=2.01");
    row("39-settings-table/page.md", "");
}

void TestPageForms::points()
{
    QFETCH(QString, page);
    QFETCH(QString, points);
    const auto read = pageOf(page);
    QCOMPARE(pointsText(read), points);
}

void TestPageForms::settings_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("settings");
    const auto row = [](const char* page, const char* settings) { QTest::newRow(page) << page << settings; };
    row("04-table-of-others/page.md", "training.batch_size=4 training.learning_rate=3e-4");
    row("08-power-of-ten/page.md", "training.learning_rate=3e-4 training.seed=42 training.weight_decay=0.01");
    row("13-hf-card/README.md",
        "training.batch_size=8 training.gradient_accumulation_steps=4 training.learning_rate=5e-5 training.seed=42"
        " training.warmup_steps=100");
    row("33-setting-in-prose/page.md",
        "language.stand_in=hidden=128,layers=2 model.d_model=384 model.expert_types=[language, standard]"
        " model.n_heads=8 model.n_layers=6");
    row("35-units/page.md", "");
    row("39-settings-table/page.md",
        "hardware.device=\"NVIDIA A100-SXM4-80GB\" model.n_layers=12 training.max_steps=5000 training.weight_decay=0.1");
}

void TestPageForms::settings()
{
    QFETCH(QString, page);
    QFETCH(QString, settings);
    QCOMPARE(settingsText(pageOf(page)), settings);
}

void TestPageForms::titles_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("title");
    QTest::newRow("card") << "13-hf-card/README.md" << "my-small-gpt";
    QTest::newRow("fences") << "36-fences/page.md" << "Title of the page";
}

void TestPageForms::titles()
{
    QFETCH(QString, page);
    QFETCH(QString, title);
    QCOMPARE(QString::fromStdString(pageOf(page).title), title);
}

void TestPageForms::memory()
{
    const auto smi = pageOf("19-nvidia-smi/page.md");
    QCOMPARE(smi.memory.size(), 1U);
    QCOMPARE(smi.memory[0].kind, std::string("peak"));
    QCOMPARE(smi.memory[0].bytes, 19'443'744'768.0);
    const auto glued = pageOf("35-units/page.md");
    QCOMPARE(glued.memory.size(), 2U);
    QCOMPARE(glued.memory[0].bytes, 23.4 * 1073741824);
}

void TestPageForms::everyFigureIsTakenOrSaid_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("line"); // that holds a figure nothing was made of
    QTest::newRow("folds") << "04-table-of-others/page.md" << "0.8512";
    QTest::newRow("epochs") << "04-table-of-others/epochs.md" << "0.6931";
    QTest::newRow("units") << "35-units/page.md" << "Step 5k";
    QTest::newRow("rate") << "35-units/page.md" << "12.5it/s";
    QTest::newRow("thousands of steps") << "35-units/page.md" << "Steps: 10k";
    QTest::newRow("percent") << "08-power-of-ten/page.md" << "Warmup: 10 %";
    QTest::newRow("product") << "08-power-of-ten/page.md" << "4 × 8";
    QTest::newRow("range") << "39-settings-table/page.md" << "3e-5";
    QTest::newRow("seeds") << "39-settings-table/page.md" << "1, 2, 3";
    QTest::newRow("anew") << "26-steps-anew/log.txt" << "Epoch 2, step 300";
    QTest::newRow("no number") << "25-heads/cells.md" << "OOM";
    QTest::newRow("thousands in a table") << "25-heads/units.md" << "1k";
    QTest::newRow("seconds") << "09-no-loss-behind-steps/page.md" << "3.5 s";
    QTest::newRow("gigabytes") << "09-no-loss-behind-steps/page.md" << "1.2 GB";
}

void TestPageForms::everyFigureIsTakenOrSaid()
{
    QFETCH(QString, page);
    QFETCH(QString, line);
    const auto read = pageOf(page);
    const auto found = std::find_if(read.lines.begin(), read.lines.end(),
        [&](const auto& one) { return QString::fromStdString(one.text).contains(line); });
    QVERIFY(found != read.lines.end());
    QCOMPARE(found->kind, LineKind::NotUnderstood);
    QVERIFY(!found->said.empty());
}

// Each figure is of the batch that is named before it.
void TestPageForms::severalBatchesInALine_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("points");
    const auto row = [](const char* line, const char* points) { QTest::newRow(line) << line << points; };
    row("step 100: loss 2.3, step 200: val loss 2.1", "loss@100=2.3 val.loss@200=2.1");
    row("loss at step 100: 2.3, validation loss at step 200: 2.1", "loss@100=2.3 val.loss@200=2.1");
    row("Batch 0: 6.5, Batch 50: 0.25", "loss@0=6.5 loss@50=0.25");
    row("step 100: loss 2.3 s, val loss 40 %", "");
    row("step 100 | batch 32 | loss 2.3", "loss@100=2.3");
    row("accuracy at step 100: 0.5, accuracy at step 200: 0.75", "");
    row("loss fell from 3.5 at step 100 to 2.5 at step 200", "");
    row("val_loss improved from 2.5 to 2.4 at step 100", "");
    row("Training loss after 500 steps: 2.3", "");
}

void TestPageForms::severalBatchesInALine()
{
    QFETCH(QString, line);
    QFETCH(QString, points);
    QCOMPARE(pointsText(readPage(line.toStdString())), points);
}

// A file of CSV is read by its columns; pasted as a page, by the names that pages have.
void TestPageForms::pastedCsv_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("points");
    const auto row = [](const char* page, const char* points) { QTest::newRow(page) << page << points; };
    row("05-csv-other-head/epochloss.csv", "");
    row("05-csv-other-head/keras.csv", "");
    row("06-csv-nan-break/val.csv",
        "val.loss@0=5.401 val.loss@100=nan val.loss@200=2.512 val.loss@300=2.4033 val.loss@400=2.331");
    row("17-iso-time-csv/trackio.csv", "loss@0=6.3347 loss@50=0.2715 loss@100=0.0078");
    row("18-float-steps/pandas.csv", "loss@0=6.3347 loss@50=0.2715 loss@100=0.0078");
    row("20-blank-rows/val.csv",
        "val.loss@0=5.401 val.loss@100=4.212 val.loss@200=3.512 val.loss@300=3.012 val.loss@400=2.8033");
    row("20-blank-rows/keras-windows.csv", "loss@0=6.3347 loss@50=0.2715 loss@100=0.0078");
    row("27-csv-semicolon-three/excel.csv", "loss@0=6.335 loss@50=2.715 loss@100=1.078");
}

void TestPageForms::pastedCsv()
{
    QFETCH(QString, page);
    QFETCH(QString, points);
    QCOMPARE(pointsText(pageOf(page)), points);
}

QTEST_GUILESS_MAIN(TestPageForms)
#include "tst_page_forms.moc"
