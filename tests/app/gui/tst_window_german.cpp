// SPDX-License-Identifier: GPL-3.0-or-later
// On a German system the texts are English and the numbers as this person reads them everywhere else; what is read and
// written below the window knows neither.
#include "app/gui/language.h"
#include "tests/app/gui/runs_session.h"
#include "ui/theme/theme.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;
using storage::RunField;

class TestWindowGerman : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void englishTextsWithTheirOwnDecimals_data();
    void englishTextsWithTheirOwnDecimals();
    void turkishIsTurkish();
};

void TestWindowGerman::englishTextsWithTheirOwnDecimals_data()
{
    QTest::addColumn<QString>("chosen");
    QTest::newRow("as the system") << QString();
    QTest::newRow("English") << QStringLiteral("en");
}

void TestWindowGerman::englishTextsWithTheirOwnDecimals()
{
    QFETCH(QString, chosen);
    app::Language language;
    language.apply(chosen);
    QCOMPARE(language.current(), QStringLiteral("en"));
    QCOMPARE(QLocale().decimalPoint(), QStringLiteral(","));
    tests::ThreeRuns runs;
    tests::RunsSession session(runs.folder.path());
    QVERIFY(session.open(3));
    QCOMPARE(session.button("runsTab")->text(), QStringLiteral("Runs"));
    const QString loss = session.at(runs.runs[0], RunField::LastLoss).data().toString();
    QVERIFY2(loss.contains(u',') && !loss.contains(u'.'), qPrintable(loss)); // at the label
    // A setting is read and written without a locale.
    QVERIFY(session.click("configureTab"));
    QVERIFY(session.set("training.learning_rate", "0.00025"));
    std::optional<double> asked;
    connect(&session.window, &ui::MainWindow::startRequested, this, [&](const ui::StartRequest& request) {
        asked = std::get<double>(request.config.value("training.learning_rate"));
    });
    session.window.findChild<QAction*>("startAction")->trigger();
    QTRY_COMPARE(asked, std::optional(0.00025));
}

void TestWindowGerman::turkishIsTurkish()
{
    app::Language language;
    language.apply(QStringLiteral("tr"));
    QCOMPARE(QLocale().language(), QLocale::Turkish);
    // The keys are called what stands on them.
    for (const auto& [key, name] :
        { std::pair(Qt::Key_Home, "Home"), std::pair(Qt::Key_End, "End"), std::pair(Qt::Key_Escape, "Esc"),
            std::pair(Qt::Key_Delete, "Delete"), std::pair(Qt::Key_Return, "Enter") })
        QCOMPARE(QKeySequence(key).toString(QKeySequence::NativeText), QLatin1String(name));
}

int main(int argc, char** argv)
{
    qputenv("LC_ALL", "de_DE.UTF-8"); // before anything asks for it
    QApplication application(argc, argv);
    TestWindowGerman test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_german.moc"
