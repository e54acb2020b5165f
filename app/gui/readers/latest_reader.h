// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what was asked for last, on a thread of its own, and hands the result to the GUI thread. A newer question stops
// the one before it, whose answer is dropped; one that hangs (a folder of a server that is gone) is left behind, so
// that neither the next question nor the end of the program waits for it. GUI thread.
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <stop_token>

namespace nabiz::app {

class LatestReader : public QObject {
    Q_OBJECT
public:
    explicit LatestReader(QObject* parent = nullptr);
    // Stops what is being read, and waits for it no longer than a moment.
    ~LatestReader() override;

    // `read` runs elsewhere, must not use what may end before the program does, and looks at its token; `show` runs
    // here with what it returned. An exception of `read` is shown by nobody: it is for the caller to make a result of
    // it.
    template <typename Result>
    void request(std::function<Result(std::stop_token)> read, std::function<void(Result)> show)
    {
        start([read = std::move(read), show = std::move(show)](std::stop_token stop) -> std::function<void()> {
            return [show, result = read(stop)] { show(result); };
        });
    }

private:
    // What is returned is called on the GUI thread.
    using Job = std::function<std::function<void()>(std::stop_token)>;
    struct State;

    void start(Job job);
    static void work(const std::shared_ptr<State>& state);

    const std::shared_ptr<State> m_state;
};

} // namespace nabiz::app
