// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/hub_settings.h"

#include "trainer/base/train_error.h"
#include "trainer/config/parameters/hub_cache.h"
#include "trainer/config/parameters/whole_paths.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace nabiz::app {

using trainer::message;
using trainer::TrainError;
using trainer::TrainErrorKind;

namespace {

constexpr const char* kEndpoint = "https://huggingface.co";

std::string variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

std::string trimmed(std::string text)
{
    const auto isSpace = [](unsigned char c) { return std::isspace(c) != 0; };
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), isSpace));
    text.erase(std::find_if_not(text.rbegin(), text.rend(), isSpace).base(), text.end());
    return text;
}

bool isSet(const char* name)
{
    std::string value = variable(name);
    std::ranges::transform(value, value.begin(), [](unsigned char c) { return std::toupper(c); });
    return value == "1" || value == "ON" || value == "YES" || value == "TRUE";
}

std::string checkedEndpoint(std::string written, const char* source)
{
    written = trimmed(std::move(written));
    while (written.ends_with('/'))
        written.pop_back();
    const auto scheme = written.find("://");
    const bool isHttp = written.starts_with("https://") || written.starts_with("http://");
    const bool isPlain = std::ranges::all_of(written, [](unsigned char c) { return c > 0x20 && c != 0x7f; });
    if (!isHttp || written.size() == scheme + 3 || !isPlain || written.find_first_of("?#") != std::string::npos)
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message", "%1 is no address of a hub: write it as https://huggingface.co."), source));
    if (written != shownUrl(written))
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message", "%1 holds a user or a password: leave them out, and set HF_TOKEN."), source));
    return written;
}

// Of a file that may well not be there.
std::string contentsOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return stream ? text.str() : std::string();
}

std::string readToken()
{
    std::string source = "HF_TOKEN";
    std::string token = trimmed(variable("HF_TOKEN"));
    if (token.empty()) {
        const std::string path = variable("HF_TOKEN_PATH");
        const std::filesystem::path file
            = path.empty() ? trainer::hubHome() / "token" : std::filesystem::path(trainer::wholePath(path));
        source = file.string();
        token = trimmed(contentsOf(file));
    }
    if (!std::ranges::all_of(token, [](unsigned char c) { return c > 0x20 && c < 0x7f; }))
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message", "%1 holds no token: a token is one word, such as hf_…"), source));
    return token;
}

} // namespace

std::string shownUrl(const std::string& url)
{
    const auto scheme = url.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const auto at = url.substr(0, url.find_first_of("/?#", begin)).rfind('@');
    return at == std::string::npos || at < begin ? url : url.substr(0, begin) + url.substr(at + 1);
}

HubSettings readHubSettings(const std::string& endpoint)
{
    HubSettings settings;
    const std::string fromVariable = variable("HF_ENDPOINT");
    if (!endpoint.empty())
        settings.endpoint = checkedEndpoint(endpoint, "--endpoint");
    else
        settings.endpoint = fromVariable.empty() ? kEndpoint : checkedEndpoint(fromVariable, "HF_ENDPOINT");
    settings.cache = trainer::hubCache();
    settings.token = readToken();
    settings.isOffline = isSet("HF_HUB_OFFLINE");
    // First what the refusal of a certificate names, so that its remedy helps whatever else is set.
    for (const char* name : { "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE" }) {
        if (settings.certificates.empty())
            settings.certificates = variable(name);
    }
    return settings;
}

} // namespace nabiz::app
