// SPDX-License-Identifier: GPL-3.0-or-later
// What the trainer's side tells comes to the window in its order; while nothing is told, nothing wakes.
#include "app/gui/live_feed.h"

#include <QtTest>
#include <thread>

using namespace nabiz;
using app::LiveFeed;

class TestLiveFeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sleepsWhileNothingIsTold()
    {
        ui::RunCatalog catalog;
        LiveFeed feed(catalog);
        QVERIFY(!feed.isAwake());
        const auto channel = LiveFeed::makeChannel();
        feed.follow(channel.buffer);
        QCoreApplication::processEvents();
        QVERIFY(!feed.isAwake());

        QSignalSpy changed(&feed, &LiveFeed::runChanged);
        std::thread([&] {
            for (int run = 1; run <= 3; ++run)
                channel.listener.changed(run);
        }).join();
        QCoreApplication::processEvents();
        QVERIFY(feed.isAwake());
        QCOMPARE(changed.count(), 0); // all of it at once, a moment later
        QTRY_COMPARE(changed.count(), 3);
        QVERIFY(!feed.isAwake());

        channel.listener.changed(4);
        QTRY_COMPARE(changed.count(), 4);
        QCOMPARE(changed.last()[0].toLongLong(), qint64(4));
        QVERIFY(!feed.isAwake());
    }

    void whatWasToldBeforeItFollowedComes()
    {
        ui::RunCatalog catalog;
        LiveFeed feed(catalog);
        QSignalSpy changed(&feed, &LiveFeed::runChanged);
        const auto first = LiveFeed::makeChannel(), second = LiveFeed::makeChannel();
        feed.follow(first.buffer);
        second.listener.changed(7);
        feed.follow(second.buffer);
        first.listener.changed(1); // of a database that is closed
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toLongLong(), qint64(7));
        QVERIFY(!feed.isAwake());
    }

    void aListenerOutlivesTheFeed()
    {
        const auto channel = LiveFeed::makeChannel();
        {
            ui::RunCatalog catalog;
            LiveFeed feed(catalog);
            feed.follow(channel.buffer);
            channel.listener.changed(1);
        }
        channel.listener.changed(2);
        QCoreApplication::processEvents();
    }
};

QTEST_GUILESS_MAIN(TestLiveFeed)
#include "tst_live_feed.moc"
