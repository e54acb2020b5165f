// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/hub_client.h"

#include "app/weights/digest.h"
#include "app/weights/fetch_error.h"
#include "app/weights/hub_refusal.h"
#include "app/weights/url_parts.h"
#include "trainer/data/cancelled.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>

namespace nabiz::app {

using trainer::message;

namespace {

constexpr std::array kPauses { 0.0, 0.5, 1.0, 2.0 }; // seconds before a further try, where none has brought anything
constexpr double kLongestWait = 60; // that a hub may ask for at once
constexpr double kMostWaited = 300; // for one file, all such waits together
constexpr std::size_t kLargestText = 64 << 20;

class TextBody : public HttpBody {
public:
    void begin(const HttpAnswer&) override { m_text.clear(); }
    void add(std::string_view bytes) override
    {
        if (m_text.size() + bytes.size() > kLargestText)
            throw FetchError(message(NABIZ_TEXT("Message", "The hub's list of files is longer than 64 MB.")));
        m_text += bytes;
    }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

std::optional<std::int64_t> wholeNumber(const std::string& text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= 0 ? std::optional(number)
                                                                                   : std::nullopt;
}

// W/"abc" → abc
std::string entityTag(std::string text)
{
    if (text.starts_with("W/"))
        text.erase(0, 2);
    std::erase(text, '"');
    return text;
}

class FileBody : public HttpBody {
public:
    FileBody(const HubModel& model, const HubFile& file, PartialFile& part, const HubClient::Count& count)
        : m_model(model)
        , m_file(file)
        , m_part(part)
        , m_count(count)
    {
    }

    void begin(const HttpAnswer& answer) override
    {
        const std::string commit = answer.hubHeader("x-repo-commit"), linked = answer.hubHeader("x-linked-etag");
        const auto linkedSize = wholeNumber(answer.hubHeader("x-linked-size"));
        if ((!commit.empty() && commit != m_model.commit) || (!linked.empty() && entityTag(linked) != m_file.digest)
            || (linkedSize && *linkedSize != *m_file.size))
            contradict();
        if (answer.status == 206 && !startsWhereItEnded(answer))
            contradict();
        if (answer.status != 206) // the server knows no ranges
            startAnew();
        // Told before a byte of it is kept.
        const auto length = wholeNumber(answer.header("content-length"));
        if (length && m_part.size() + *length != *m_file.size)
            contradict();
    }

    void add(std::string_view bytes) override
    {
        if (m_part.size() + static_cast<std::int64_t>(bytes.size()) > *m_file.size)
            contradict();
        m_part.append(bytes);
        m_count(static_cast<std::int64_t>(bytes.size()));
    }

private:
    bool startsWhereItEnded(const HttpAnswer& answer) const
    {
        const std::string range = answer.header("content-range"); // bytes 10-99/100
        const std::string wanted = "bytes " + std::to_string(m_part.size()) + '-';
        return range.starts_with(wanted);
    }

    void startAnew()
    {
        m_count(-m_part.size());
        m_part.clear();
    }

    [[noreturn]] void contradict()
    {
        m_count(-m_part.size());
        m_part.remove();
        throw FetchError(
            message(NABIZ_TEXT("Message",
                        "%1 of %2 is not sent as the hub lists it (another size, content or commit); nothing of it "
                        "is kept. Try again, or set HF_ENDPOINT to another hub."),
                m_file.name, m_model.name.text()));
    }

