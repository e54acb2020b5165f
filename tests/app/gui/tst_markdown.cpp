// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/markdown.h"
#include "app/report/report_error.h"
#include "app/report/report_folder.h"
#include "app/report/report_text.h"
#include "app/report/sections.h"

#include <QTextDocument>
#include <QtTest>

using namespace nabiz::app;

class TestMarkdown : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void escapedTextReadsBack_data();
    void escapedTextReadsBack();
    void codeReadsBackInATable_data();
    void codeReadsBackInATable();
    void fenceIsLongerThanTheText();
    void tableBatches_data();
    void tableBatches();
    void folderNames_data();
    void folderNames();
    void languagesHaveTheSameTexts();
    void numbersOfALanguage();
};

void TestMarkdown::escapedTextReadsBack_data()
{
    QTest::addColumn<QString>("text");
    for (const auto* text : { "plain", "a*b*c", "_under_score_", "`code`", "<b>bold</b>", "a|b", "# no heading", "- no list", "+ x",
             "1. no list", "2) no list", "[link](x)", "![picture](x)", "~~gone~~", "&amp; &lt;", "back\\slash", "Türkçe ığüşöç",
             "<script>alert(1)</script>", "***", "a_b_c", "_a_b", "a_b_", "a__b", "1.5.2", "2.", "3)",
             "---", "===", "> quote" })
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestMarkdown::escapedTextReadsBack()
{
    QFETCH(QString, text);
    QTextDocument page;
    page.setMarkdown(QString::fromStdString("# " + markdown::escape(text.toStdString()) + "\n\n" + markdown::escape(text.toStdString())));
    QCOMPARE(page.toPlainText(), text + "\n" + text);
    QTextDocument cell;
    cell.setMarkdown(QString::fromStdString(markdown::table({ "a", "b" }, { { markdown::escape(text.toStdString()), "last" } })));
    QVERIFY2(cell.toPlainText().contains(text + "\nlast"), qPrintable(cell.toPlainText()));
}

void TestMarkdown::codeReadsBackInATable_data()
{
    QTest::addColumn<QString>("text");
    for (const auto* text : { "[standard, language]", "a|b", "`", "a`b", "``", "hidden=128,layers=2", "*x*" })
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestMarkdown::codeReadsBackInATable()
{
    QFETCH(QString, text);
    QTextDocument cell;
    cell.setMarkdown(QString::fromStdString(markdown::table({ "a", "b" }, { { markdown::code(text.toStdString()), "last" } })));
    QVERIFY2(cell.toPlainText().contains(text + "\nlast"), qPrintable(cell.toPlainText()));
}

void TestMarkdown::fenceIsLongerThanTheText()
{
    const std::string text = "a\n````\nb\x01" "c";
    QTextDocument page;
    page.setMarkdown(QString::fromStdString(markdown::block(text) + "\nafter"));
    QVERIFY(page.toPlainText().startsWith(QStringLiteral("a\n````\nb c")));
    QVERIFY(page.toPlainText().endsWith(QStringLiteral("after")));
    QCOMPARE(markdown::escape("a\xE2\x80\xAE" "b\xE2\x81\xA6" "c שלום ş"), std::string("abc שלום ş")); // turns nothing around it
    QCOMPARE(markdown::code("a\xE2\x80\xAE" "b"), std::string("`ab`"));
    QCOMPARE(markdown::escape("data.train_path 1.5"), std::string("data.train_path 1.5")); // reads well as plain text
    QCOMPARE(QString::fromStdString(markdown::escape("two\nlines")), QStringLiteral("two lines"));
    QCOMPARE(QString::fromStdString(markdown::escapeLines("one\ntwo\n\nthree")), QStringLiteral("one  \ntwo\n\nthree"));
}

void TestMarkdown::tableBatches_data()
{
    QTest::addColumn<qint64>("last");
    QTest::addColumn<QList<qint64>>("batches");
    QTest::newRow("none") << qint64(-1) << QList<qint64> {};
    QTest::newRow("one") << qint64(0) << QList<qint64> { 0 };
    QTest::newRow("eight") << qint64(7) << QList<qint64> { 0, 5, 7 };
    QTest::newRow("sixty") << qint64(59) << QList<qint64> { 0, 5, 10, 25, 50, 59 };
    QTest::newRow("at the edge") << qint64(100) << QList<qint64> { 0, 50, 100 };
    QTest::newRow("quick") << qint64(399) << QList<qint64> { 0, 50, 100, 250, 399 };
    QTest::newRow("the reported run") << qint64(759) << QList<qint64> { 0, 50, 100, 250, 500, 750, 759 };
    QTest::newRow("long") << qint64(6000) << QList<qint64> { 0, 50, 100, 250, 500, 750, 1000, 2500, 5000, 6000 };
}

void TestMarkdown::tableBatches()
{
    QFETCH(qint64, last);
    QFETCH(QList<qint64>, batches);
    const auto made = nabiz::app::tableBatches(last);
    QCOMPARE(QList<qint64>(made.begin(), made.end()), batches);
}

void TestMarkdown::folderNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("folder");
    QTest::newRow("plain") << "quick-3" << "quick-3";
    QTest::newRow("path") << "../../etc/passwd" << "etc-passwd";
    QTest::newRow("hidden") << ".ssh" << "ssh";
    QTest::newRow("Turkish") << QStringLiteral("düşük oran: 3e-4") << QStringLiteral("düşük-oran-3e-4");
    QTest::newRow("nothing left") << "///" << "run-7";
    QTest::newRow("dots") << ".." << "run-7";
    QTest::newRow("long, cut between letters") << QString(60, u'ş') << QString(40, u'ş');
}

void TestMarkdown::folderNames()
{
    QFETCH(QString, name);
    QFETCH(QString, folder);
    QCOMPARE(QString::fromStdString(safeFolderName(name.toStdString(), "run-7")), folder);
}

void TestMarkdown::languagesHaveTheSameTexts()
{
    const ReportText english("en"), turkish("tr");
    QVERIFY(english.texts().size() > 50);
    static const QRegularExpression places("%[1-9]");
    for (const auto& [key, text] : english.texts()) {
        QVERIFY2(turkish.has(key), key.c_str());
        for (auto it = places.globalMatch(QString::fromStdString(text)); it.hasNext();) {
            const auto place = it.next().captured();
            QVERIFY2(QString::fromStdString(turkish.texts().at(key)).contains(place), qPrintable(QString::fromStdString(key) + place));
        }
    }
    QCOMPARE(turkish.texts().size(), english.texts().size());
    QVERIFY_EXCEPTION_THROWN(ReportText("de"), ReportError);
    QVERIFY_EXCEPTION_THROWN(ReportText("../en"), ReportError);
}

void TestMarkdown::numbersOfALanguage()
{
    const ReportText english("en"), turkish("tr");
    QCOMPARE(english.number(1.58449), std::string("1.584"));
    QCOMPARE(turkish.number(1.58449), std::string("1,584"));
    QCOMPARE(turkish.gigabytes(1'203'000'000), std::string("1,203 GB"));
    QCOMPARE(english.duration(19.84), std::string("19.8 s"));
    QCOMPARE(turkish.duration(125), std::string("2 dk 5 sn"));
    QCOMPARE(english.duration(4320), std::string("1 h 12 min"));
    QCOMPARE(english("summary.failure", { "100 %1 sure" }), std::string("The reason given: 100 %1 sure"));
}

QTEST_MAIN(TestMarkdown)
#include "tst_markdown.moc"
