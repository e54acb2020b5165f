// SPDX-License-Identifier: GPL-3.0-or-later
// The window in Turkish: the compiled translations load, each way of looking a text up finds them, and nothing that the
// pages ask for is left in English.
#include "app/gui/language.h"
#include "app/gui/storage_error_text.h"
#include "tests/ui/translations/ts_file.h"
#include "tests/ui/translations/turkish_window.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/text/preset_summary.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QMenu>
#include <QTreeView>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::tests;

class TestTranslatedWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { m_language.apply("tr"); }
    void eachKindIsFound_data();
    void eachKindIsFound();
    void pluralsFollowTheNumber();
    void everyStatusHasRoom();
    void everyParameterIsTranslated();
    void everyMetricIsTranslated();
    void everyTextThePagesAskForIsThere();
    void nothingShownIsLeftInEnglish();
    void mnemonicsAreUniqueInAMenu();

private:
    app::Language m_language;
    TsTable m_turkish;
};

void TestTranslatedWindow::initTestCase()
{
    QString failure;
    m_turkish = table(readTs(translationsFile("tr"), failure));
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    ui::Theme::apply(*qApp, ui::ThemeMode::Light);
}

void TestTranslatedWindow::eachKindIsFound_data()
{
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("turkish");
    m_language.apply("tr");
    using trainer::message;
    const auto& seed = *trainer::findParameter("training.seed");
    QTest::newRow("tr() of a class") << ui::CloseDialog::tr("&Cancel") << "&Vazgeç";
    QTest::newRow("label") << ui::parameterLabel(seed) << "Tohum";
    QTest::newRow("help") << ui::parameterHelp(seed)
                          << "Bütün rastgeleliğin başladığı yer. Aynı makinede aynı tohum aynı kayıpları verir.";
    QTest::newRow("unit") << ui::parameterUnit(*trainer::findParameter("training.max_steps")) << "adım";
    QTest::newRow("group") << ui::groupName(seed.group) << "Eğitim";
    QTest::newRow("metric") << ui::metricLabel("val.loss") << "Doğrulama kaybı";
    QTest::newRow("a metric of others") << ui::metricLabel("accuracy") << "accuracy";
    QTest::newRow("status") << ui::statusName(storage::RunStatus::Diverged) << "ıraksadı";
    QTest::newRow("the trainer's message")
        << ui::text(message("LibTorch warns: %1", "%2 x")) << "LibTorch uyarısı: %2 x";
    QTest::newRow("the recorder's event") << ui::text(
        storage::Event { .message = "Training waited %1 s for the disk. Nothing was lost.", .arguments = { "3" } })
                                          << "Eğitim 3 sn diski bekledi. Hiçbir şey yitirilmedi.";
    QTest::newRow("storage's failure") << app::text(storage::StorageError(storage::StorageErrorKind::Missing, "/a/b.db",
        "x")) << "/a/b.db yerinde yok. Başka bir dosya seçin.";
    QTest::newRow("the controller's message")
        << ui::text(message("The trainer failed without saying why.")) << "Eğitici, neden belirtmeden hata verdi.";
    QTest::newRow("duration") << ui::durationText(125) << "2 dk 5 sn";
    QTest::newRow("percent") << ui::percentText(0.25, 0) << "%25";
}

void TestTranslatedWindow::eachKindIsFound()
{
    QFETCH(QString, shown);
    QTEST(shown, "turkish");
}

void TestTranslatedWindow::pluralsFollowTheNumber()
{
    const auto text
        = [](int n) { return QCoreApplication::translate("nabiz::ui::TrashCan", "%n run(s) are back.", nullptr, n); };
    QCOMPARE(text(3), QStringLiteral("3 koşu geri geldi."));
    m_language.apply("en");
    QVERIFY2(text(1).startsWith("1 run is back"), qPrintable(text(1)));
    QVERIFY2(text(2).startsWith("2 runs are back"), qPrintable(text(2)));
}

// As wide as its longest word in this language: the table cut "tamamlandı".
void TestTranslatedWindow::everyStatusHasRoom()
{
    TurkishWindow window;
    const auto* table = window.window.findChild<QTreeView*>("runTable");
    QVERIFY(table);
    int column = 0;
    while (table->model()->headerData(column, Qt::Horizontal).toString() != QStringLiteral("Durum"))
        QVERIFY(++column < table->model()->columnCount());
    for (int status = 0; status <= int(storage::RunStatus::Reference); ++status) {
        const QString name = ui::statusName(storage::RunStatus(status));
        QVERIFY2(table->columnWidth(column) >= table->fontMetrics().horizontalAdvance(name) + 16, qPrintable(name));
    }
}

