// SPDX-License-Identifier: GPL-3.0-or-later
// What an address is made of, read by libcurl's own parser, so that what is compared here is what is connected to.
// Pure; any thread.
#pragma once

#include <string>

namespace nabiz::app {

struct UrlAddress {
    std::string scheme, host, port; // lower case; the port also where it is the scheme's own
    bool operator==(const UrlAddress&) const = default;
};

// Empty parts for what is no address.
UrlAddress addressOf(const std::string& url);
// Of this machine alone.
bool isLoopback(const UrlAddress& address);
// Host and port, for messages.
std::string hostOf(const std::string& url);
// `location` as seen from `url`; empty where that is no address.
std::string resolvedUrl(const std::string& url, const std::string& location);
// With everything but letters, digits and -_.~ written as %XX.
std::string escapedPart(const std::string& text);
std::string lowered(std::string text);

} // namespace nabiz::app
