// SPDX-License-Identifier: GPL-3.0-or-later
// A small request and its whole answer, for services that speak JSON; again after 408, 429 and 5xx and where there was
// no answer. Blocks; any thread, one at a time a client.
#pragma once

#include "app/web/curl_session.h"

#include <stop_token>
#include <vector>

namespace nabiz::app {

struct WebRequest {
    std::string url;
    std::vector<std::string> headers;
    std::string body; // posted; without one it is a GET
    bool isPost = false;
};

struct WebAnswer {
    long status = 0;
    std::string body;
    std::string trouble; // in the place of an answer
    int tries = 0;

    bool isGood() const { return trouble.empty() && status >= 200 && status < 300; }
    std::string text() const; // what it came to
};

struct WebPatience {
    std::chrono::milliseconds connect { 5'000 }, answer { 10'000 };
    std::vector<std::chrono::milliseconds> pauses { std::chrono::seconds(1), std::chrono::seconds(4),
        std::chrono::seconds(15) }; // before each further try
    std::size_t longestAnswer = 64U << 20U;
    bool finishesAtStop = false; // what is on its way at a stop is sent all the same
};

class WebClient {
public:
    explicit WebClient(WebPatience patience = {})
        : m_patience(std::move(patience))
    {
    }

    // After a stop it is not tried again.
    WebAnswer send(const WebRequest& request, const std::stop_token& stop);
    // Instead of a token in the headers: NAME:PASSWORD.
    void setLogin(std::string login) { m_login = std::move(login); }

private:
    WebAnswer sendOnce(const WebRequest& request, const std::stop_token& stop, std::chrono::milliseconds& retryAfter);

    const WebPatience m_patience;
    std::string m_login;
    CurlSession m_session;
};

} // namespace nabiz::app
