// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/wandb/wandb_values.h"
#include "app/interchange/stores/pbf_fields.h"

#include <cmath>

// The field numbers are those of wandb/proto/wandb_internal.proto.
namespace nabiz::app {

namespace {

using Json = nlohmann::json;
constexpr std::size_t kMostTexts = 1000; // of a run

// A key, or a path of keys, and its value as JSON.
struct Item {
    std::vector<std::string> path;
    std::string_view json;

    std::string name() const
    {
        std::string joined;
        for (const auto& part : path)
            joined.append(joined.empty() ? "" : ".").append(part);
        return joined;
    }
};

Item itemOf(std::string_view bytes)
{
    Item item;
    std::string key;
    for (auto field = PbfFields(bytes); field.next();) {
        if (field.tag() == 1)
            key = field.get_string();
        else if (field.tag() == 2)
            item.path.push_back(field.get_string());
        else if (field.tag() == 16)
            item.json = field.get_view();
        else
            field.skip();
    }
    if (item.path.empty())
        item.path.push_back(std::move(key));
    return item;
}

double timestamp(PbfFields field)
{
    double seconds = 0;
    while (field.next()) {
        if (field.tag() == 1)
            seconds += static_cast<double>(field.get_int64());
        else if (field.tag() == 2)
            seconds += static_cast<double>(field.get_int32()) / 1e9;
        else
            field.skip();
    }
    return seconds;
}

} // namespace

WandbValues::WandbValues(std::string path)
{
    m_about.source = "wandb";
    m_about.path = std::move(path);
    m_about.status = storage::RunStatus::Running; // until its end is read
}

void WandbValues::take(std::string_view record)
{
    for (auto field = PbfFields(record); field.next();) {
        switch (field.tag()) {
        case 2:
            history(field.get_view());
            break;
        case 5:
            config(field.get_view());
            break;
        case 17:
            run(field.get_view());
            break;
        case 18:
            exit(field.get_view());
            break;
        default:
            field.skip();
        }
    }
}

void WandbValues::run(std::string_view bytes)
{
    m_hasNew = true;
    m_about.tags.clear();
    const std::map<std::uint32_t, const char*> facts { { 2, "entity" }, { 3, "project" }, { 6, "group" },
        { 7, "job_type" }, { 13, "host" } };
    for (auto field = PbfFields(bytes); field.next();) {
        if (const auto fact = facts.find(field.tag()); fact != facts.end()) {
            if (auto value = field.get_string(); !value.empty())
                m_about.facts[fact->second] = std::move(value);
            continue;
        }
        switch (field.tag()) {
        case 1:
            m_about.originalId = field.get_string();
            break;
        case 4:
            config(field.get_view());
            break;
        case 8:
            m_about.name = field.get_string();
            break;
        case 9:
            m_about.note = field.get_string();
            break;
        case 10:
            m_about.tags.push_back(field.get_string());
            break;
        case 17:
            m_about.started = timestamp(field.get_message());
            break;
        default:
            field.skip();
        }
    }
}

void WandbValues::config(std::string_view bytes)
{
    m_hasNew = true;
    for (auto field = PbfFields(bytes); field.next();) {
        if (field.tag() != 1 && field.tag() != 2) {
            field.skip();
            continue;
        }
        const bool isUpdate = field.tag() == 1;
        const Item item = itemOf(field.get_view());
        Json* place = &m_config;
        for (std::size_t i = 0; i + 1 < item.path.size(); ++i) {
            place = &(*place)[item.path[i]];
            if (!place->is_object())
                *place = Json::object();
        }
        if (isUpdate) {
            auto value = pythonJson(item.json);
            (*place)[item.path.back()] = value.is_discarded() ? Json(std::string(item.json)) : std::move(value);
        } else {
            place->erase(item.path.back());
        }
    }
}

void WandbValues::history(std::string_view bytes)
{
    std::vector<std::string_view> items;
    std::optional<std::int64_t> step;
    double wall = storage::kNoWallTime;
    for (auto field = PbfFields(bytes); field.next();) {
        if (field.tag() == 1) {
            items.push_back(field.get_view());
        } else if (field.tag() == 2) {
            for (auto number = field.get_message(); number.next();) {
                if (number.tag() == 1)
                    step = number.get_int64();
                else
                    number.skip();
            }
        } else {
            field.skip();
        }
    }
    std::vector<Item> values;
    for (const auto one : items) {
        auto item = itemOf(one);
        const auto name = item.name();
        if (name == "_step")
            step = sourceStep(item.json);
        else if (name == "_timestamp")
            wall = sourceNumber(item.json).value_or(wall);
        else if (name != "_runtime" && !name.starts_with("_wandb"))
            values.push_back(std::move(item));
    }
    m_step = step.value_or(m_step + 1);
    for (const auto& item : values)
        addValue(item.name(), item.json, m_step, wall);
}

void WandbValues::addValue(const std::string& name, std::string_view json, std::int64_t step, double wall)
{
    if (const auto number = sourceNumber(json)) {
        const auto place = m_places.try_emplace(name, m_series.size()).first->second;
        if (place == m_series.size())
            m_series.push_back({ name, {}, {} });
        m_series[place].points.push_back({ step, wall, *number });
        m_hasNew = true;
        return;
    }
    const auto value = pythonJson(json);
    if (value.is_discarded())
        ++m_damaged;
    else
        addParts(name, value, step, wall);
}

void WandbValues::addParts(const std::string& name, const Json& value, std::int64_t step, double wall)
{
    if (value.is_object()) {
        if (value.contains("_type"))
            return; // a table, a picture, a histogram
        for (const auto& [key, inner] : value.items())
            addParts(name + '.' + key, inner, step, wall);
    } else if (const auto number = jsonNumber(value)) {
        const auto place = m_places.try_emplace(name, m_series.size()).first->second;
        if (place == m_series.size())
            m_series.push_back({ name, {}, {} });
        m_series[place].points.push_back({ step, wall, *number });
        m_hasNew = true;
    } else if (value.is_string() && m_textCount < kMostTexts) {
        ++m_textCount;
        m_texts.push_back({ name, step, wall, value.get<std::string>() });
    }
}

void WandbValues::exit(std::string_view bytes)
{
    m_hasNew = true;
    std::int32_t code = 0;
    for (auto field = PbfFields(bytes); field.next();) {
        if (field.tag() == 1)
            code = field.get_int32();
        else
            field.skip();
    }
    m_about.status = code == 0 ? storage::RunStatus::Finished : storage::RunStatus::Failed;
    if (code != 0)
        m_about.failure = "it ended with exit code " + std::to_string(code);
}

storage::ImportedRun WandbValues::takeRun()
{
    storage::ImportedRun run = m_about;
    if (run.name.empty())
        run.name = run.originalId;
    for (const auto& [key, value] : m_config.items()) {
        if (key != "_wandb")
            addParameters(run, value, key);
    }
    run.series = std::move(m_series);
    run.texts = std::move(m_texts);
    run.damaged = std::exchange(m_damaged, 0);
    m_series.clear();
    m_texts.clear();
    m_places.clear();
    m_hasNew = false;
    return run;
}

} // namespace nabiz::app
