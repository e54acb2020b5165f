// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/url_parts.h"

#include "app/weights/hub_settings.h"

#include <algorithm>
#include <cctype>
#include <memory>

#include <curl/curl.h>

namespace nabiz::app {

namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(const Url& url, CURLUPart which, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK)
        return {};
    const std::string result = text;
    curl_free(text);
    return result;
}

Url parsed(const std::string& text)
{
    Url url(curl_url(), &curl_url_cleanup);
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        url.reset();
    return url;
}

} // namespace

UrlAddress addressOf(const std::string& text)
{
    const Url url = parsed(text);
    if (!url)
        return {};
    return { lowered(part(url, CURLUPART_SCHEME)), lowered(part(url, CURLUPART_HOST)),
        part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT) };
}

bool isLoopback(const UrlAddress& address)
{
    return address.host == "localhost" || address.host == "[::1]" || address.host.starts_with("127.");
}

std::string hostOf(const std::string& text)
{
    const Url url = parsed(text);
    if (!url)
        return shownUrl(text);
    const std::string port = part(url, CURLUPART_PORT);
    return part(url, CURLUPART_HOST) + (port.empty() ? "" : ":" + port);
}

std::string resolvedUrl(const std::string& text, const std::string& location)
{
    const Url url = parsed(text);
    const bool isUrl
        = url && !location.empty() && curl_url_set(url.get(), CURLUPART_URL, location.c_str(), 0) == CURLUE_OK;
    return isUrl ? part(url, CURLUPART_URL) : std::string();
}

std::string escapedPart(const std::string& text)
{
    char* const escaped = curl_easy_escape(nullptr, text.c_str(), static_cast<int>(text.size()));
    if (!escaped)
        throw std::bad_alloc();
    const std::string result = escaped;
    curl_free(escaped);
    return result;
}

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace nabiz::app
