// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/web/web_request.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace nabiz::app {

namespace {

constexpr long kRequestTimeout = 408, kTooManyRequests = 429, kServerError = 500;
constexpr curl_off_t kLongestWait = 60; // seconds that a server may ask for

struct Taken {
    std::string body;
    std::size_t most = 0;
};

std::size_t take(char* bytes, std::size_t, std::size_t count, void* taken)
{
    auto& [body, most] = *static_cast<Taken*>(taken);
    if (body.size() + count > most)
        return 0;
    body.append(bytes, count);
    return count;
}

int onProgress(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

bool isWorthATry(const WebAnswer& answer)
{
    return !answer.trouble.empty() || answer.status == kRequestTimeout || answer.status == kTooManyRequests
        || answer.status >= kServerError;
}

void rest(std::chrono::milliseconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, time, [] { return false; });
}

} // namespace

std::string WebAnswer::text() const
{
    return trouble.empty() ? "the answer was HTTP " + std::to_string(status) : trouble;
}

WebAnswer WebClient::sendOnce(
    const WebRequest& request, const std::stop_token& stop, std::chrono::milliseconds& retryAfter)
{
    Taken taken { {}, m_patience.longestAnswer };
    m_session.begin(request.url, m_patience.connect);
    for (const auto& header : request.headers)
        m_session.addHeader(header);
    m_session.addHeader("Expect:");
    if (request.isPost) {
        m_session.set(CURLOPT_POST, 1L);
        m_session.set(CURLOPT_POSTFIELDS, request.body.c_str());
        m_session.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    }
    if (!m_login.empty()) {
        m_session.set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        m_session.set(CURLOPT_USERPWD, m_login.c_str());
    }
    m_session.set(CURLOPT_TIMEOUT_MS, static_cast<long>(m_patience.answer.count()));
    m_session.set(CURLOPT_WRITEFUNCTION, take);
    m_session.set(CURLOPT_WRITEDATA, &taken);
    if (!m_patience.finishesAtStop) {
        m_session.set(CURLOPT_XFERINFOFUNCTION, onProgress);
        m_session.set(CURLOPT_XFERINFODATA, &stop);
        m_session.set(CURLOPT_NOPROGRESS, 0L);
    }
    WebAnswer answer;
    const auto code = m_session.perform();
    answer.status = m_session.status();
    if (code != CURLE_OK)
        answer.trouble = curl_easy_strerror(code);
    curl_off_t after = 0;
    curl_easy_getinfo(m_session.handle(), CURLINFO_RETRY_AFTER, &after);
    retryAfter = std::chrono::seconds(std::clamp<curl_off_t>(after, 0, kLongestWait));
    answer.body = std::move(taken.body);
    return answer;
}

WebAnswer WebClient::send(const WebRequest& request, const std::stop_token& stop)
{
    for (std::size_t tries = 0;; ++tries) {
        std::chrono::milliseconds retryAfter {};
        auto answer = sendOnce(request, stop, retryAfter);
        answer.tries = static_cast<int>(tries) + 1;
        if (!isWorthATry(answer) || tries == m_patience.pauses.size() || stop.stop_requested())
            return answer;
        rest(std::max(m_patience.pauses[tries], retryAfter), stop);
    }
}

} // namespace nabiz::app
