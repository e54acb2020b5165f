// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/web/curl_session.h"

#include <mutex>
#include <new>

namespace nabiz::app {

CurlSession::CurlSession()
    : m_handle(nullptr, &curl_easy_cleanup)
    , m_headers(nullptr, &curl_slist_free_all)
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    m_handle.reset(curl_easy_init());
    if (!m_handle)
        throw std::bad_alloc();
}

void CurlSession::begin(const std::string& url, std::chrono::milliseconds connectTimeout)
{
    curl_easy_reset(m_handle.get()); // connections stay
    m_headers.reset();
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_USERAGENT, "nabiz");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connectTimeout.count()));
}

void CurlSession::addHeader(const std::string& line)
{
    if (auto* const longer = curl_slist_append(m_headers.get(), line.c_str())) {
        static_cast<void>(m_headers.release()); // the longer list is the same one
        m_headers.reset(longer);
    }
}

CURLcode CurlSession::perform()
{
    set(CURLOPT_HTTPHEADER, m_headers.get());
    return curl_easy_perform(m_handle.get());
}

long CurlSession::status() const
{
    long status = 0;
    curl_easy_getinfo(m_handle.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
}

} // namespace nabiz::app
