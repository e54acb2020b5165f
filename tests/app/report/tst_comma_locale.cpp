// SPDX-License-Identifier: GPL-3.0-or-later
// Under a Turkish and a German locale, with a QApplication alive: the report, the points, the events that are stored
// and the published page say what they say under C.
#include "app/interchange/published_page.h"
#include "app/interchange/reference_run.h"
#include "tests/app/gui/report_session.h"
#include "tests/support/comma_locale.h"

using namespace nabiz;
using namespace nabiz::tests;

class TestCommaLocale : public ReportSession {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }
    void saysTheSame_data();
    void saysTheSame();
};

void TestCommaLocale::saysTheSame_data()
{
    QTest::addColumn<QByteArray>("language");
    QTest::newRow("Turkish") << QByteArray("tr_TR");
    QTest::newRow("German") << QByteArray("de_DE");
}

void TestCommaLocale::saysTheSame()
{
    QFETCH(QByteArray, language);
    const auto page
        = app::readPage("Batch 0: 6.3347\nBatch 50: 0.2715\nbatch size 4, learning rate 0.0001\nGPU memory 1.20 GB\n");
    const auto reference = app::keepReference(*m_recorder, page, "page", "page");
    const auto run = record("quick", 120), other = record("quick-2", 60);
    QVERIFY(qApp);
    const auto all = [&] {
        std::vector<std::string> said;
        for (const char* spoken : { "en", "tr" }) {
            said.push_back(report({ run }, spoken).markdown);
            said.push_back(report({ reference }, spoken).markdown);
            const auto both = report({ run, other }, spoken);
            said.push_back(both.markdown);
            for (const auto& text : both.texts)
                said.push_back(text.second);
        }
        std::string points;
        app::writePoints(
            [&points](std::string_view text) { points += text; }, storage::RunStore(m_recorder->file()), run);
        said.push_back(points);
        const auto read = app::readPage("Batch 5: 1.5\nlearning rate 0.0002\nGPU memory 1.20 GB\n");
        for (const auto& point : read.points)
            said.push_back(trainer::toText(point.value));
        for (const auto& setting : read.settings)
            said.push_back(setting.value);
        said.push_back(trainer::toText(report({ run }).charts.front().content.lines.front().value));
        return said;
    };
    const auto plain = all();
    std::vector<std::string> local;
    {
        CommaLocale comma;
        const QString why = comma.apply(language.constData());
        QVERIFY2(why.isEmpty(), qPrintable(why)); // where there is no such locale nothing is tested, and that is said
        QCOMPARE(std::strtod("2.31", nullptr), 2.0); // it bites
        local = all();
    }
    QCOMPARE(local.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i)
        QCOMPARE(QString::fromStdString(local[i]), QString::fromStdString(plain[i]));
    QVERIFY(plain.front().find("0.66") != std::string::npos); // the entropy
    QVERIFY(plain[1].find("1.200 GB") != std::string::npos);
}

QTEST_MAIN(TestCommaLocale)
#include "tst_comma_locale.moc"
