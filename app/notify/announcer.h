// SPDX-License-Identifier: GPL-3.0-or-later
// Tells notices one after another on a thread of its own, so that no training ever waits for who is told. Member
// functions may be called from any thread.
#pragma once

#include "app/notify/webhook.h"
#include "app/run/run_controller.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace nabiz::app {

class Announcer {
public:
    // `failed` is told, on that thread, why somebody was not told.
    Announcer(NotifySettings settings, std::function<void(const std::string&)> failed, WebhookPatience patience = {});
    // Tells what waits, which takes as long as the webhook's patience.
    ~Announcer();
    Announcer(const Announcer&) = delete;
    Announcer& operator=(const Announcer&) = delete;

    void announce(Notice notice);
    // Until all so far has been told, or could not be.
    void wait();
    // Each is tried once from now on: the program is about to end.
    void hurry();
    // The listener, which also announces every run that has ended, as it stands in the database.
    RunListener announcing(RunListener listener, std::filesystem::path database);

private:
    void loop(const std::stop_token& stop);
    void tell(const Notice& notice);

    const NotifySettings m_settings;
    const std::function<void(const std::string&)> m_failed;
    const Webhook m_webhook;
    std::mutex m_mutex; // guards the next three
    std::condition_variable_any m_changed;
    std::deque<Notice> m_notices;
    bool m_isTelling = false;
    std::stop_source m_hurry;
    std::jthread m_thread; // last: started when all above stands
};

} // namespace nabiz::app
