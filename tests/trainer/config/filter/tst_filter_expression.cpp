// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/fold_case.h"
#include "trainer/config/filter/filter_expression.h"

#include <QtTest>

#include <cmath>
#include <ctime>
#include <functional>
#include <map>
#include <random>

using namespace nabiz::trainer;

namespace {

const std::vector<FilterName> kNames {
    { "name", FilterKind::Text },
    { "tag", FilterKind::List },
    { "loss.best", FilterKind::Number },
    { "val.loss.best", FilterKind::Number },
    { "memory.peak", FilterKind::Bytes },
    { "seconds", FilterKind::Seconds },
    { "started", FilterKind::Time },
    { "starred", FilterKind::Flag },
    { "status", FilterKind::Text, { "finished", "failed" } },
    { "training.batch_size", FilterKind::Any },
    { "training.precision", FilterKind::Any },
};

struct Row : FilterRow {
    std::map<std::string, FilterValue> values;

    Row& text(const char* name, const char* text)
    {
        values[name] = { .known = true, .text = text };
        return *this;
    }
    Row& number(const char* name, double number)
    {
        values[name] = { .known = true, .number = number, .isNumber = true, .text = std::to_string(number) };
        return *this;
    }
    FilterValue value(std::size_t name) const override
    {
        const auto found = values.find(kNames[name].name);
        return found == values.end() ? FilterValue {} : found->second;
    }
    std::string words() const override { return value(0).text + '\n' + value(1).text; }
};

Row sample()
{
    const std::tm noon { .tm_min = 30, .tm_hour = 12, .tm_mday = 4, .tm_mon = 4, .tm_year = 126, .tm_isdst = -1 };
    std::tm moment = noon;
    Row row;
    row.text("name", "Hızlı İlk quick-2")
        .text("tag", "baseline\nlow rate")
        .number("loss.best", 0.1F)
        .number("memory.peak", 1.5e9);
    row.number("seconds", 90).number("started", static_cast<double>(std::mktime(&moment)) * 1000).number("starred", 1);
    row.text("status", "finished").number("training.batch_size", 4).text("training.precision", "fp16");
    return row;
}

} // namespace

class FilterExpressionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void problems_data();
    void problems();
    void unknownIsNeitherTrueNorFalse();
    void equalsBruteForce();
    void survivesAnything();
    void foldsCase();
};

void FilterExpressionTest::matches_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char* text, bool expected) { QTest::newRow(text) << QByteArray(text) << expected; };
    row("", true);
    row("   ", true);
    row("quick", true);
    row("QUICK-2 base", true);
    row("quick slow", false);
    row("slow or quick", true);
    row("'low rate'", true);
    row("ilk hizli", true); // one letter for the dotted and the dotless i
    row("not slow", true);
    row("not not slow", false);
    row("starred", true);
    row("not starred", false);
    row("\"starred\"", false);
    row("loss.best < 0.2", true);
    row("loss.best<0,2", true);
    row("loss.best = 0.1", true); // a float, as it is seen
    row("loss.best == 0.1 and training.batch_size = 4", true);
    row("loss.best != 0.1", false);
    row("loss.best >= 0.1 && batch_size > 3", true);
    row("loss.best > 0.1 || batch_size >= 5", false);
    row("LOSS.BEST <= 0.1 AND NOT name ~ slow", true);
    row("loss.best ≤ 1e-1", true);
    row("memory.peak < 1.6GB", true);
    row("memory.peak > 1.4GiB", false);
    row("memory.peak = 1500MB", true);
    row("seconds >= 1.5min", true);
    row("seconds < 1h and seconds > 80s", true);
    row("started = 2026-05-04", true);
    row("started > 2026-05-04", false);
    row("started >= 2026-05-04T12:30", true);
    row("started < '2026-05-04 12:30'", false);
    row("started != 2026-05-03", true);
    row("started > today", false);
    row("starred = yes", true);
    row("starred = false", false);
    row("status = FINISHED", true);
    row("status != failed", true);
    row("tag = baseline", true);
    row("tag = base", false);
    row("tag ~ base", true);
    row("tag != baseline", false);
    row("tag != other", true);
    row("tag !~ rate", false);
    row("name ~ 'ilk QUICK'", true);
    row("training.precision = fp16", true);
    row("training.precision = 16", false);
    row("training.precision != 16", true);
    row("training.precision < 16", false);
    row("not training.precision < 16", false);
    row("training.precision ~ fp", true);
    row("batch_size = four", false);
    row("val.loss.best = none", true);
    row("val.loss.best != none", false);
    row("loss.best != none", true);
    row("(loss.best < 1 or name = x) and (batch_size = 4)", true);
    row("loss.best > 1 and batch_size = 4 or starred", true); // and binds more
    row("loss.best > 1 and (batch_size = 4 or starred)", false);
}