void TestTranslatedWindow::everyParameterIsTranslated()
{
    const auto check = [this](const char* literal, const QString& shown) {
        if (*literal == '\0')
            return;
        const auto found = m_turkish.constFind({ QStringLiteral("Parameter"), QString::fromUtf8(literal) });
        QVERIFY2(found != m_turkish.cend(), literal);
        QCOMPARE(shown, found->first());
    };
    const trainer::PresetStore presets { std::filesystem::path() };
    for (const trainer::Preset& preset : presets.list())
        QVERIFY2(!preset.shipped || ui::presetSummary(preset.summary) != QString::fromStdString(preset.summary),
            preset.summary.c_str());
    QVERIFY(!trainer::parameterTable().empty());
    for (const trainer::Parameter& parameter : trainer::parameterTable()) {
        check(parameter.label, ui::parameterLabel(parameter));
        check(parameter.help, ui::parameterHelp(parameter));
        check(parameter.unit, ui::parameterUnit(parameter));
        check(parameter.group, ui::groupName(parameter.group));
        QVERIFY2(ui::parameterHelp(parameter) != QString::fromUtf8(parameter.help), parameter.help);
    }
}

void TestTranslatedWindow::everyMetricIsTranslated()
{
    QVERIFY(!trainer::metricTable().empty());
    for (const trainer::MetricRow& row : trainer::metricTable()) {
        const auto found = m_turkish.constFind({ QStringLiteral("Metric"), QString::fromUtf8(row.label) });
        QVERIFY2(found != m_turkish.cend(), row.label);
        QCOMPARE(ui::metricLabel(std::string(row.name)), found->first());
        QVERIFY2(found->first() != QString::fromUtf8(row.label), row.label);
    }
}

// A text whose context at run time is not the one it stands under in the file would stay in English.
void TestTranslatedWindow::everyTextThePagesAskForIsThere()
{
    AskedTexts asked;
    QCoreApplication::installTranslator(&asked);
    {
        TurkishWindow turkish;
        turkish.walk([] {});
    }
    QCoreApplication::removeTranslator(&asked);
    QStringList missing;
    QSet<QString> contexts;
    for (const auto& [context, source] : asked.texts()) {
        contexts << context;
        if (!m_turkish.contains({ context, source }))
            missing << context + QStringLiteral(" | ") + source;
    }
    missing.sort();
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    for (const char* context : { "Message", "Parameter", "Metric", "RunStatus", "Number", "FactsCard", "PlotView",
             "nabiz::ui", "ComparePage", "HelpDialog", "nabiz::ui::FactsCard", "nabiz::ui::ParameterRow",
             "nabiz::ui::StartCard", "nabiz::ui::ComparisonModel" })
        QVERIFY2(contexts.contains(QLatin1String(context)), context);
    // The walk has changed a setting.
    QVERIFY(asked.texts().contains(std::pair<QString, QString>("nabiz::ui::ParameterRow", "was %1")));
    QVERIFY2(asked.texts().size() > 350, qPrintable(QString::number(asked.texts().size())));
}

void TestTranslatedWindow::nothingShownIsLeftInEnglish()
{
    QSet<QString> english, turkish;
    for (auto it = m_turkish.cbegin(); it != m_turkish.cend(); ++it) {
        english << QString(it.key().second).remove(u'&');
        turkish << QString(it->first()).remove(u'&');
    }
    TurkishWindow window;
    QSet<QString> left;
    qsizetype shown = 0;
    window.walk([&] {
        for (const QString& text : window.shownTexts()) {
            shown += turkish.contains(text) ? 1 : 0;
            if (english.contains(text) && !turkish.contains(text))
                left << text;
        }
    });
    QVERIFY2(left.isEmpty(), qPrintable(QStringList(left.cbegin(), left.cend()).join(u'\n')));
    QVERIFY(shown > 200);
}

void TestTranslatedWindow::mnemonicsAreUniqueInAMenu()
{
    TurkishWindow window;
    int menus = 0;
    for (const QMenu* menu : window.window.findChildren<QMenu*>()) {
        QMap<QChar, QStringList> keys;
        for (const QAction* action : menu->actions()) {
            const auto key = QKeySequence::mnemonic(action->text());
            if (!key.isEmpty())
                keys[QChar(ushort(key[0].key()))] << action->text();
        }
        menus += keys.isEmpty() ? 0 : 1;
        for (const QStringList& texts : keys)
            QVERIFY2(texts.size() == 1, qPrintable(texts.join(QStringLiteral(" / "))));
    }
    QVERIFY(menus >= 6);
}

QTEST_MAIN(TestTranslatedWindow)
#include "tst_translated_window.moc"
