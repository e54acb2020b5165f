// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/notice.h"

#include "app/run/environment.h"
#include "app/run/terminal_text.h"
#include "trainer/base/value.h"

#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cctype>

namespace nabiz::app {

namespace {

std::string host()
{
    const auto facts = environmentFacts();
    const auto found = facts.find("host");
    return found == facts.end() ? std::string() : found->second;
}

std::string upper(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

std::string figure(const std::optional<double>& value)
{
    return value ? trainer::toText(static_cast<float>(*value)) : std::string();
}

Notice noticeOf(const std::string& kind, std::string id, std::string text)
{
    return { std::move(id), std::move(text), { { "kind", kind }, { "host", host() } } };
}

} // namespace

Notice runNotice(const storage::RunOverview& overview)
{
    const auto& [run, summary] = overview;
    const std::string status(storage::name(run.status));
    std::string text = fmt::format("Run {} '{}' {}: {} batches", run.id, run.name, status, summary.batches);
    if (summary.lastValLoss)
        text += ", val.loss " + figure(summary.lastValLoss);
    else if (summary.lastLoss)
        text += ", loss " + figure(summary.lastLoss);
    if (!run.failure.empty())
        text += ". " + run.failure;
    Notice notice
        = noticeOf("run", fmt::format("{}-{}-{}-{}", run.id, run.created, status, run.ended.value_or(0)), text);
    const auto add
        = [&notice](const char* name, std::string fact) { notice.facts.emplace_back(name, std::move(fact)); };
    add("run", std::to_string(run.id));
    add("name", run.name);
    add("status", status);
    add("reason", run.failure);
    add("failure", run.status == storage::RunStatus::Finished ? std::string() : run.failure);
    add("preset", run.preset);
    add("group", run.group);
    add("batches", std::to_string(summary.batches));
    add("planned_batches", std::to_string(run.plannedBatches));
    add("seconds", trainer::toText(summary.seconds));
    add("loss", figure(summary.lastLoss));
    add("val_loss", figure(summary.lastValLoss));
    return notice;
}

Notice queueNotice(std::size_t finished, std::size_t notFinished, std::size_t waiting)
{
    Notice notice = noticeOf("queue", fmt::format("queue-{}-{}-{}", finished, notFinished, waiting),
        fmt::format("The queue has ended: {} finished, {} not, {} wait.", finished, notFinished, waiting));
    notice.facts.emplace_back("finished", std::to_string(finished));
    notice.facts.emplace_back("not_finished", std::to_string(notFinished));
    notice.facts.emplace_back("waiting", std::to_string(waiting));
    return notice;
}

Notice testNotice()
{
    return noticeOf("test", "test", "Nabız can reach you here.");
}

NoticeRequest requestOf(const Notice& notice, NoticeShape shape)
{
    using Json = nlohmann::ordered_json;
    const auto dump = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
    NoticeRequest request { {}, { "Idempotency-Key: " + notice.id } };
    switch (shape) {
    case NoticeShape::Json: {
        Json json { { "text", notice.text } };
        for (const auto& [name, fact] : notice.facts)
            json[name] = fact;
        request.body = dump(json);
        request.headers.emplace_back("Content-Type: application/json");
        break;
    }
    case NoticeShape::Slack:
        request.body = dump({ { "text", notice.text } });
        request.headers.emplace_back("Content-Type: application/json");
        break;
    case NoticeShape::Ntfy:
        request.body = safeText(notice.text);
        request.headers.emplace_back("Content-Type: text/plain; charset=utf-8");
        request.headers.emplace_back("Title: Nabiz");
        break;
    }
    return request;
}

std::vector<std::string> environmentOf(const Notice& notice)
{
    std::vector<std::string> variables { "NABIZ_TEXT=" + notice.text };
    for (const auto& [name, fact] : notice.facts)
        variables.push_back("NABIZ_" + upper(name) + '=' + fact);
    for (std::string& variable : variables)
        std::erase(variable, '\0');
    return variables;
}

} // namespace nabiz::app
