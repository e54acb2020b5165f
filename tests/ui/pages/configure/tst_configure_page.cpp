// SPDX-License-Identifier: GPL-3.0-or-later
// Configure, driven as a person drives it: keys, clicks and the wheel, and what they come to in the YAML and the
// request.
#include "ui/models/run_catalog.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/configure/draft_samples.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QToolButton>
#include <QToolTip>
#include <QTreeWidget>
#include <QWheelEvent>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;

class TestConfigurePage : public QObject {
    Q_OBJECT
private:
    // A page of its own, with an empty folder for the user's presets.
    struct Fixture {
        QTemporaryDir folder;
        trainer::PresetStore presets { folder.path().toStdString() };
        RunCatalog catalog;
        ConfigurePage page { catalog, presets, trainer::Machine { .cores = 2 } };

        Fixture()
        {
            page.resize(1100, 800);
            page.show();
        }
        template <typename T> T* find(const char* name) { return page.findChild<T*>(QLatin1String(name)); }
        QString yaml() { return find<QPlainTextEdit>("yamlEdit")->toPlainText(); }
        QString command() { return find<QPlainTextEdit>("commandLabel")->toPlainText(); }
        void type(const char* name, const QString& text)
        {
            auto* edit = find<QLineEdit>(name);
            QVERIFY2(edit, name);
            edit->setFocus();
            edit->selectAll();
            QTest::keyClicks(edit, text);
        }
        void click(const char* name)
        {
            auto* button = find<QAbstractButton>(name);
            QVERIFY2(button, name);
            QTest::mouseClick(button, Qt::LeftButton);
            QCoreApplication::processEvents();
        }
    };

private Q_SLOTS:
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void everyAvailableSettingHasAnInput()
    {
        Fixture f;
        for (const trainer::Parameter& parameter : trainer::parameterTable()) {
            if (parameter.derived)
                continue;
            const QString key = QString::fromUtf8(parameter.key.data(), static_cast<qsizetype>(parameter.key.size()));
            const auto inputs = f.page.findChildren<QWidget*>(
                QRegularExpression(QStringLiteral("^param_%1_(edit|box|check)").arg(QRegularExpression::escape(key))));
            QVERIFY2(!inputs.isEmpty(), qPrintable(key));
            for (const QWidget* input : inputs)
                QVERIFY2(!input->accessibleName().isEmpty(), qPrintable(input->objectName()));
        }
    }

    void anEditShowsEverywhereAndKeepsComments()
    {
        Fixture f;
        const QString before = f.yaml();
        f.type("param_training.learning_rate_edit", QStringLiteral("3e-4"));
        auto* reset = f.find<QToolButton>("param_training.learning_rate_resetButton");
        QVERIFY(reset->isVisibleTo(&f.page));
        QVERIFY(reset->text().contains(QStringLiteral("was 1e-3")));
        QCOMPARE(f.command(), QStringLiteral("nabiz train quick training.learning_rate=3e-4"));
        QCOMPARE(f.find<QComboBox>("presetBox")->currentText(), QStringLiteral("quick-2"));
        QCOMPARE(f.find<QLabel>("presetStateLabel")->text(), QStringLiteral("copy of quick"));
        // One line differs, and its comment is still there.
        const QStringList old = before.split(u'\n'), now = f.yaml().split(u'\n');
        QCOMPARE(now.size(), old.size());
        int different = 0;
        for (qsizetype i = 0; i < old.size(); ++i) {
            if (old[i] == now[i])
                continue;
            ++different;
            QVERIFY(now[i].contains(QStringLiteral("learning_rate: 3e-4")));
            QCOMPARE(now[i].section(u'#', 1), old[i].section(u'#', 1));
        }
        QCOMPARE(different, 1);
        QTest::mouseClick(reset, Qt::LeftButton);
        QCOMPARE(f.yaml(), before);
        QVERIFY(!reset->isVisibleTo(&f.page));
    }

