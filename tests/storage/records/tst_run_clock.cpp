// SPDX-License-Identifier: GPL-3.0-or-later
// The clock on the wall beside a run's own seconds, through stretches.
#include "storage/records/run_clock.h"

#include <QtTest>

using namespace nabiz::storage;

class RunClockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheRun()
    {
        Run run;
        run.started = 5000;
        QCOMPARE(clockOf(run).at(2), 7.0);
        beginStretch(run.facts, 0, 8000);
        QCOMPARE(run.facts.at(kTimeZero), std::string("8000"));
        QCOMPARE(clockOf(run).at(2), 10.0);
        QCOMPARE(clockOf(Run()).at(2), 2.0); // nothing is known
    }

    void goesOnHoursLater()
    {
        Run run;
        beginStretch(run.facts, 0, 1'000'000);
        beginStretch(run.facts, 10.5, 5'000'000);
        const RunClock clock = clockOf(run);
        QCOMPARE(clock.stretches.size(), std::size_t(2));
        QCOMPARE(clock.at(10.5), 1010.5); // the last of the first
        QCOMPARE(clock.at(11), 5000.5);
        QCOMPARE(clock.at(0), 1000.0);
    }

    void whatWasGivenUpHasNoTime()
    {
        Run run;
        beginStretch(run.facts, 0, 0);
        beginStretch(run.facts, 20, 1'000'000);
        beginStretch(run.facts, 5, 2'000'000); // its checkpoint was damaged
        beginStretch(run.facts, 8, 3'000'000);
        const RunClock clock = clockOf(run);
        QCOMPARE(clock.stretches.size(), std::size_t(3));
        QCOMPARE(clock.at(7), 2002.0);
        QCOMPARE(clock.at(30), 3022.0);
        beginStretch(run.facts, 0, 4'000'000); // and begun again
        QCOMPARE(clockOf(run).at(7), 4007.0);
    }

    void otherWordsAreLeftOut()
    {
        Run run;
        run.facts[kTimeZero] = "soon";
        run.facts[kTimeStretches] = "x 5@ @7 3@9000 4@y 1e400@1 nan";
        run.started = 2000;
        QCOMPARE(clockOf(run).stretches.size(), std::size_t(2));
        QCOMPARE(clockOf(run).at(1), 3.0);
        QCOMPARE(clockOf(run).at(4), 10.0);
    }
};

QTEST_GUILESS_MAIN(RunClockTest)
#include "tst_run_clock.moc"
