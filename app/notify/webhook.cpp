// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/webhook.h"

#include <curl/curl.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace nabiz::app {

namespace {

constexpr long kRequestTimeout = 408, kTooManyRequests = 429, kServerError = 500;
constexpr curl_off_t kLongestWait = 60; // seconds that a server may ask for

struct Answer {
    CURLcode code = CURLE_OK;
    long status = 0;
    std::chrono::milliseconds retryAfter { 0 };

    bool isTaken() const { return code == CURLE_OK && status >= 200 && status < 300; }
    bool isWorthATry() const
    {
        return code != CURLE_OK || status == kRequestTimeout || status == kTooManyRequests || status >= kServerError;
    }
    std::string text() const
    {
        return code == CURLE_OK ? fmt::format("the answer was HTTP {}", status) : curl_easy_strerror(code);
    }
};

std::size_t dropBody(char*, std::size_t size, std::size_t count, void*)
{
    return size * count;
}

Answer tryOnce(const std::string& url, const NoticeRequest& request, const WebhookPatience& patience)
{
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), curl_easy_cleanup);
    if (!handle)
        return { .code = CURLE_FAILED_INIT };
    curl_slist* list = nullptr;
    for (const std::string& header : request.headers)
        list = curl_slist_append(list, header.c_str());
    list = curl_slist_append(list, "Expect:");
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(list, curl_slist_free_all);
    const auto set = [&handle](CURLoption option, auto value) { curl_easy_setopt(handle.get(), option, value); };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, request.body.c_str());
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_USERAGENT, "nabiz");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience.connect.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.answer.count()));
    set(CURLOPT_WRITEFUNCTION, dropBody);
    Answer answer { .code = curl_easy_perform(handle.get()) };
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    curl_off_t after = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RETRY_AFTER, &after);
    answer.retryAfter = std::chrono::seconds(std::clamp<curl_off_t>(after, 0, kLongestWait));
    return answer;
}

void rest(std::chrono::milliseconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, time, [] { return false; });
}

} // namespace

std::string Webhook::post(const Notice& notice, std::stop_token stop) const
{
    const NoticeRequest request = requestOf(notice, m_settings.shape);
    for (std::size_t tries = 0;; ++tries) {
        const Answer answer = tryOnce(m_settings.url, request, m_patience);
        if (answer.isTaken())
            return {};
        if (!answer.isWorthATry() || tries == m_patience.pauses.size() || stop.stop_requested())
            return fmt::format("{} was not told, tried {} time{}: {}", m_settings.place(), tries + 1,
                tries == 0 ? "" : "s", answer.text());
        rest(std::max(m_patience.pauses[tries], answer.retryAfter), stop);
    }
}

} // namespace nabiz::app
