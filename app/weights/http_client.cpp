// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/http_client.h"

#include "app/weights/fetch_error.h"
#include "app/weights/url_parts.h"
#include "trainer/data/cancelled.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <exception>

namespace nabiz::app {

using trainer::message;

namespace {

constexpr int kMostRedirects = 8;
constexpr auto kConnectTimeout = std::chrono::seconds(20);
constexpr long kStalledSeconds = 60; // without a byte, the connection is given up
constexpr long kBuffer = 512L * 1024;
constexpr std::size_t kMostOfRefusal = 1 << 20; // bytes that are read of an answer nobody wants

// As libcurl takes it from the environment; empty for none.
std::string proxyFor(const std::string& scheme)
{
    for (const std::string& name : { scheme + "_proxy", std::string(scheme == "https" ? "HTTPS_PROXY" : ""),
             std::string("all_proxy"), std::string("ALL_PROXY") }) {
        const char* const value = name.empty() ? nullptr : std::getenv(name.c_str());
        if (value && *value)
            return std::string(std::string_view(value).find("://") == std::string_view::npos ? "http://" : "") + value;
    }
    return {};
}

} // namespace

struct HttpClient::Exchange {
    CURL* handle = nullptr;
    std::string url;
    std::int64_t from = 0;
    HttpBody* body = nullptr;
    std::stop_token stop;
    HttpAnswer answer;
    bool isFromHub = false;
    bool hasBegun = false;
    std::size_t unwanted = 0;
    std::exception_ptr failure;
    std::array<char, CURL_ERROR_SIZE> reason {};

    void prepare(CurlSession& session)
    {
        handle = session.handle();
        session.begin(url, kConnectTimeout);
        CURL* const curl = handle;
        answer.status = 0;
        answer.url = url;
        answer.headers.clear();
        if (from > 0) // copied by libcurl
            curl_easy_setopt(curl, CURLOPT_RANGE, (std::to_string(from) + '-').c_str());
        curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
        curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
        curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kStalledSeconds);
        curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, kBuffer);
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason.data());
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &onHeader);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &onBody);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &onProgress);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    }

    bool isGood() const { return answer.status >= 200 && answer.status < 300; }

    void begin()
    {
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer.status);
        if (isFromHub) {
            for (const auto& [name, value] : answer.headers)
                answer.hubHeaders[name] = value;
        }
        if (isGood() && body && !std::exchange(hasBegun, true))
            body->begin(answer);
    }

    static std::size_t onHeader(char* text, std::size_t, std::size_t count, void* self)
    {
        auto& headers = static_cast<Exchange*>(self)->answer.headers;
        std::string_view line(text, count);
        if (line.starts_with("HTTP/")) {
            headers.clear();
            return count;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos)
            return count;
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())))
            line.remove_suffix(1);
        const auto value = line.find_first_not_of(" \t", colon + 1);
        headers[lowered(std::string(line.substr(0, colon)))]
            = value == std::string_view::npos ? std::string() : std::string(line.substr(value));
        return count;
    }

    static std::size_t onBody(char* bytes, std::size_t, std::size_t count, void* self)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        try {
            exchange.begin();
            if (exchange.isGood() && exchange.body)
                exchange.body->add({ bytes, count });
            else if ((exchange.unwanted += count) > kMostOfRefusal)
                return 0;
            return count;
        } catch (...) { // not through C; thrown again when libcurl has returned
            exchange.failure = std::current_exception();
            return 0;
        }
    }

    static int onProgress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
    {
        return static_cast<Exchange*>(self)->stop.stop_requested() ? 1 : 0;
    }
};