    const HubModel& m_model;
    const HubFile& m_file;
    PartialFile& m_part;
    const HubClient::Count& m_count;
};

} // namespace

HubClient::HubClient(const HubSettings& settings, Say say, std::stop_token stop)
    : m_settings(settings)
    , m_say(std::move(say))
    , m_stop(stop)
    , m_http(settings, stop)
{
}

HubModel HubClient::model(const trainer::ModelName& name)
{
    TextBody body;
    const std::string url
        = m_settings.endpoint + "/api/models/" + name.repo + "/revision/" + escapedPart(name.revision) + "?blobs=true";
    ask(name, [&] { return m_http.get(url, 0, body); }, [&] { return std::int64_t(0); });
    HubModel model = readHubModel(name, body.text(), hostOf(url));
    if (trainer::isCommitHash(name.revision) && model.commit != name.revision)
        throw FetchError(message(NABIZ_TEXT("Message", "%1 answers with another commit of %2 than it was asked for."),
            hostOf(url), name.repo));
    return model;
}

void HubClient::complete(const HubModel& model, HubFile& file)
{
    if (file.size && !file.digest.empty())
        return;
    const std::string url = fileUrl(model, file);
    const HttpAnswer answer = ask(model.name, [&] { return m_http.head(url); }, [&] { return std::int64_t(0); });
    const bool isLinked = !answer.hubHeader("x-linked-etag").empty();
    const std::string digest = entityTag(answer.hubHeader(isLinked ? "x-linked-etag" : "etag"));
    const auto size = wholeNumber(answer.hubHeader(isLinked ? "x-linked-size" : "content-length"));
    if (file.digest.empty() && isDigest(digest))
        file.digest = digest;
    if (!file.size)
        file.size = size;
    if (!file.size || file.digest.empty())
        throw FetchError(message(NABIZ_TEXT("Message",
                                     "%1 says neither size nor hash of %2, so that it could not be checked. Set "
                                     "HF_ENDPOINT to another hub."),
            hostOf(url), file.name));
}

void HubClient::file(const HubModel& model, const HubFile& file, PartialFile& part, const Count& count)
{
    FileBody body(model, file, part, count);
    std::int64_t most = 0; // there at once: a server without ranges that breaks off brings the same again and again
    const std::string url = fileUrl(model, file);
    const auto isWhole = [&] { return part.size() == *file.size; };
    if (*file.size == 0 || isWhole())
        return;
    ask(
        model.name,
        [&] {
            HttpAnswer answer = m_http.get(url, part.size(), body);
            if (answer.status == 416 && part.size() > 0) { // what is there is of something else
                count(-part.size());
                part.clear();
                answer = m_http.get(url, 0, body);
            }
            if (answer.status < 300 && !isWhole())
                throw ConnectionError(
                    message(NABIZ_TEXT("Message", "The connection to %1 ended before all of %2 was there."),
                        hostOf(answer.url), file.name),
                    true);
            return answer;
        },
        [&] { return most = std::max(most, part.size()); });
}

// The request until it is answered; a try that brought something is followed by another at once.
HttpAnswer HubClient::ask(const trainer::ModelName& name, const std::function<HttpAnswer()>& request,
    const std::function<std::int64_t()>& received)
{
    double waited = 0;
    for (std::size_t tries = 0;;) {
        const std::int64_t before = received();
        std::optional<HttpAnswer> answer;
        std::optional<ConnectionError> broken;
        try {
            answer = request();
        } catch (const ConnectionError& error) {
            broken = error;
        }
        if (answer && answer->status < 400)
            return *answer;
        if (received() > before)
            tries = 0;
        const bool isBusy = answer && (answer->status == 429 || answer->status >= 500);
        const auto told = isBusy ? secondsToWait(*answer) : std::nullopt;
        if (told && waitAsTold(*answer, *told, waited))
            continue;
        const bool isOver = tries >= kPauses.size();
        if (broken && (isOver || !broken->isWorthAnotherTry()))
            throw *broken;
        if (answer && (!isBusy || isOver || told))
            refuseAnswer(m_settings, name, *answer);
        wait(kPauses[tries++]);
    }
}

// False where that is longer than is worth waiting for.
bool HubClient::waitAsTold(const HttpAnswer& answer, double seconds, double& waited)
{
    const double pause = std::max(1.0, seconds); // a hub that says 0 for ever is not asked without an end
    if (pause > kLongestWait || waited + pause > kMostWaited)
        return false;
    m_say(message(NABIZ_TEXT("Message", "%1 is busy and asks for %2 s of patience."), hostOf(answer.url),
        std::to_string(std::llround(pause))));
    waited += pause;
    wait(pause);
    return true;
}

void HubClient::wait(double seconds)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, m_stop, std::chrono::duration<double>(seconds), [] { return false; });
    trainer::throwIfStopped(m_stop);
}

std::string HubClient::fileUrl(const HubModel& model, const HubFile& file) const
{
    return m_settings.endpoint + '/' + model.name.repo + "/resolve/" + model.commit + '/' + escapedPart(file.name);
}

} // namespace nabiz::app