void FilterExpressionTest::matches()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, expected);
    const auto reading = FilterExpression::read(text.toStdString(), kNames);
    QVERIFY2(!reading.problem, reading.problem ? reading.problem->message.english().c_str() : "");
    QCOMPARE(reading.expression.matches(sample()), expected);
}

void FilterExpressionTest::problems_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("isUnfinished");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* text, int position, int length, bool isUnfinished, const char* says) {
        QTest::newRow(text) << QByteArray(text) << position << length << isUnfinished << QByteArray(says);
    };
    row("loss.bset < 1", 0, 9, false, "did you mean loss.best?");
    row("ğü and loss.bset < 1", 7, 9, false, "did you mean loss.best?");
    row("los < 1", 0, 3, false, "There is no 'los' to compare.");
    row("loss < 1", 0, 4, false, "did you mean loss.best?");
    row("bath_size = 4", 0, 9, false, "did you mean training.batch_size?");
    row("best < 1", 0, 4, false, "may be loss.best or val.loss.best");
    row("loss.best", 0, 9, true, "Go on with");
    row("loss.b", 0, 6, true, "Go on with");
    row("loss.best <", 11, 0, true, "What is loss.best compared with?");
    row("loss.best < and", 12, 3, false, "'and' is no number");
    row("loss.best < (1)", 12, 1, false, "What is loss.best compared with?");
    row("loss.best < small", 12, 5, false, "'small' is no number, and loss.best is one");
    row("loss.best ~ 1", 0, 9, false, "loss.best is no text");
    row("tag < a", 0, 3, false, "tag is a list");
    row("status = finshed", 9, 7, false, "did you mean finished?");
    row("started > monday", 10, 6, false, "'monday' is no time");
    row("started > 2026-13-01", 10, 10, false, "is no time");
    row("starred = perhaps", 10, 7, false, "neither true nor false");
    row("name = 'a", 7, 2, true, "not closed");
    row("(starred", 8, 0, true, "closing parenthesis is missing");
    row("starred)", 7, 1, false, "No parenthesis is open here");
    row("starred and", 11, 0, true, "Something is missing at the end");
    row("or starred", 0, 2, false, "'or' needs something before it");
    row("< 3", 0, 1, false, "'<' needs something before it");
    row("not", 3, 0, true, "Something is missing");
    row("()", 1, 1, false, "')' needs something before it");
}

void FilterExpressionTest::problems()
{
    QFETCH(QByteArray, text);
    const auto reading = FilterExpression::read(text.toStdString(), kNames);
    QVERIFY(reading.problem);
    QTEST(static_cast<int>(reading.problem->position), "position");
    QTEST(static_cast<int>(reading.problem->length), "length");
    QTEST(reading.problem->isUnfinished, "isUnfinished");
    QFETCH(QByteArray, says);
    const auto sentence = QByteArray::fromStdString(reading.problem->message.english());
    QVERIFY2(sentence.contains(says), sentence);
    QVERIFY(reading.expression.matches(Row())); // where it is wrong, nothing is hidden
}

void FilterExpressionTest::unknownIsNeitherTrueNorFalse()
{
    const Row empty;
    for (const char* text :
        { "loss.best < 1", "not loss.best < 1", "loss.best != 1", "not (loss.best < 1 or loss.best >= 1)" }) {
        const auto reading = FilterExpression::read(text, kNames);
        QVERIFY2(!reading.expression.matches(empty), text);
    }
    QVERIFY(FilterExpression::read("loss.best < 1 or name = none", kNames).expression.matches(empty));
}

