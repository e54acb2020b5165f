// SPDX-License-Identifier: GPL-3.0-or-later
// The reader that does one thing after another: its answers come in order on the GUI thread, and those of before a
// restart come to nobody.
#include "app/gui/readers/ordered_reader.h"

#include <QThread>
#include <QtTest>
#include <future>
#include <stdexcept>

using nabiz::app::OrderedReader;

class TestOrderedReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersComeInOrder()
    {
        OrderedReader reader;
        QList<int> shown;
        QThread* where = nullptr;
        for (int i = 0; i < 50; ++i)
            reader.post([&, i](const OrderedReader::Answer& answer) {
                answer([&, i] {
                    shown << i;
                    where = QThread::currentThread();
                });
            });
        QTRY_COMPARE(shown.size(), qsizetype(50));
        QVERIFY(std::is_sorted(shown.begin(), shown.end()));
        QCOMPARE(where, thread());
    }

    void aRestartDropsWhatIsOnItsWay()
    {
        OrderedReader reader;
        QList<int> shown;
        std::promise<void> read, release;
        reader.post([&](const OrderedReader::Answer& answer) {
            answer([&] { shown << 1; }); // waits in the event loop
            read.set_value();
            release.get_future().get();
            answer([&] { shown << 2; }); // told after the restart
        });
        read.get_future().get();
        reader.restart();
        release.set_value();
        reader.post([&](const OrderedReader::Answer& answer) { answer([&] { shown << 3; }); });
        QTRY_COMPARE(shown, QList<int> { 3 });
    }

    void whatIsShownMayLookWhetherItIsStillWanted()
    {
        OrderedReader reader;
        QList<bool> wanted;
        reader.post([&](const OrderedReader::Answer& answer) {
            answer([&, answer] {
                wanted << answer.isWanted();
                reader.restart();
                wanted << answer.isWanted();
            });
        });
        QTRY_COMPARE(wanted, (QList<bool> { true, false }));
    }

    void aMistakeEndsItselfAlone()
    {
        OrderedReader reader;
        int shown = 0;
        reader.post([](const OrderedReader::Answer&) { throw std::runtime_error("gone"); });
        reader.post([&](const OrderedReader::Answer& answer) { answer([&] { shown = 3; }); });
        QTRY_COMPARE(shown, 3);
    }
};

QTEST_GUILESS_MAIN(TestOrderedReader)
#include "tst_ordered_reader.moc"