    void presetsAreSavedRenamedComparedAndThrownAway()
    {
        Fixture f;
        storage::RunOverview waiting;
        waiting.run.id = 1;
        waiting.run.name = "waits";
        waiting.run.preset = "benim";
        waiting.run.status = storage::RunStatus::Queued;
        f.catalog.setRuns({ waiting });
        f.type("param_training.max_steps_edit", QStringLiteral("1250"));
        f.click("presetsButton");
        auto* dialog = f.page.findChild<QDialog*>("presetsDialog");
        QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
        auto* list = f.find<QTreeWidget>("presetTable");
        const auto select = [&](const QString& name) {
            const auto found = list->findItems(name, Qt::MatchExactly);
            QCOMPARE(found.size(), 1);
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(found[0]).center());
        };
        f.type("presetNameEdit", QStringLiteral("quick"));
        f.click("presetSaveAsButton");
        QVERIFY(f.find<QLabel>("presetSaid")->text().contains(QStringLiteral("already")));
        f.type("presetNameEdit", QStringLiteral("benim"));
        f.click("presetSaveAsButton");
        QCOMPARE(f.find<QComboBox>("presetBox")->currentText(), QStringLiteral("benim"));
        select(QStringLiteral("benim"));
        QCOMPARE(list->selectedItems()[0]->text(2), QStringLiteral("1")); // a run
        QCOMPARE(list->selectedItems()[0]->text(3), QStringLiteral("1")); // which waits
        QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier,
            list->visualItemRect(list->findItems(QStringLiteral("quick"), Qt::MatchExactly)[0]).center());
        auto* differences = f.find<QTreeWidget>("presetDifferences");
        QCOMPARE(differences->topLevelItemCount(), 1);
        QCOMPARE(differences->topLevelItem(0)->text(0), QStringLiteral("training.max_steps"));
        select(QStringLiteral("quick"));
        QVERIFY(!f.find<QPushButton>("presetDeleteButton")->isEnabled());
        select(QStringLiteral("benim"));
        f.type("presetNameEdit", QStringLiteral("yeni"));
        f.click("presetRenameButton");
        QCOMPARE(f.find<QComboBox>("presetBox")->currentText(), QStringLiteral("yeni"));
        QVERIFY(list->findItems(QStringLiteral("benim"), Qt::MatchExactly).isEmpty());
        select(QStringLiteral("yeni"));
        f.click("presetDeleteButton");
        QVERIFY(list->findItems(QStringLiteral("yeni"), Qt::MatchExactly).isEmpty());
        QVERIFY(f.yaml().contains(QStringLiteral("1250"))); // what is being edited stays
        f.click("presetUndoButton");
        QCOMPARE(list->findItems(QStringLiteral("yeni"), Qt::MatchExactly).size(), 1);
    }

    // Of groups that were hidden at first too.
    void everyGroupNamesItsPresetWhole()
    {
        Fixture f;
        auto* groups = f.find<QListWidget>("groupList");
        for (int row = 0; row < groups->count(); ++row) {
            groups->setCurrentRow(row);
            QCoreApplication::processEvents();
            for (const QToolButton* button : f.page.findChildren<QToolButton*>(QRegularExpression("^fold_"))) {
                if (button->isVisible())
                    QVERIFY2(button->text().endsWith(QStringLiteral("as in quick")), qPrintable(button->text()));
            }
        }
    }

    void undoTakesAnEditBackAsAWhole()
    {
        Fixture f;
        const QString before = f.yaml();
        f.type("param_training.max_steps_edit", QStringLiteral("1250"));
        QVERIFY(f.yaml().contains(QStringLiteral("max_steps: 1250")));
        f.click("undoButton");
        QCOMPARE(f.yaml(), before);
        QCOMPARE(f.find<QComboBox>("presetBox")->currentText(), QStringLiteral("quick"));
        QCOMPARE(f.find<QLineEdit>("param_training.max_steps_edit")->text(), QStringLiteral("400"));
        f.click("redoButton");
        QVERIFY(f.yaml().contains(QStringLiteral("max_steps: 1250")));
    }

    void aDecimalCommaIsReadAndYamlKeepsThePoint_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::newRow("de_DE") << "de_DE";
        QTest::newRow("tr_TR") << "tr_TR";
    }
    void aDecimalCommaIsReadAndYamlKeepsThePoint()
    {
        QFETCH(QString, locale);
        QLocale::setDefault(QLocale(locale));
        Fixture f;
        f.type("param_model.dropout_edit", QStringLiteral("0,25"));
        QVERIFY(f.yaml().contains(QStringLiteral("dropout: 0.25")));
        QCOMPARE(f.command(), QStringLiteral("nabiz train quick model.dropout=0.25"));
        f.type("param_training.learning_rate_edit", QStringLiteral("5.5e-4"));
        QVERIFY(f.yaml().contains(QStringLiteral("learning_rate: 5.5e-4"))
            || f.yaml().contains(QStringLiteral("learning_rate: 0.00055")));
    }

    void whatIsNoNumberIsSaidInPlace()
    {
        Fixture f;
        const QString before = f.yaml();
        f.type("param_training.batch_size_edit", QStringLiteral("four"));
        auto* problem = f.find<QLabel>("param_training.batch_size_problem");
        QVERIFY(problem->isVisibleTo(&f.page));
        QVERIFY(!problem->text().isEmpty());
        QVERIFY(!f.find<QPushButton>("startButton")->isEnabled());
        QCOMPARE(f.yaml(), before);
        QCOMPARE(f.find<QLineEdit>("param_training.batch_size_edit")->text(), QStringLiteral("four"));
        f.type("param_training.batch_size_edit", QStringLiteral("8"));
        QVERIFY(f.find<QPushButton>("startButton")->isEnabled());
        QVERIFY(f.find<QLabel>("param_training.batch_size_note")->text().contains(u'8'));
    }

    void theWheelChangesNothingWithoutFocus()
    {
        Fixture f;
        const QString before = f.yaml();
        f.find<QLineEdit>("nameEdit")->setFocus();
        for (QComboBox* box : f.page.findChildren<QComboBox*>()) {
            QWheelEvent wheel(QPointF(5, 5), box->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120), Qt::NoButton,
                Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(box, &wheel);
        }
        QCOMPARE(f.yaml(), before);
        QCOMPARE(f.find<QComboBox>("presetBox")->currentText(), QStringLiteral("quick"));
    }

    void aNarrowBoxEndsItsTextWithAnEllipsis()
    {
        QuietComboBox box;
        box.addItem(QStringLiteral("a name that is longer than its box"));
        box.resize(90, 28);
        box.show();
        QVERIFY2(box.shownText().endsWith(QChar(0x2026)), qPrintable(box.shownText()));
        QVERIFY(box.fontMetrics().horizontalAdvance(box.shownText()) < 90);
        QHelpEvent asked(QEvent::ToolTip, QPoint(5, 5), box.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&box, &asked);
        QCOMPARE(QToolTip::text(), box.currentText());
        QToolTip::hideText();
        box.resize(600, 28);
        QCOMPARE(box.shownText(), box.currentText());
    }

    void badYamlIsShownByItsLine()
    {
        Fixture f;
        f.click("yamlToggle");
        auto* edit = f.find<QPlainTextEdit>("yamlEdit");
        QVERIFY(edit->isVisibleTo(&f.page));
        const qsizetype line = f.yaml().left(f.yaml().indexOf(QStringLiteral("learning_rate"))).count(u'\n') + 1;
        edit->setPlainText(f.yaml().replace(QStringLiteral("learning_rate"), QStringLiteral("learning_rat")));
        auto* problems = f.find<QLabel>("yamlProblemsLabel");
        QVERIFY(problems->text().contains(QStringLiteral("line %1").arg(line)));
        QVERIFY(problems->text().contains(QStringLiteral("training.learning_rate")));
        QVERIFY(!edit->extraSelections().isEmpty());
        QVERIFY(!f.find<QPushButton>("startButton")->isEnabled());
        edit->setPlainText(QStringLiteral("training: [1\n"));
        QVERIFY(!f.find<QPushButton>("startButton")->isEnabled());
        QVERIFY(!f.find<QLineEdit>("param_training.learning_rate_edit")->isEnabled());
        f.click("undoButton");
        QVERIFY(f.find<QPushButton>("startButton")->isEnabled());
    }

    void remediesMendT4()
    {
        Fixture f;
        f.page.open(QStringLiteral("t4"));
        auto* start = f.find<QPushButton>("startButton");
        QVERIFY(!start->isEnabled());
        QVERIFY(!f.find<QLabel>("reasonsLabel")->text().isEmpty());
        f.click("remedy_training.use_amp_button");
        QTRY_VERIFY(f.yaml().contains(QStringLiteral("use_amp: false")));
        f.click("undoButton");
        // Weights that can be fetched are not done away with by what mends the rest.
        f.click("applyAllButton");
        QTRY_VERIFY(f.find<QPushButton>("getWeightsAndStartButton")->isVisibleTo(&f.page));
        QVERIFY(!f.find<QPushButton>("applyAllButton")->isVisibleTo(&f.page));
        QVERIFY(f.yaml().contains(QStringLiteral("use_amp: false")));
        QVERIFY(!start->isEnabled());
        f.click("undoButton");
        f.type("param_language.path_edit", QStringLiteral("/nowhere"));
        QVERIFY(!f.find<QPushButton>("getWeightsButton")->isVisibleTo(&f.page));
        f.click("applyAllButton");
        QTRY_VERIFY(start->isEnabled());
        QVERIFY(!f.find<QLabel>("reasonsLabel")->isVisibleTo(&f.page));
        f.click("undoButton"); // all of Apply all is one step
        QVERIFY(!start->isEnabled());
    }

    void theSearchLeadsToASetting()
    {
        Fixture f;
        f.page.activateWindow();
        f.type("searchEdit", QStringLiteral("dropout"));
        QTest::keyClick(f.find<QLineEdit>("searchEdit"), Qt::Key_Return);
        QTRY_VERIFY(f.find<QLineEdit>("param_model.dropout_edit")->isVisibleTo(&f.page));
        QTRY_VERIFY(f.find<QLineEdit>("searchEdit")->text().isEmpty());
    }

    void startCarriesEverything()
    {
        Fixture f;
        QSignalSpy started(&f.page, &ConfigurePage::startRequested);
        f.type("param_training.seed_edit", QStringLiteral("7"));
        f.type("nameEdit", QStringLiteral("first try"));
        f.type("whyEdit", QStringLiteral("another seed"));
        f.click("startButton");
        QCOMPARE(started.count(), 1);
        const auto request = started[0][0].value<StartRequest>();
        QCOMPARE(request.name, QStringLiteral("first try"));
        QCOMPARE(request.why, QStringLiteral("another seed"));
        QCOMPARE(request.preset, QStringLiteral("quick"));
        QCOMPARE(request.presetText, f.yaml());
        QCOMPARE(request.command, QStringLiteral("nabiz train quick training.seed=7"));
        QCOMPARE(request.config.integer("training.seed"), 7);
        QCOMPARE(request.seeds, 1);
        QVERIFY(!request.queue && !request.parent);
        QVERIFY(f.find<QLineEdit>("whyEdit")->text().isEmpty());
        f.find<QAction>("seedsAction")->trigger();
        QCOMPARE(started[1][0].value<StartRequest>().seeds, 3);
        f.find<QAction>("queueAction")->trigger();
        QVERIFY(started[2][0].value<StartRequest>().queue);
    }

    void aRunIsEditedAsNew()
    {
        Fixture f;
        storage::RunDetail detail;
        detail.overview.run.id = 5;
        detail.overview.run.name = "quick-9";
        detail.overview.run.preset = "quick";
        detail.parameters = { { "training.learning_rate", "5e-4", "0.0005" } };
        f.catalog.setRuns({ detail.overview });
        f.page.editAsNew(5);
        f.catalog.setDetail(std::move(detail));
        QCOMPARE(f.find<QLineEdit>("param_training.learning_rate_edit")->text(), QStringLiteral("5e-4"));
        QVERIFY(f.find<QLineEdit>("nameEdit")->text() != QStringLiteral("quick-9"));
        QSignalSpy started(&f.page, &ConfigurePage::startRequested);
        f.click("startButton");
        QCOMPARE(started.count(), 1);
        QCOMPARE(started[0][0].value<StartRequest>().parent.value_or(0), 5);
        QCOMPARE(started[0][0].value<StartRequest>().command,
            QStringLiteral("nabiz train quick training.learning_rate=5e-4"));
    }

    void aCopyIsSavedAndKeptDraftsComeBack()
    {
        Fixture f;
        f.type("param_training.max_steps_edit", QStringLiteral("77"));
        f.page.open(QStringLiteral("t4"));
        f.page.open(QStringLiteral("quick"));
        QCOMPARE(f.find<QLineEdit>("param_training.max_steps_edit")->text(), QStringLiteral("400"));
        f.page.open(QStringLiteral("quick-2"));
        QCOMPARE(f.find<QLineEdit>("param_training.max_steps_edit")->text(), QStringLiteral("77"));
        f.click("savePresetButton");
        const trainer::Preset saved = f.presets.load("quick-2");
        QVERIFY(!saved.shipped && saved.problems.empty());
        QCOMPARE(saved.config.integer("training.max_steps"), 77);
        QVERIFY(!f.find<QPushButton>("savePresetButton")->isVisibleTo(&f.page));
    }

    void samplesAreAskedForWhenIdle()
    {
        Fixture f;
        QSignalSpy wanted(&f.page.samples(), &DraftSamples::wanted);
        QTRY_COMPARE(wanted.count(), 1);
        f.type("param_training.seed_edit", QStringLiteral("12"));
        QTRY_COMPARE(wanted.count(), 2);
        trainer::SamplePreview preview;
        preview.samples = { { "evler", 5, 3 } };
        preview.trainingSamples = 8192;
        preview.entropy = 0.66;
        f.page.samples().setPreview(preview);
        const QString summary = f.find<QLabel>("samplesLabel")->text();
        QVERIFY(summary.contains(QStringLiteral("0.660")));
        QVERIFY(summary.contains(QStringLiteral("8\u202F192")));
    }

    void theMemoryVerdictFollowsTheForm()
    {
        Fixture f;
        const auto shown = [&f](const char* name) { return f.find<QLabel>(name)->text(); };
        QCOMPARE(shown("estimateVerdict"), QStringLiteral("cannot tell")); // no capacity is known
        trainer::Machine machine { .cores = 2 };
        machine.memoryBytes = 1000000000;
        ConfigurePage page(f.catalog, f.presets, machine);
        page.resize(1100, 800);
        page.show();
        const auto label = [&page](const char* name) { return page.findChild<QLabel*>(QLatin1String(name))->text(); };
        QCOMPARE(label("estimateVerdict"), QStringLiteral("fits"));
        QVERIFY(label("estimateTotal").endsWith(QStringLiteral(" of 1.00 GB on cpu")));
        QVERIFY(!page.findChild<QPushButton*>(QStringLiteral("estimateApply0Button")));
        auto* batch = page.findChild<QLineEdit*>(QStringLiteral("param_training.batch_size_edit"));
        batch->setFocus();
        batch->selectAll();
        QTest::keyClicks(batch, QStringLiteral("64"));
        QCOMPARE(label("estimateVerdict"), QStringLiteral("too large"));
        const QWidget* bar = page.findChild<QWidget*>(QStringLiteral("estimateBar"));
        QVERIFY(bar->accessibleName().contains(label("estimateTotal")));
        QVERIFY(bar->accessibleName().contains(QStringLiteral("too large")));
        auto* first = page.findChild<QPushButton*>(QStringLiteral("estimateApply0Button"));
        auto* second = page.findChild<QPushButton*>(QStringLiteral("estimateApply1Button"));
        QVERIFY(first && second && !first->accessibleName().isEmpty());
        QVERIFY(first->accessibleName() != second->accessibleName());
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Space);
        QCoreApplication::processEvents();
        QVERIFY(page.findChild<QPlainTextEdit*>(QStringLiteral("commandLabel"))
                    ->toPlainText()
                    .contains(QStringLiteral("training.batch_size=")));
        QVERIFY(page.findChild<QPlainTextEdit*>(QStringLiteral("commandLabel"))->toPlainText()
            != QStringLiteral("nabiz train quick training.batch_size=64"));
        QVERIFY(label("estimateVerdict") != QStringLiteral("too large"));
        QTest::mouseClick(page.findChild<QAbstractButton*>(QStringLiteral("undoButton")), Qt::LeftButton);
        QCOMPARE(label("estimateVerdict"), QStringLiteral("too large"));
        QCOMPARE(page.findChild<QPlainTextEdit*>(QStringLiteral("commandLabel"))->toPlainText(),
            QStringLiteral("nabiz train quick training.batch_size=64"));
    }

    // The folder of a server that is gone: nobody ever answers.
    void aFolderThatNeverAnswersHoldsNothingUp()
    {
        Fixture f;
        std::vector<std::pair<trainer::Config, std::function<void(const trainer::DraftCheck&)>>> asked;
        f.page.setDraftChecker([&](const trainer::Config& config, const trainer::Machine&, auto answer) {
            asked.emplace_back(config, std::move(answer));
        });
        QSignalSpy started(&f.page, &ConfigurePage::startRequested);
        const auto verdict = [&] { return f.find<QLabel>("estimateVerdict")->text(); };
        f.type("param_data.train_path_edit", QStringLiteral("/dead/server"));
        QCOMPARE(QString::fromStdString(asked.back().first.text("data.train_path")), QStringLiteral("/dead/server"));
        QCOMPARE(verdict(), QStringLiteral("reading…"));
        QVERIFY(f.find<QLabel>("startNote")->isVisibleTo(&f.page));
        // Another setting can still be typed, and what is wrong with it is said at once.
        f.type("param_training.batch_size_edit", QStringLiteral("0"));
        QVERIFY(f.find<QLabel>("param_training.batch_size_problem")->isVisibleTo(&f.page));
        f.type("param_training.batch_size_edit", QStringLiteral("8"));
        // Start waits for the answer, and is forgotten with the settings it was asked for.
        f.click("startButton");
        QCOMPARE(started.size(), 0);
        f.type("param_data.train_path_edit", QStringLiteral("generated:turkish"));
        asked.back().second(trainer::checkDraft(asked.back().first, trainer::Machine { .cores = 2 }, {}));
        QCOMPARE(started.size(), 0);
        QVERIFY(verdict() != QStringLiteral("reading…"));
        // The answer to an older question says nothing of what stands here now.
        asked.front().second({ .problems = { { .key = "data.train_path", .message = trainer::message("gone") } } });
        QVERIFY(f.find<QLabel>("reasonsLabel")->isHidden());
        f.click("startButton");
        QCOMPARE(started.size(), 1);
    }

    void startWaitsForTheDiskAndThenGoesOn()
    {
        Fixture f;
        std::function<void(const trainer::DraftCheck&)> answer;
        trainer::Config config;
        f.page.setDraftChecker([&](const trainer::Config& of, const trainer::Machine&, auto given) {
            config = of;
            answer = std::move(given);
        });
        QSignalSpy started(&f.page, &ConfigurePage::startRequested);
        QSignalSpy notices(&f.page, &ConfigurePage::noticeRaised);
        f.click("startButton");
        QCOMPARE(started.size(), 0);
        answer(trainer::checkDraft(config, trainer::Machine { .cores = 2 }, {}));
        QCOMPARE(started.size(), 1);
        f.type("param_data.train_path_edit", QStringLiteral("/nowhere"));
        f.click("startButton");
        answer(trainer::checkDraft(config, trainer::Machine { .cores = 2 }, {}));
        QCOMPARE(started.size(), 1);
        QVERIFY(notices.last()[0].toString().contains(QStringLiteral("/nowhere")));
    }

    void longTextsOfAPersonPushNothingAway_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("no blanks") << QString(300, u'n');
        QTest::newRow("words") << QStringLiteral("long name ").repeated(30);
        QTest::newRow("emoji") << QStringLiteral("\U0001F680").repeated(150);
        QTest::newRow("right to left") << QStringLiteral("\u05D0\u05D1\u05D2").repeated(100);
    }
    void longTextsOfAPersonPushNothingAway()
    {
        QFETCH(QString, name);
        Fixture f;
        f.page.resize(1024 - 248, 560); // what a window of 1024 x 700 leaves beside the run list
        storage::RunDetail detail;
        detail.overview.run = { .id = 1, .name = name.toStdString(), .preset = "quick" };
        detail.parameters = { { .key = "data.train_path", .declared = "/" + std::string(250, 'p') + "/t.txt" },
            { .key = "language.path", .declared = "/" + std::string(250, 'w') } };
        f.catalog.putRun(detail.overview);
        f.page.editAsNew(1);
        f.catalog.setDetail(std::move(detail));
        f.find<QLineEdit>("nameEdit")->insert(name); // QTest types no emoji
        f.find<QLineEdit>("whyEdit")->insert(name);
        QCoreApplication::processEvents();
        QVERIFY2(f.page.minimumSizeHint().width() <= f.page.width(),
            qPrintable(QString::number(f.page.minimumSizeHint().width())));
        const QRect page = f.page.rect();
        for (const char* one :
            { "startButton", "estimateVerdict", "reasonsLabel", "nameEdit", "savePresetButton", "copyCommandButton" }) {
            auto* widget = f.find<QWidget>(one);
            const QRect place(widget->mapTo(&f.page, QPoint()), widget->size());
            QVERIFY2(place.left() >= page.left() && place.right() <= page.right(), one);
        }
        for (const char* one : { "startButton", "estimateVerdict", "remedy_data.train_path_button" }) {
            auto* widget = f.find<QWidget>(one);
            QVERIFY2(widget && widget->isVisible(), one);
            QVERIFY2(page.contains(QRect(widget->mapTo(&f.page, QPoint()), widget->size())), one);
            QVERIFY2(!widget->visibleRegion().isEmpty(), one);
        }
    }

    void stepsSayHowLongOnlyWhenItWasMeasured()
    {
        Fixture f;
        const auto note = [&] { return f.find<QLabel>("param_training.max_steps_note")->text(); };
        QVERIFY(!note().contains(u'≈'));
        storage::RunOverview run;
        run.run = { .id = 1, .name = "one", .status = storage::RunStatus::Finished, .preset = "quick" };
        run.run.facts["host"] = QSysInfo::machineHostName().toStdString();
        run.summary.medianBatchSeconds = 0.3;
        run.summary.batches = 100;
        run.summary.seconds = 30;
        storage::ParameterTable table;
        const trainer::Config config = f.presets.load("quick").config;
        for (const trainer::Parameter& parameter : trainer::parameterTable()) {
            table.keys.emplace_back(parameter.key);
            table.texts.push_back(trainer::toYaml(config.value(parameter.key)));
            table.runs[1].push_back(static_cast<std::uint32_t>(table.texts.size() - 1));
        }
        f.catalog.setRuns({ run });
        f.catalog.putParameters(table);
        QCOMPARE(note(), QStringLiteral("= 400 batches, ≈ 2 min 0 s"));
        f.type("param_training.max_steps_edit", QStringLiteral("800"));
        QCOMPARE(note(), QStringLiteral("= 800 batches, ≈ 4 min 0 s"));
        f.type("param_training.batch_size_edit", QStringLiteral("64")); // never measured
        QVERIFY(!note().contains(u'≈'));
    }
};

QTEST_MAIN(TestConfigurePage)
#include "tst_configure_page.moc"
