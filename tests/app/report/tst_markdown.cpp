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
    void wordsAreMarkdown_data();
    void wordsAreMarkdown();
    void wordsDoNoHarm_data();
    void wordsDoNoHarm();
    void foldsHideTheirLines();
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
    for (const auto* text : { "plain", "a*b*c", "_under_score_", "`code`", "<b>bold</b>", "a|b", "# no heading",
             "- no list", "+ x", "1. no list", "2) no list", "[link](x)", "![picture](x)", "~~gone~~", "&amp; &lt;",
             "back\\slash", "Türkçe ığüşöç", "<script>alert(1)</script>", "***", "a_b_c", "_a_b", "a_b_", "a__b",
             "1.5.2", "2.", "3)", "---", "===", "> quote" })
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestMarkdown::escapedTextReadsBack()
{
    QFETCH(QString, text);
    QTextDocument page;
    page.setMarkdown(QString::fromStdString(
        "# " + markdown::escape(text.toStdString()) + "\n\n" + markdown::escape(text.toStdString())));
    QCOMPARE(page.toPlainText(), text + "\n" + text);
    QTextDocument cell;
    cell.setMarkdown(
        QString::fromStdString(markdown::table({ "a", "b" }, { { markdown::escape(text.toStdString()), "last" } })));
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
    cell.setMarkdown(
        QString::fromStdString(markdown::table({ "a", "b" }, { { markdown::code(text.toStdString()), "last" } })));
    QVERIFY2(cell.toPlainText().contains(text + "\nlast"), qPrintable(cell.toPlainText()));
}

void TestMarkdown::fenceIsLongerThanTheText()
{
    const std::string text = "a\n````\nb\x01"
                             "c";
    QTextDocument page;
    page.setMarkdown(QString::fromStdString(markdown::block(text) + "\nafter"));
    QVERIFY(page.toPlainText().startsWith(QStringLiteral("a\n````\nb c")));
    QVERIFY(page.toPlainText().endsWith(QStringLiteral("after")));
    QCOMPARE(markdown::escape("a\xE2\x80\xAE"
                              "b\xE2\x81\xA6"
                              "c שלום ş"),
        std::string("abc שלום ş")); // turns nothing around it
    QCOMPARE(markdown::code("a\xE2\x80\xAE"
                            "b"),
        std::string("`ab`"));
    QCOMPARE(markdown::escape("data.train_path 1.5"), std::string("data.train_path 1.5")); // reads well as plain text
    QCOMPARE(QString::fromStdString(markdown::escape("two\nlines")), QStringLiteral("two lines"));
}

namespace {

// As GitHub's own renderer makes of it.
QString html(const std::string& markdown)
{
    QProcess cmark;
    cmark.start("cmark-gfm", { "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough" });
    if (!cmark.waitForStarted())
        return QStringLiteral("cmark-gfm is missing: install the package of that name");
    cmark.write(QByteArray::fromStdString(markdown));
    cmark.closeWriteChannel();
    cmark.waitForFinished();
    return QString::fromUtf8(cmark.readAllStandardOutput());
}

} // namespace

void TestMarkdown::wordsAreMarkdown_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("rendered");
    QTest::newRow("bold") << "It **works**, *now*." << "<p>It <strong>works</strong>, <em>now</em>.</p>";
    QTest::newRow("list") << "- one\n- two" << "<li>one</li>";
    QTest::newRow("nested list") << "1. one\n   - <b>" << "<li>&lt;b&gt;</li>";
    QTest::newRow("link") << "[page](https://example.org/a?b=1&c=2)"
                          << "<a href=\"https://example.org/a?b=1&amp;c=2\">page</a>";
    QTest::newRow("mail") << "[me](mailto:a@b.c)" << "<a href=\"mailto:a@b.c\">me</a>";
    QTest::newRow("angles") << "<https://example.org>" << "<a href=\"https://example.org\">";
    QTest::newRow("own file") << "[loss](charts/loss.svg)" << "<a href=\"charts/loss.svg\">loss</a>";
    QTest::newRow("code") << "`a < b` and `<b>`" << "<code>a &lt; b</code> and <code>&lt;b&gt;</code>";
    QTest::newRow("block") << "```\n<b> & [x](javascript:y)\n```" << "<pre><code>&lt;b&gt; &amp; [x](javascript:y)";
    QTest::newRow("line ends") << "one\ntwo" << "one<br />\ntwo";
    QTest::newRow("quote") << "> said" << "<blockquote>";
    QTest::newRow("smaller") << "loss < 0.5 & falling" << "loss &lt; 0.5 &amp; falling";
}

