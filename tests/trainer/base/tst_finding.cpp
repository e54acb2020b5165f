// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/figures.h"
#include "trainer/audit/part_names.h"
#include "trainer/base/finding.h"

#include <QtTest>

using namespace nabiz::trainer;

class TestFinding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesBackFromAnEvent();
    void anotherMessageIsNoFinding();
    void laterTakesThePlaceOfEarlier();
    void everyIdHasATitle();
    void percents_data();
    void percents();
    void figures();
    void partsAreSaidShort();
};

namespace {

Finding finding(const std::string& id, FindingSeverity severity, const std::string& figure = "1")
{
    return { id, severity, message("measured %1", figure), message("means %1, change %2", "a", "b") };
}

} // namespace

void TestFinding::comesBackFromAnEvent()
{
    const Finding warning = finding("leak", FindingSeverity::Warning, "a %2 in an argument");
    const Message event = toMessage(warning);
    QCOMPARE(event.english(), std::string("means a, change b")); // its own arguments stand first
    QCOMPARE(findingFrom(event.text, event.arguments), std::optional(warning));

    const Finding plain { "padding", FindingSeverity::Note, message("no argument"), message("none either") };
    const Message other = toMessage(plain);
    QCOMPARE(findingFrom(other.text, other.arguments), std::optional(plain));

    const Finding fine { "overlap", FindingSeverity::Fine, message("%1 of it", "1 %"), {} };
    const Message in = toMessage(fine);
    QCOMPARE(findingFrom(in.text, in.arguments), std::optional(fine));
    QCOMPARE(describe(fine), std::string("1 % of it"));
    QCOMPARE(describe(warning), std::string("measured a %2 in an argument means a, change b"));
}

void TestFinding::anotherMessageIsNoFinding()
{
    const Message event = toMessage(finding("leak", FindingSeverity::Note));
    QVERIFY(findingFrom(event.text, event.arguments));
    auto arguments = event.arguments;
    arguments.pop_back(); // now the last is no number
    QVERIFY(!findingFrom(event.text, arguments));
    arguments.push_back("7"); // more than there are
    QVERIFY(!findingFrom(event.text, arguments));
    arguments.back() = "2x";
    QVERIFY(!findingFrom(event.text, arguments));
    arguments = event.arguments;
    arguments[3] = "terrible"; // no severity
    QVERIFY(!findingFrom(event.text, arguments));
    QVERIFY(!findingFrom("Validation loss %1", { "1.5", "32" }));
    QVERIFY(!findingFrom("", {}));
}

void TestFinding::laterTakesThePlaceOfEarlier()
{
    const std::vector<Finding> all {
        finding("overlap", FindingSeverity::Fine), finding("floor", FindingSeverity::Note, "1.2"),
        finding("not_in_effect", FindingSeverity::Note, "first"),
        finding("not_in_effect", FindingSeverity::Note, "second"), finding("floor", FindingSeverity::Warning, "0.1"),
        finding("not_in_effect", FindingSeverity::Note, "first"), // of a run that was resumed
    };
    const auto left = standing(all);
    QCOMPARE(left.size(), std::size_t { 4 });
    QCOMPARE(left[0], all[4]);
    QCOMPARE(left[1], all[2]);
    QCOMPARE(left[2], all[3]);
    QCOMPARE(left[3], all[0]);
    QCOMPARE(suspicious(left).size(), std::size_t { 3 });
}

void TestFinding::everyIdHasATitle()
{
    for (const std::string_view id : kFindingIds) {
        QVERIFY(!findingTitle(id).empty());
        QVERIFY2(findingTitle(id).text != "%1", std::string(id).c_str());
    }
    QCOMPARE(findingTitle("from another version").english(), std::string("from another version"));
}

void TestFinding::percents_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0.0 << "0 %";
    QTest::newRow("all") << 1.0 << "100 %";
    QTest::newRow("half") << 0.5 << "50 %";
    QTest::newRow("few") << 8.0 / 7200 << "0.11 %";
    QTest::newRow("some") << 0.0736 << "7.4 %";
    QTest::newRow("nearly all") << 0.9996 << "99.96 %";
    QTest::newRow("most") << 0.8821 << "88 %";
    QTest::newRow("never a bare 0") << 1e-5 << "0.001 %";
}

void TestFinding::percents()
{
    QFETCH(double, share);
    QTEST(QString::fromStdString(percentText(share)), "text");
}

void TestFinding::figures()
{
    QCOMPARE(figureText(5.5452), std::string("5.55"));
    QCOMPARE(figureText(0.66123), std::string("0.661"));
    QCOMPARE(figureText(0.00041), std::string("0.000410"));
    QCOMPARE(figureText(0.0), std::string("0.000"));
    QCOMPARE(figureText(123.4), std::string("123"));
    QCOMPARE(figureText(2e-7), std::string("2e-07"));
}

void TestFinding::partsAreSaidShort()
{
    QCOMPARE(partNames({ "encoder", "blocks.0.attn", "blocks.0.moe.experts.0", "blocks.1.attn", "blocks.2.attn",
                 "blocks.5.attn", "head" }),
        std::string("encoder, blocks.0–2+5.attn, blocks.0.moe.experts.0, head"));
    QCOMPARE(partNames({ "a", "b", "c", "d" }, 2), std::string("a, b … +2"));
    QCOMPARE(partNames({}), std::string());
    QCOMPARE(partNames({ "blocks.x.attn", "blocks.10.attn" }), std::string("blocks.x.attn, blocks.10.attn"));
}

QTEST_GUILESS_MAIN(TestFinding)
#include "tst_finding.moc"
