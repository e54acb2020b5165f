// SPDX-License-Identifier: GPL-3.0-or-later
// The reader for what may never answer: the last question counts, and one that hangs holds up neither the next nor the
// end.
#include "app/gui/readers/latest_reader.h"

#include <QtTest>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>

using nabiz::app::LatestReader;

namespace {

// A disk that answers when it is told to, whatever the token says.
class DeadDisk {
public:
    void answer()
    {
        const std::lock_guard lock(m_mutex);
        m_answers = true;
        m_changed.notify_all();
    }
    int wait()
    {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_answers; });
        --m_waiting;
        m_changed.notify_all();
        return 0;
    }
    void awaitWaiting(int count)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this, count] { return m_waiting == count; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_answers = false;
    int m_waiting = 0;
};

} // namespace

class TestLatestReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theLastAnswerWins()
    {
        const auto disk = std::make_shared<DeadDisk>();
        LatestReader reader;
        QList<int> shown;
        const auto show = [&](int result) { shown << result; };
        reader.request<int>([disk](std::stop_token) { return disk->wait(); }, show);
        disk->awaitWaiting(1);
        reader.request<int>([](std::stop_token) { return 1; }, show);
        QTRY_COMPARE(shown, QList<int> { 1 });
        disk->answer(); // too late
        disk->awaitWaiting(0);
        reader.request<int>([](std::stop_token) { return 2; }, show);
        QTRY_COMPARE(shown, (QList<int> { 1, 2 }));
    }

    void manyThatHangTakeNoMoreThreadsThanFour()
    {
        const auto disk = std::make_shared<DeadDisk>();
        LatestReader reader;
        QList<int> shown;
        const auto show = [&](int result) { shown << result; };
        for (int i = 1; i <= 4; ++i) {
            reader.request<int>([disk](std::stop_token) { return disk->wait(); }, show);
            disk->awaitWaiting(i);
        }
        reader.request<int>([](std::stop_token) { return 7; }, show); // waits for one of them
        reader.request<int>([](std::stop_token) { return 8; }, show); // in its place
        disk->answer();
        QTRY_COMPARE(shown, QList<int> { 8 });
    }

    void theEndDoesNotWait()
    {
        const auto disk = std::make_shared<DeadDisk>();
        bool shown = false;
        {
            LatestReader reader;
            reader.request<int>([disk](std::stop_token) { return disk->wait(); }, [&](int) { shown = true; });
            disk->awaitWaiting(1);
        }
        disk->answer();
        disk->awaitWaiting(0);
        QCoreApplication::processEvents();
        QVERIFY(!shown);
    }

    void theTokenOfAnOlderQuestionIsStopped()
    {
        LatestReader reader;
        std::promise<std::stop_token> given;
        const auto disk = std::make_shared<DeadDisk>();
        reader.request<int>(
            [&](std::stop_token stop) {
                given.set_value(stop);
                return disk->wait();
            },
            [](int) {});
        const auto stop = given.get_future().get();
        QVERIFY(!stop.stop_requested());
        reader.request<int>([](std::stop_token) { return 0; }, [](int) {});
        QVERIFY(stop.stop_requested());
        disk->answer();
        disk->awaitWaiting(0);
    }

    void anExceptionEndsOnlyItsAnswer()
    {
        LatestReader reader;
        int shown = 0;
        std::promise<void> first, second;
        reader.request<int>(
            [&](std::stop_token) -> int {
                first.set_value();
                throw std::runtime_error("gone");
            },
            [&](int) { shown = -1; });
        first.get_future().get();
        reader.request<int>(
            [&](std::stop_token) -> int {
                second.set_value();
                throw 7;
            },
            [&](int) { shown = -1; });
        second.get_future().get();
        reader.request<int>([](std::stop_token) { return 3; }, [&](int result) { shown = result; });
        QTRY_COMPARE(shown, 3);
    }
};

QTEST_GUILESS_MAIN(TestLatestReader)
#include "tst_latest_reader.moc"