void TestMarkdown::wordsAreMarkdown()
{
    QFETCH(QString, words);
    QFETCH(QString, rendered);
    const QString page = html(markdown::words(words.toStdString()));
    QVERIFY2(page.contains(rendered), qPrintable(page));
}

void TestMarkdown::wordsDoNoHarm_data()
{
    QTest::addColumn<QString>("words");
    for (const auto* words : { "<script>alert(1)</script>", "<b>bold</b>", "a <img src=x onerror=y>",
             "</details>\n\n<h1>x", "# heading", "text\n===", "text\n---", "[x](javascript:alert(1))",
             "[x](JavaScript:y)", "[x]( java&#115;cript:y)", "[x](<javascript:y>)", "[x](data:text/html,y)",
             "[x](vbscript:y)", "[x](file:///etc/passwd)", "[x](java%73cript:y)", "[x](j\\avascript:y)",
             "![x](https://example.org/track.png)", "[x]: javascript:y\n\n[x]", "[a][x]\n\n[x]: javascript:y",
             "<javascript:y>", "- # heading", "> <b>", "```\nopen\n", "  ```\n<i>\n  ```\n<b>", "- x\n  ```\n<b>",
             "`a\n<b>`", "\\`<b>`", "``<b>`", "1. <b>", "    <b>", "~~~\n```\n<b>\n~~~\n<b>", "<!-- x -->", "<?x?>",
             "<![CDATA[x]]>", "[x](//evil.example)", "[<b>](https://a.b)", "***\n___" })
        QTest::newRow(words) << QString::fromUtf8(words);
}

// No element but those of paragraphs, emphasis, lists, code and safe links; nothing behind the words is taken along.
void TestMarkdown::wordsDoNoHarm()
{
    QFETCH(QString, words);
    const QString page = html(markdown::words(words.toStdString()) + "\n\nAFTER\n");
    static const QRegularExpression element("<(/?)([a-zA-Z!?][a-zA-Z0-9]*)([^>]*)>");
    static const QSet<QString> kAllowed { "p", "br", "strong", "em", "ul", "ol", "li", "code", "pre", "a", "blockquote",
        "del" };
    for (auto it = element.globalMatch(page); it.hasNext();) {
        const auto match = it.next();
        QVERIFY2(kAllowed.contains(match.captured(2)), qPrintable(page));
        static const QRegularExpression safe("^ href=\"(?:https?://|mailto:)[^\"]*\"$");
        QVERIFY2(match.captured(2) != "a" || match.captured(1) == "/" || safe.match(match.captured(3)).hasMatch(),
            qPrintable(page));
    }
    QVERIFY2(page.contains("<p>AFTER</p>"), qPrintable(page));
}

void TestMarkdown::foldsHideTheirLines()
{
    const std::string inner = markdown::fold("a <b> & c", "x\ny\n");
    QCOMPARE(QString::fromStdString(inner),
        QStringLiteral("<details><summary>a &lt;b&gt; &amp; c</summary>\n\nx\ny\n\n</details>\n\n"));
    QCOMPARE(
        markdown::visibleLines(markdown::fold("out", inner + inner)), std::size_t(2)); // the fold, and the line below
    QCOMPARE(markdown::visibleLines("one\n\ntwo\n" + inner), std::size_t(5));
    QVERIFY(markdown::fold("empty", "\n").empty());
    QCOMPARE(markdown::foldSection("## Title\n\nbody\n\n"), markdown::fold("Title", "\nbody\n"));
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
            QVERIFY2(QString::fromStdString(turkish.texts().at(key)).contains(place),
                qPrintable(QString::fromStdString(key) + place));
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
    QCOMPARE(turkish.gigabytes(32'768), std::string("32,8 kB"));
    QCOMPARE(english.duration(19.84), std::string("19.8 s"));
    QCOMPARE(turkish.duration(125), std::string("2 dk 5 sn"));
    QCOMPARE(english.duration(4320), std::string("1 h 12 min"));
    QCOMPARE(english("summary.failure", { "100 %1 sure" }), std::string("The reason given: 100 %1 sure"));
}

QTEST_MAIN(TestMarkdown)
#include "tst_markdown.moc"
