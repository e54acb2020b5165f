// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/announcer.h"

#include "app/notify/command_hook.h"
#include "app/run/current_failure.h"
#include "storage/run_store.h"

#include <utility>

namespace nabiz::app {

Announcer::Announcer(NotifySettings settings, std::function<void(const std::string&)> failed, WebhookPatience patience)
    : m_settings(std::move(settings))
    , m_failed(std::move(failed))
    , m_webhook(m_settings, std::move(patience))
    , m_thread([this](const std::stop_token& stop) { loop(stop); })
{
}

Announcer::~Announcer()
{
    wait();
}

void Announcer::announce(Notice notice)
{
    if (m_settings.isOff())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_notices.push_back(std::move(notice));
    }
    m_changed.notify_all();
}

void Announcer::hurry()
{
    m_hurry.request_stop();
}

void Announcer::wait()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_notices.empty() && !m_isTelling; });
}

RunListener Announcer::announcing(RunListener listener, std::filesystem::path database)
{
    if (m_settings.isOff())
        return listener;
    listener.ended = [this, ended = std::move(listener.ended), database = std::move(database)](
                         storage::RunId run, storage::RunStatus status, const trainer::Message& failure) {
        if (ended)
            ended(run, status, failure);
        if (const auto overview = storage::RunStore(database).run(run))
            announce(runNotice(*overview));
    };
    return listener;
}

void Announcer::loop(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return !m_notices.empty(); })) {
        const Notice notice = std::move(m_notices.front());
        m_notices.pop_front();
        m_isTelling = true;
        lock.unlock();
        try {
            tell(notice);
        } catch (...) {
            printFailure(currentFailure());
        }
        lock.lock();
        m_isTelling = false;
        m_changed.notify_all();
    }
}

void Announcer::tell(const Notice& notice)
{
    if (!m_settings.url.empty()) {
        const std::string why = m_webhook.post(notice, m_hurry.get_token());
        if (!why.empty())
            m_failed(why);
    }
    if (!m_settings.command.empty()) {
        const std::string why = runCommandHook(m_settings.command, notice);
        if (!why.empty())
            m_failed(why);
    }
}

} // namespace nabiz::app
