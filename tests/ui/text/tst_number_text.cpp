// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers for people and back, in two locales, and the theme's contrast, which is a number, too.
#include "trainer/config/parameters/parameter_table.h"
#include "ui/text/message_text.h"
#include "ui/text/number_input.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLocale>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace nabiz;
using namespace nabiz::ui;

namespace {

double luminance(const QColor& color)
{
    const auto part = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestNumberText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void writesRates()
    {
        QCOMPARE(rateText(3e-4), QStringLiteral("0.0003"));
        QCOMPARE(rateText(2.98e-4), QStringLiteral("2.98e-4"));
        QCOMPARE(rateText(1.79e-8), QStringLiteral("1.79e-8"));
        QCOMPARE(rateText(0), QStringLiteral("0"));
        QCOMPARE(rateText(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("NaN"));
        QLocale::setDefault(QLocale("tr_TR"));
        QCOMPARE(rateText(2.98e-4), QStringLiteral("2,98e-4"));
    }

    void writesNumbers_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("digits");
        QTest::addColumn<QString>("c");
        QTest::addColumn<QString>("tr");
        QTest::newRow("loss") << 1.58349 << 4 << "1.583" << "1,583";
        QTest::newRow("below one") << 0.66 << 3 << "0.660" << "0,660";
        QTest::newRow("small") << 0.0004 << 3 << "0.0004" << "0,0004";
        QTest::newRow("tiny") << 2.7e-5 << 4 << "2.7e-5" << "2,7e-5";
        QTest::newRow("large") << 1234.4 << 4 << "1234" << "1234";
        QTest::newRow("negative") << -1.5 << 3 << "-1.50" << "-1,50";
        QTest::newRow("zero") << 0.0 << 4 << "0" << "0";
        QTest::newRow("nan") << std::numeric_limits<double>::quiet_NaN() << 4 << "NaN" << "NaN";
        QTest::newRow("inf") << std::numeric_limits<double>::infinity() << 4 << "∞" << "∞";
    }
    void writesNumbers()
    {
        QFETCH(double, value);
        QFETCH(int, digits);
        QTEST(numberText(value, digits), "c");
        QLocale::setDefault(QLocale(QLocale::Turkish));
        QTEST(numberText(value, digits), "tr");
    }

    void writesQuantities()
    {
        QCOMPARE(bytesText(1.2e9), QStringLiteral("1.20 GB"));
        QCOMPARE(bytesText(15e9), QStringLiteral("15.0 GB"));
        QCOMPARE(bytesText(12), QStringLiteral("12 bytes"));
        QCOMPARE(bytesText(32768), QStringLiteral("32.8 kB"));
        QCOMPARE(bytesText(-2.5e6), QStringLiteral("-2.5 MB"));
        QCOMPARE(durationText(0.24), QStringLiteral("0.2 s"));
        QCOMPARE(durationText(80), QStringLiteral("1 min 20 s"));
        QCOMPARE(durationText(7500), QStringLiteral("2 h 5 min"));
        QCOMPARE(countText(6400), QStringLiteral("6\u202F400"));
        QCOMPARE(countText(-1234567), QStringLiteral("-1\u202F234\u202F567"));
        QCOMPARE(countText(999), QStringLiteral("999"));
        QCOMPARE(lossText({}), QStringLiteral("—"));
    }

    void readsNumbers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::newRow("exponent") << "3e-4" << 3e-4;
        QTest::newRow("point") << "0.001" << 1e-3;
        QTest::newRow("comma") << "0,25" << 0.25;
        QTest::newRow("blanks") << " 5e-4 " << 5e-4;
        QTest::newRow("plus") << "+2" << 2.0;
    }
    void readsNumbers()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        const trainer::Parameter& rate = *trainer::findParameter("training.learning_rate");
        for (const QLocale& locale : { QLocale::c(), QLocale(QLocale::German), QLocale(QLocale::Turkish) }) {
            QLocale::setDefault(locale);
            const auto result = readNumber(rate, text);
            QVERIFY(std::holds_alternative<trainer::Value>(result));
            QCOMPARE(std::get<double>(std::get<trainer::Value>(result)), value);
            // What is shown reads back the same.
            const auto again = readNumber(rate, editText(value));
            QCOMPARE(std::get<double>(std::get<trainer::Value>(again)), value);
        }
    }

    void refusesWhatIsNoNumber()
    {
        const trainer::Parameter& rate = *trainer::findParameter("training.learning_rate");
        const trainer::Parameter& steps = *trainer::findParameter("training.max_steps");
        for (const char* text : { "", "abc", "1,2,3", "nan", "inf", "1e999", "3e-4x" })
            QVERIFY2(std::holds_alternative<trainer::Message>(readNumber(rate, QLatin1String(text))), text);
        for (const char* text : { "1.5", "1e20", "100000000000000000000", "-", "0x10" })
            QVERIFY2(std::holds_alternative<trainer::Message>(readNumber(steps, QLatin1String(text))), text);
    }

    void fillsMessagesInOnePass()
    {
        QCOMPARE(text(trainer::message("The file %1 is not %2.", "a%2b", "text")),
            QStringLiteral("The file a%2b is not text."));
        // A size as the window writes its own; a version is none.
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::Turkish));
        QCOMPARE(text(trainer::message("%1 more, by %2", "32.8 kB", "2.11")), QStringLiteral("32,8 kB more, by 2.11"));
        QLocale::setDefault(before);
    }

    void coloursCanBeSeen()
    {
        for (const ThemeMode mode : { ThemeMode::Light, ThemeMode::Dark }) {
            Theme::apply(*qApp, mode);
            QCOMPARE(Theme::isDark(), mode == ThemeMode::Dark);
            const ThemeColors& colors = Theme::colors();
            for (int number = 0; number < 12; ++number)
                QVERIFY2(contrast(Theme::seriesColor(number, Theme::isDark()), colors.panel) >= 3,
                    qPrintable(QString::number(number)));
            // On all that a text may stand on: the row under the mouse and the one that is selected, too.
            for (const QColor& text : { colors.text, colors.dim, colors.accent, colors.good, colors.warn, colors.bad })
                for (const QColor& ground : { colors.panel, colors.background, colors.selected, colors.grid })
                    QVERIFY2(contrast(text, ground) >= 4.5, qPrintable(text.name() + " on " + ground.name()));
        }
        QCOMPARE(Theme::seriesColor(-1, false), Theme::seriesColor(11, false));
    }
};

QTEST_MAIN(TestNumberText)
#include "tst_number_text.moc"