namespace {

// An expression as text, with its own evaluation beside it: -1 = unknown.
struct Sample {
    std::string text;
    std::function<int(double, double)> value; // of loss.best and seconds; NaN = not there
};

Sample randomSample(std::mt19937& random, int depth)
{
    const auto pick = [&random](int count) { return std::uniform_int_distribution(0, count - 1)(random); };
    const int kind = depth == 0 ? 0 : pick(4);
    if (kind == 0) {
        static const char* const kOperators[] = { "<", "<=", "=", "!=", ">=", ">" };
        const int compare = pick(6), number = pick(5), which = pick(2);
        return { std::string(which ? "seconds " : "loss.best ") + kOperators[compare] + " " + std::to_string(number),
            [=](double loss, double seconds) {
                const double value = which ? seconds : loss;
                if (std::isnan(value))
                    return -1;
                const bool results[] = {
                    value<number, value <= number, value == number, value != number, value >= number, value> number
                };
                return results[compare] ? 1 : 0;
            } };
    }
    const Sample left = randomSample(random, depth - 1);
    if (kind == 1)
        return { "not (" + left.text + ")", [left](double a, double b) {
                    const int v = left.value(a, b);
                    return v < 0 ? v : 1 - v;
                } };
    const Sample right = randomSample(random, depth - 1);
    const bool isAnd = kind == 2;
    const char* const joints[] = { " and ", " " };
    return { "(" + left.text + ")" + (isAnd ? joints[pick(2)] : " or ") + "(" + right.text + ")",
        [=](double a, double b) {
            const int l = left.value(a, b), r = right.value(a, b);
            const int decided = isAnd ? 0 : 1;
            if (l == decided || r == decided)
                return decided;
            return l < 0 || r < 0 ? -1 : 1 - decided;
        } };
}

} // namespace

void FilterExpressionTest::equalsBruteForce()
{
    std::mt19937 random(7);
    std::uniform_int_distribution value(0, 5); // 5 = not there
    for (int i = 0; i < 2000; ++i) {
        const Sample expected = randomSample(random, 4);
        const auto reading = FilterExpression::read(expected.text, kNames);
        QVERIFY2(!reading.problem, expected.text.c_str());
        for (int j = 0; j < 20; ++j) {
            const int loss = value(random), seconds = value(random);
            Row row;
            if (loss < 5)
                row.number("loss.best", loss);
            if (seconds < 5)
                row.number("seconds", seconds);
            const double nan = std::nan("");
            const bool wanted = expected.value(loss < 5 ? loss : nan, seconds < 5 ? seconds : nan) == 1;
            QVERIFY2(reading.expression.matches(row) == wanted, expected.text.c_str());
        }
    }
}

// Whatever is typed is read or refused, and never more than it costs to look at it.
void FilterExpressionTest::survivesAnything()
{
    std::mt19937 random(11);
    const std::string letters = "ab.<>=!~()'\" \\and or not loss.best 1e9,\xc4\x9f\xff\n";
    const Row row = sample();
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (int length = std::uniform_int_distribution(0, 30)(random); length > 0; --length)
            text += letters[std::uniform_int_distribution<std::size_t>(0, letters.size() - 1)(random)];
        const auto reading = FilterExpression::read(text, kNames);
        QVERIFY(!reading.problem || !reading.problem->message.empty());
        reading.expression.matches(row);
    }
    std::string deep;
    for (int i = 0; i < 1000; ++i)
        deep += "(";
    QVERIFY(FilterExpression::read(deep, kNames).problem);
    QVERIFY(FilterExpression::read(std::string(5000, 'a'), kNames).problem);
    std::string many;
    for (int i = 0; i < 600; ++i)
        many += "not ";
    QVERIFY(FilterExpression::read(many + "quick", kNames).expression.matches(row));
}

void FilterExpressionTest::foldsCase()
{
    QCOMPARE(foldCase("ABC ÇĞİÖŞÜ IıİI ÀÞ Ž ΑΩ ЁЯ"), std::string("abc çğiöşü iiii àþ ž αω ёя"));
    QCOMPARE(foldCase("\xff\xc4"), std::string("\xff\xc4"));
    QCOMPARE(foldCase("🙂 ×"), std::string("🙂 ×"));
}

QTEST_GUILESS_MAIN(FilterExpressionTest)
#include "tst_filter_expression.moc"
