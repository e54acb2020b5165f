// SPDX-License-Identifier: GPL-3.0-or-later
// A handle of libcurl and what every request here has in common: http and https alone, redirects followed by nobody but
// the caller, no signals, this program's name. Keeps its connections between requests. One thread at a time.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <curl/curl.h>

namespace nabiz::app {

class CurlSession {
public:
    CurlSession(); // throws std::bad_alloc

    // A new request; what an earlier one set is forgotten. `url` and what set() is given outlive perform().
    void begin(const std::string& url, std::chrono::milliseconds connectTimeout);
    template <typename Value> void set(CURLoption option, Value value)
    {
        curl_easy_setopt(m_handle.get(), option, value);
    }
    void addHeader(const std::string& line);
    CURLcode perform();
    long status() const;
    CURL* handle() const { return m_handle.get(); }

private:
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> m_handle;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> m_headers;
};

} // namespace nabiz::app
