// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/hub_refusal.h"

#include "app/weights/fetch_error.h"
#include "app/weights/url_parts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>

#include <curl/curl.h>

namespace nabiz::app {

using trainer::message;

namespace {

// Of the hub's own answers, whose host knows the model's page.
void refuseByHub(const HubSettings& settings, const trainer::ModelName& name, const HttpAnswer& answer)
{
    const std::string host = hostOf(answer.url), page = settings.endpoint + '/' + name.repo;
    const std::string status = std::to_string(answer.status);
    const bool isForbidden = answer.status == 401 || answer.status == 403;
    if (isForbidden && settings.token.empty())
        throw FetchError(message(
            NABIZ_TEXT("Message",
                "%1 does not give %2 to everyone (%3), or has no such model: see %4, accept its terms there and set "
                "HF_TOKEN to a token of your account."),
            host, name.repo, status, page));
    if (isForbidden)
        throw FetchError(message(
            NABIZ_TEXT("Message",
                "%1 does not give %2 to this token (%3): accept the terms at %4 with the account of the token, or set "
                "HF_TOKEN to one that may read it."),
            host, name.repo, status, page));
    if (answer.status == 404 && answer.hubHeader("x-error-code") == "RevisionNotFound")
        throw FetchError(
            message(NABIZ_TEXT("Message", "%1 has no revision %2; %3/tree/main shows those that there are."), name.repo,
                name.revision, page));
    if (answer.status == 404)
        throw FetchError(message(
            NABIZ_TEXT("Message",
                "There is no %1 at %2 (404): write model and revision as its page does, such as Qwen/Qwen3-0.6B."),
            name.text(), host));
}

} // namespace

std::optional<double> secondsToWait(const HttpAnswer& answer)
{
    const std::string text = answer.header("retry-after");
    unsigned seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && end == text.data() + text.size())
        return seconds;
    const std::time_t date = text.empty() ? -1 : curl_getdate(text.c_str(), nullptr);
    return date < 0 ? std::nullopt : std::optional(std::max(0.0, std::difftime(date, std::time(nullptr))));
}

void refuseAnswer(const HubSettings& settings, const trainer::ModelName& name, const HttpAnswer& answer)
{
    const std::string host = hostOf(answer.url);
    if (addressOf(answer.url) == addressOf(settings.endpoint))
        refuseByHub(settings, name, answer);
    if (answer.status == 407)
        throw FetchError(message(NABIZ_TEXT("Message",
                                     "The proxy on the way to %1 asks who you are (407): set https_proxy to "
                                     "http://NAME:PASSWORD@HOST:PORT."),
            host));
    if (const auto seconds = secondsToWait(answer); seconds && answer.status == 429)
        throw FetchError(
            message(NABIZ_TEXT("Message",
                        "%1 was asked too often from here (429) and wants %2 s of patience: try again then, or "
                        "with HF_TOKEN set."),
                host, std::to_string(std::llround(*seconds))));
    throw FetchError(message(
        NABIZ_TEXT("Message", "%1 answers %2. Try again later: what is there by now is kept, and gone on from."), host,
        std::to_string(answer.status)));
}

} // namespace nabiz::app