std::string HttpAnswer::header(const std::string& name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

std::string HttpAnswer::hubHeader(const std::string& name) const
{
    const auto found = hubHeaders.find(name);
    return found == hubHeaders.end() ? std::string() : found->second;
}

HttpClient::HttpClient(const HubSettings& settings, std::stop_token stop)
    : m_settings(settings)
    , m_stop(std::move(stop))
    , m_session(std::make_unique<CurlSession>())
{
}

HttpClient::~HttpClient() = default;

bool HttpClient::isHub(const std::string& url) const
{
    return addressOf(url) == addressOf(m_settings.endpoint);
}

// In the clear it goes no further than this machine.
bool HttpClient::mayHaveToken(const std::string& url) const
{
    const UrlAddress address = addressOf(url);
    return !m_settings.token.empty() && isHub(url) && (address.scheme == "https" || isLoopback(address));
}

HttpAnswer HttpClient::get(const std::string& url, std::int64_t from, HttpBody& body)
{
    Exchange exchange { .url = url, .from = from, .body = &body, .stop = m_stop };
    for (int i = 0; i <= kMostRedirects; ++i) {
        perform(exchange, false);
        if (exchange.answer.status < 300 || exchange.answer.status >= 400)
            return exchange.answer;
        exchange.url = nextUrl(exchange);
    }
    throw FetchError(
        message(NABIZ_TEXT("Message", "%1 sends from one address to another without an end."), hostOf(url)));
}

HttpAnswer HttpClient::head(const std::string& url)
{
    Exchange exchange { .url = url, .stop = m_stop };
    for (int i = 0; i <= kMostRedirects; ++i) {
        perform(exchange, true);
        if (exchange.answer.status < 300 || exchange.answer.status >= 400)
            return exchange.answer;
        const std::string next = nextUrl(exchange);
        if (!isHub(next))
            return exchange.answer;
        exchange.url = next;
    }
    throw FetchError(
        message(NABIZ_TEXT("Message", "%1 sends from one address to another without an end."), hostOf(url)));
}

std::string HttpClient::nextUrl(const Exchange& exchange) const
{
    const std::string location = exchange.answer.header("location");
    const std::string next = resolvedUrl(exchange.url, location);
    const bool isSafe
        = next.starts_with("https://") || (next.starts_with("http://") && exchange.url.starts_with("http://"));
    if (!isSafe)
        throw FetchError(message(NABIZ_TEXT("Message", "%1 sends to an address that is not followed: “%2”."),
            hostOf(exchange.url), shownUrl(location).substr(0, 200)));
    return next;
}

void HttpClient::perform(Exchange& exchange, bool isHead)
{
    exchange.prepare(*m_session);
    exchange.isFromHub = isHub(exchange.url);
    if (mayHaveToken(exchange.url))
        m_session->addHeader("Authorization: Bearer " + m_settings.token);
    m_session->set(CURLOPT_NOBODY, isHead ? 1L : 0L);
    if (!m_settings.certificates.empty())
        m_session->set(CURLOPT_CAINFO, m_settings.certificates.c_str());
    const CURLcode code = m_session->perform();
    if (exchange.failure)
        std::rethrow_exception(exchange.failure);
    trainer::throwIfStopped(m_stop);
    const bool isRefusal = code == CURLE_WRITE_ERROR && exchange.unwanted > kMostOfRefusal;
    if (code != CURLE_OK && !isRefusal)
        fail(exchange, code);
    exchange.begin(); // of an empty content too
}

void HttpClient::fail(const Exchange& exchange, int code) const
{
    const std::string host = hostOf(exchange.url);
    const std::string reason
        = exchange.reason[0] ? exchange.reason.data() : curl_easy_strerror(static_cast<CURLcode>(code));
    const std::string proxy = proxyFor(addressOf(exchange.url).scheme);
    long connectStatus = 0;
    curl_easy_getinfo(exchange.handle, CURLINFO_HTTP_CONNECTCODE, &connectStatus);
    const bool isOfProxy = code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_PROXY || connectStatus >= 400
        || (code == CURLE_COULDNT_CONNECT && !proxy.empty() && reason.find(addressOf(proxy).host) != std::string::npos);
    if (isOfProxy)
        throw ConnectionError(
            message(NABIZ_TEXT("Message",
                        "%1 is not reached through the proxy %2: %3. Set https_proxy to one that leads "
                        "there (with NAME:PASSWORD@ where it asks for them), or unset it."),
                host, hostOf(proxy), reason),
            false);
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR)
        throw ConnectionError(message(NABIZ_TEXT("Message",
                                          "%1 cannot prove who it is: %2. Install the package ca-certificates, or set "
                                          "SSL_CERT_FILE to the certificates of your network."),
                                  host, reason),
            false);
    if (code == CURLE_SSL_CONNECT_ERROR)
        throw ConnectionError(message(NABIZ_TEXT("Message",
                                          "%1 does not speak HTTPS as it is spoken here (%2). Set HF_ENDPOINT to an "
                                          "address that does, or that begins with http:// where that is meant."),
                                  host, reason),
            false);
    if (code == CURLE_COULDNT_RESOLVE_HOST)
        throw ConnectionError(
            message(NABIZ_TEXT("Message", "%1 is not known to the network here (%2). Connect it, or set https_proxy."),
                host, reason),
            false);
    const bool isTransient
        = code != CURLE_UNSUPPORTED_PROTOCOL && code != CURLE_URL_MALFORMAT && code != CURLE_OUT_OF_MEMORY;
    throw ConnectionError(
        message(NABIZ_TEXT("Message", "The connection to %1 failed: %2."), host, reason), isTransient);
}

} // namespace nabiz::app
