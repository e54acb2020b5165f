// SPDX-License-Identifier: GPL-3.0-or-later
// What a draft is made of, each part alone: names that are free, what is wrong, steps back, and where it came from.
#include "ui/pages/configure/configure_draft.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;

namespace {

struct Fixture {
    QTemporaryDir folder;
    trainer::PresetStore presets { folder.path().toStdString() };
    ConfigureDraft draft { presets, trainer::Machine { .cores = 2 } };

    Fixture() { draft.loadPreset(QStringLiteral("quick")); }
};

} // namespace

class TestConfigureDraft : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNameThatNeitherAPresetNorADraftHas()
    {
        Fixture f;
        DraftShelf shelf;
        QCOMPARE(shelf.freeName(f.presets, "quick"), QStringLiteral("quick-2"));
        shelf.put({ .name = QStringLiteral("quick-2"), .base = QStringLiteral("quick") });
        f.presets.save("quick-3", "extends: quick\n");
        QCOMPARE(shelf.freeName(f.presets, "quick"), QStringLiteral("quick-4"));
        QVERIFY(shelf.take(QStringLiteral("quick-2")));
        QVERIFY(!shelf.take(QStringLiteral("quick-2")));
        QCOMPARE(shelf.freeName(f.presets, "quick"), QStringLiteral("quick-2"));
    }

    void theShelfIsKept()
    {
        DraftShelf shelf, again;
        shelf.put({ .name = QStringLiteral("a"), .base = QStringLiteral("quick"), .text = "training:\n  seed: 7\n" });
        again.restore(shelf.toJson());
        QCOMPARE(again.names(), QStringList { "a" });
        QCOMPARE(again.take(QStringLiteral("a"))->text, std::string("training:\n  seed: 7\n"));
    }

    void editsAreStepsBackAndCopiesGetNames()
    {
        Fixture f;
        QSignalSpy changed(&f.draft, &ConfigureDraft::changed);
        QCOMPARE(f.draft.name(), QStringLiteral("quick"));
        f.draft.edits().setValue("training.seed", trainer::Value(std::int64_t(7)));
        QVERIFY(f.draft.isModified() && f.draft.isChanged("training.seed"));
        QCOMPARE(f.draft.name(), QStringLiteral("quick-2"));
        QCOMPARE(changed.count(), 1);
        f.draft.edits().undoStack().undo();
        QVERIFY(!f.draft.isModified());
        QCOMPARE(f.draft.name(), QStringLiteral("quick"));
        f.draft.edits().undoStack().redo();
        f.draft.edits().discard();
        QVERIFY(!f.draft.isChanged("training.seed"));
    }

    void whatWasTypedStandsAgainstTheStart()
    {
        Fixture f;
        QVERIFY(f.draft.inspection().canStart());
        f.draft.edits().setTypingProblem(
            "training.seed", trainer::message(NABIZ_TEXT("Message", "%1 is not a whole number."), "x"));
        QVERIFY(!f.draft.inspection().canStart());
        QCOMPARE(f.draft.inspection().problemsOf("training.seed").size(), std::size_t(1));
        f.draft.edits().setValue("training.seed", f.draft.config().value("training.seed"));
        QVERIFY(f.draft.inspection().canStart());
    }

    // Only the last question's answer counts, and until it comes nothing starts.
    void theDiskAnswersLater()
    {
        Fixture f;
        std::vector<std::function<void(const trainer::DraftCheck&)>> asked;
        f.draft.inspection().setChecker(
            [&](const trainer::Config&, const trainer::Machine&, auto answer) { asked.push_back(answer); });
        QVERIFY(f.draft.inspection().isReading());
        f.draft.edits().setValue("data.train_path", trainer::Value(std::string("/nowhere")));
        QCOMPARE(asked.size(), std::size_t(2));
        QSignalSpy answered(&f.draft.inspection(), &DraftInspection::answered);
        asked[0]({});
        QCOMPARE(answered.count(), 0);
        asked[1]({});
        QCOMPARE(answered.count(), 1);
        QVERIFY(!f.draft.inspection().isReading());
    }

    void aRunsSettingsAreWhatItDeclared()
    {
        Fixture f;
        storage::Run run { .id = 3, .name = "was", .preset = "quick" };
        f.draft.setDatabase(QStringLiteral("/a.db"));
        f.draft.loadRun(run, { { "training.seed", "11", "11" } });
        QCOMPARE(f.draft.config().integer("training.seed"), std::int64_t(11));
        QVERIFY(!f.draft.isModified());
        QCOMPARE(f.draft.origin().name, QStringLiteral("was"));
        QCOMPARE(f.draft.origin().parent, std::optional<storage::RunId>(3));
        f.draft.setDatabase(QStringLiteral("/b.db"));
        QVERIFY(!f.draft.origin().parent); // its number means another run there
    }
};

QTEST_GUILESS_MAIN(TestConfigureDraft)
#include "tst_configure_draft.moc"
