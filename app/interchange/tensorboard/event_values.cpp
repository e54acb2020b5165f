// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/tensorboard/event_values.h"
#include "app/interchange/stores/pbf_fields.h"
#include "app/interchange/tensorboard/tensor_scalar.h"
#include "trainer/base/value.h"

// The field numbers are those of tensorboard/compat/proto and tensorboard/plugins/hparams.
namespace nabiz::app {

namespace {

constexpr std::size_t kLongestText = 64U << 10U;

// google.protobuf.Value
std::string parameterText(PbfFields value)
{
    while (value.next()) {
        switch (value.tag()) {
        case 2:
            return trainer::toText(value.get_double());
        case 3:
            return value.get_string();
        case 4:
            return value.get_bool() ? "true" : "false";
        default:
            value.skip();
        }
    }
    return "null";
}

void sessionStart(PbfFields info, EventValues& out)
{
    while (info.next()) {
        if (info.tag() == 1) {
            std::string key, value;
            for (auto entry = info.get_message(); entry.next();) {
                if (entry.tag() == 1)
                    key = entry.get_string();
                else if (entry.tag() == 2)
                    value = parameterText(entry.get_message());
                else
                    entry.skip();
            }
            out.parameters.emplace_back(std::move(key), std::move(value));
        } else if (info.tag() == 4) {
            out.group = info.get_string();
        } else {
            info.skip();
        }
    }
}

void sessionEnd(PbfFields info, EventValues& out)
{
    while (info.next()) {
        if (info.tag() != 1) {
            info.skip();
            continue;
        }
        const int status = info.get_enum(); // 1 SUCCESS, 2 FAILURE, 3 RUNNING
        if (status == 1 || status == 2)
            out.status = status == 1 ? storage::RunStatus::Finished : storage::RunStatus::Failed;
    }
}

void hyperParameters(std::string_view content, EventValues& out)
{
    for (auto data = PbfFields(content); data.next();) {
        if (data.tag() == 3)
            sessionStart(data.get_message(), out);
        else if (data.tag() == 4)
            sessionEnd(data.get_message(), out);
        else
            data.skip();
    }
}

// SummaryMetadata → plugin name and content.
std::pair<std::string_view, std::string_view> pluginOf(std::string_view metadata)
{
    std::pair<std::string_view, std::string_view> plugin;
    for (auto field = PbfFields(metadata); field.next();) {
        if (field.tag() != 1) {
            field.skip();
            continue;
        }
        for (auto data = field.get_message(); data.next();) {
            if (data.tag() == 1)
                plugin.first = data.get_view();
            else if (data.tag() == 2)
                plugin.second = data.get_view();
            else
                data.skip();
        }
    }
    return plugin;
}

bool isStart(PbfFields log)
{
    bool start = false;
    while (log.next()) {
        if (log.tag() == 1)
            start = log.get_enum() == 1;
        else
            log.skip();
    }
    return start;
}

} // namespace

void EventParser::parse(std::string_view payload, EventValues& out)
{
    out.wall = storage::kNoWallTime;
    out.step = 0;
    out.isRestart = false;
    out.scalars.clear();
    out.texts.clear();
    for (auto event = PbfFields(payload); event.next();) {
        switch (event.tag()) {
        case 1:
            out.wall = event.get_double();
            break;
        case 2:
            out.step = event.get_int64();
            break;
        case 5:
            summary(event.get_view(), out);
            break;
        case 7:
            out.isRestart = isStart(event.get_message());
            break;
        default:
            event.skip();
        }
    }
}

void EventParser::summary(std::string_view bytes, EventValues& out)
{
    for (auto field = PbfFields(bytes); field.next();) {
        if (field.tag() == 1)
            value(field.get_view(), out);
        else
            field.skip();
    }
}

void EventParser::value(std::string_view bytes, EventValues& out)
{
    std::string_view tag, tensor, metadata;
    std::optional<double> simple;
    bool hasTensor = false;
    for (auto field = PbfFields(bytes); field.next();) {
        if (field.tag() == 1)
            tag = field.get_view();
        else if (field.tag() == 2)
            simple = field.get_float();
        else if (field.tag() == 8) {
            tensor = field.get_view();
            hasTensor = true;
        } else if (field.tag() == 9)
            metadata = field.get_view();
        else
            field.skip();
    }
    if (simple) {
        out.scalars.push_back({ tag, *simple });
        return;
    }
    if (!metadata.empty()) {
        const auto [name, content] = pluginOf(metadata);
        if (name == "hparams") {
            hyperParameters(content, out);
            return;
        }
        m_plugins.insert_or_assign(std::string(tag), std::string(name));
    }
    if (!hasTensor)
        return;
    const auto known = m_plugins.find(tag);
    const std::string_view plugin = known == m_plugins.end() ? std::string_view() : std::string_view(known->second);
    if (plugin.empty() || plugin == "scalars") {
        if (const auto scalar = scalarOf(tensorOf(tensor)))
            out.scalars.push_back({ tag, *scalar });
    } else if (plugin == "text") {
        std::string words;
        for (const auto part : tensorOf(tensor).texts)
            words.append(words.empty() ? "" : "\n").append(part.substr(0, kLongestText));
        if (!words.empty() && words.size() <= kLongestText)
            out.texts.push_back({ tag, std::move(words) });
    }
}

} // namespace nabiz::app
