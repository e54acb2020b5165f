// SPDX-License-Identifier: GPL-3.0-or-later
// What other people wrote is shown by a terminal, never obeyed; tables keep their columns whatever stands in them.
#include "app/cli/text_table.h"
#include "app/run/terminal_text.h"
#include "trainer/data/utf8.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace nabiz::app;

class TestTerminalText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsObeyed();
    void shownAs_data();
    void shownAs();
    void lineBreaks();
    void jsonStaysExact();
    void widths_data();
    void widths();
    void cutsAtWidth();
    void columnsStandUnderEachOther();
};

namespace {

std::string character(char32_t c)
{
    std::string text;
    nabiz::trainer::appendUtf8(text, c);
    return text;
}

bool isObeyed(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f || c == 0x61c
        || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

// Every character that is left, read strictly.
bool isSafe(const std::string& text, bool withLines = false)
{
    nabiz::trainer::Utf8Reader reader { std::string_view(text) };
    while (const auto read = reader.next()) {
        const bool isLine = read->codePoint == '\n' || read->codePoint == '\t';
        if (!read->valid || (isObeyed(read->codePoint) && !(withLines && isLine)))
            return false;
    }
    return true;
}

} // namespace

void TestTerminalText::nothingIsObeyed()
{
    for (char32_t c = 0; c < 0x3000; ++c) {
        const std::string text = 'a' + character(c) + 'b';
        QVERIFY2(isSafe(safeLine(text)), qPrintable(QString::number(c, 16)));
        QVERIFY2(isSafe(safeText(text), true), qPrintable(QString::number(c, 16)));
        QVERIFY2(isSafe(elided(text, 2)), qPrintable(QString::number(c, 16)));
    }
    for (int first = 0x80; first < 0x100; ++first)
        for (int second = 0; second < 0x100; ++second)
            QVERIFY(isSafe(safeLine(std::string { char(first), char(second) })));
}

void TestTerminalText::shownAs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("title") << QByteArray("\x1b]0;pwned\a") << QByteArray("\\x1b]0;pwned\\x07");
    QTest::newRow("C1") << QByteArray("\xc2\x9b"
                                      "31m")
                        << QByteArray("\\u009b31m");
    QTest::newRow("bidi") << QByteArray("a\xe2\x80\xae"
                                        "b")
                          << QByteArray("a\\u202eb");
    QTest::newRow("invalid") << QByteArray("a\xff\xc3") << QByteArray("a\\xff\\xc3");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\\xed\\xa0\\x80");
    QTest::newRow("DEL") << QByteArray("\x7f") << QByteArray("\\x7f");
    QTest::newRow("Turkish") << QByteArray("Nabız: kalp atışı") << QByteArray("Nabız: kalp atışı");
    QTest::newRow("emoji, joined") << QByteArray("👩‍🔬") << QByteArray("👩‍🔬");
    QTest::newRow("Hebrew") << QByteArray("שלום") << QByteArray("שלום");
}

void TestTerminalText::shownAs()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    QCOMPARE(QByteArray::fromStdString(safeLine(text.toStdString())), shown);
    QCOMPARE(QByteArray::fromStdString(safeText(text.toStdString())), shown);
}

void TestTerminalText::lineBreaks()
{
    QCOMPARE(safeText("a\n\tb\r\nc"), std::string("a\n\tb\r\nc"));
    QCOMPARE(safeText("hidden\rshown"), std::string("hidden\\x0dshown"));
    QCOMPARE(safeText("end\r"), std::string("end\\x0d"));
    QCOMPARE(safeLine("a\nb\tc\rd"), std::string("a b c d"));
}

void TestTerminalText::jsonStaysExact()
{
    const nlohmann::json json { { "a\x1b[1m", "b\x7f\xc2\x9b\xe2\x80\xae\xd8\x9c\n\xe2\x81\xa6ş" } };
    const std::string safe = safeJson(json.dump(2));
    QVERIFY(isSafe(safe, true));
    QVERIFY(nlohmann::json::parse(safe) == json);
}

void TestTerminalText::widths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::newRow("ASCII") << "loss" << 4;
    QTest::newRow("Turkish") << QStringLiteral("ğüşıöç") << 6;
    QTest::newRow("decomposed") << QStringLiteral("u\u0308") << 1;
    QTest::newRow("Chinese") << QStringLiteral("学习率") << 6;
    QTest::newRow("Japanese") << QStringLiteral("ロス") << 4;
    QTest::newRow("half width") << QStringLiteral("ﾛｽ") << 2;
    QTest::newRow("Korean") << QStringLiteral("손실") << 4;
    QTest::newRow("full width") << QStringLiteral("ＡＢ") << 4;
    QTest::newRow("emoji") << QStringLiteral("🚀") << 2;
    QTest::newRow("Devanagari mark") << QStringLiteral("क\u094d") << 1;
    QTest::newRow("zero-width joiner") << QStringLiteral("a\u200db") << 2;
}

void TestTerminalText::widths()
{
    QFETCH(QString, text);
    QFETCH(int, width);
    QCOMPARE(static_cast<int>(textWidth(text.toStdString())), width);
}

void TestTerminalText::cutsAtWidth()
{
    QCOMPARE(elided("abcdef", 6), std::string("abcdef"));
    QCOMPARE(elided("abcdefg", 6), std::string("abcde…"));
    QCOMPARE(elided("学习率学习率", 6), std::string("学习…"));
    QCOMPARE(elided("abc", 0), std::string());
    QCOMPARE(elided("abc", 1), std::string("…"));
    for (std::size_t width = 0; width < 40; ++width)
        QVERIFY(textWidth(elided("a\x1b[31m学习率 u\xcc\x88 🚀 and what follows", width)) <= width);
}

void TestTerminalText::columnsStandUnderEachOther()
{
    TextTable table({ { "ID", TextTable::Align::Right }, { "NAME" }, { "LOSS", TextTable::Align::Right }, { "WHY" } });
    const std::vector<std::string> names { "plain", "学习率",
        "u\xcc\x88"
        "ber",
        "🚀", "two\nlines", "\x1b[31mred", std::string(300, 'n') };
    for (std::size_t i = 0; i < names.size(); ++i)
        table.add({ std::to_string(i), names[i], "0.5", "why|" });
    std::vector<std::size_t> ends;
    for (const QByteArray& line : QByteArray::fromStdString(table.text()).trimmed().split('\n').mid(1)) {
        QVERIFY(line.endsWith("why|"));
        ends.push_back(textWidth(line.toStdString()));
    }
    QCOMPARE(ends.size(), names.size());
    QCOMPARE(ends, std::vector<std::size_t>(names.size(), ends.front()));
    QVERIFY(ends.front() < 120);
}

QTEST_GUILESS_MAIN(TestTerminalText)
#include "tst_terminal_text.moc"
