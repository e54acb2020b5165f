// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked for many times in one go is done once, and not for who has gone.
#include "ui/widgets/later.h"

#include <QtTest>
#include <memory>

using nabiz::ui::Later;

class TestLater : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void manyAreOne()
    {
        int done = 0;
        Later later([&] { ++done; }, this);
        later.ask();
        later.ask();
        QCOMPARE(done, 0);
        QCoreApplication::processEvents();
        QCOMPARE(done, 1);
        later.ask();
        QCoreApplication::processEvents();
        QCOMPARE(done, 2);
    }

    // What is done may ask for the next.
    void itMayAskAgain()
    {
        int done = 0;
        std::unique_ptr<Later> later;
        later = std::make_unique<Later>(
            [&] {
                if (++done < 3)
                    later->ask();
            },
            nullptr);
        later->ask();
        QTRY_COMPARE(done, 3);
    }

    void nobodyIsCalledWhoHasGone()
    {
        int done = 0;
        std::make_unique<Later>([&] { ++done; }, nullptr)->ask();
        QCoreApplication::processEvents();
        QCOMPARE(done, 0);
    }
};

QTEST_GUILESS_MAIN(TestLater)
#include "tst_later.moc"
