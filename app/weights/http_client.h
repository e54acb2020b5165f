// SPDX-License-Identifier: GPL-3.0-or-later
// One request over HTTP with its redirects, which are followed here rather than by libcurl: the token goes to the hub's
// own host and to no other, and what the hub says of a file on the way to a storage is kept. Blocking, one thread at a
// time; a stop ends it within a second.
#pragma once

#include "app/web/curl_session.h"
#include "app/weights/hub_settings.h"

#include <cstdint>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace nabiz::app {

struct HttpAnswer {
    long status = 0;
    std::string url; // that answered in the end
    std::map<std::string, std::string> headers; // of that, names in lower case
    std::map<std::string, std::string> hubHeaders; // of every answer of the hub itself; of two the later

    std::string header(const std::string& name) const;
    std::string hubHeader(const std::string& name) const;
};

// What takes the content of a good answer (2xx). Both may throw, which ends the request.
class HttpBody {
public:
    virtual ~HttpBody() = default;
    virtual void begin(const HttpAnswer& answer) = 0;
    virtual void add(std::string_view bytes) = 0;
};

class HttpClient {
public:
    HttpClient(const HubSettings& settings, std::stop_token stop);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // From byte `from` on, where the server can. Throws ConnectionError, FetchError, trainer::Cancelled; any status is
    // an answer.
    HttpAnswer get(const std::string& url, std::int64_t from, HttpBody& body);
    // Headers alone. Redirects to other hosts are not followed: what the hub says of the file is known by then.
    HttpAnswer head(const std::string& url);

private:
    struct Exchange;

    void perform(Exchange& exchange, bool isHead);
    std::string nextUrl(const Exchange& exchange) const;
    bool isHub(const std::string& url) const;
    bool mayHaveToken(const std::string& url) const;
    [[noreturn]] void fail(const Exchange& exchange, int code) const;

    const HubSettings m_settings;
    const std::stop_token m_stop;
    std::unique_ptr<CurlSession> m_session;
};

} // namespace nabiz::app
