// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/notify_settings.h"

#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_file.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/config/presets/yaml_tree.h"

#include <curl/curl.h>

#include <memory>

namespace nabiz::app {

namespace {

using trainer::YamlNode;

// Never what the file holds.
[[noreturn]] void refuse(const std::filesystem::path& file, const char* what)
{
    throw trainer::TrainError(trainer::TrainErrorKind::BadInput, trainer::message("%1: %2", file.string(), what));
}

struct UrlParts {
    std::string scheme, host;
};

std::optional<UrlParts> partsOf(const std::string& url)
{
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parser(curl_url(), curl_url_cleanup);
    if (!parser || curl_url_set(parser.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    const auto part = [&parser](CURLUPart which) {
        char* text = nullptr;
        const bool isThere = curl_url_get(parser.get(), which, &text, 0) == CURLUE_OK;
        const std::string copy = isThere ? text : "";
        curl_free(text);
        return copy;
    };
    UrlParts parts { part(CURLUPART_SCHEME), part(CURLUPART_HOST) };
    const bool isWeb = parts.scheme == "https" || parts.scheme == "http";
    return isWeb && !parts.host.empty() ? std::optional(parts) : std::nullopt;
}

NoticeShape shapeOf(const std::filesystem::path& file, const std::string& name)
{
    if (name == "json")
        return NoticeShape::Json;
    if (name == "slack")
        return NoticeShape::Slack;
    if (name == "ntfy")
        return NoticeShape::Ntfy;
    refuse(file, "shape is json, slack or ntfy");
}

void take(NotifySettings& settings, const std::filesystem::path& file, const std::string& key, const std::string& text)
{
    if (key == "url") {
        settings.url = text;
        if (!text.empty() && !partsOf(text))
            refuse(file, "url is no http:// or https:// address");
    } else if (key == "shape") {
        settings.shape = shapeOf(file, text);
    } else if (key == "command") {
        settings.command = text;
    } else {
        refuse(file, "it has the lines url, shape and command, and no others");
    }
}

} // namespace

std::string NotifySettings::place() const
{
    const auto parts = partsOf(url);
    return parts ? parts->scheme + "://" + parts->host : std::string();
}

std::filesystem::path notifyFile()
{
    const std::filesystem::path presets = trainer::PresetStore::defaultUserFolder();
    return presets.empty() ? presets : presets.parent_path() / "notify.yaml";
}

NotifySettings readNotifySettings(const std::filesystem::path& file)
{
    NotifySettings settings;
    std::error_code error;
    if (file.empty() || !std::filesystem::exists(file, error))
        return settings;
    const auto text = trainer::readPresetFile(file);
    if (!std::holds_alternative<std::string>(text))
        refuse(file, "it cannot be read");
    const trainer::YamlResult yaml = trainer::parseYaml(std::get<std::string>(text));
    if (!yaml.root || yaml.root->kind != YamlNode::Kind::Map)
        refuse(file, "it is no list of lines such as url: https://…");
    for (const auto& [key, value] : yaml.root->entries) {
        if (value.kind != YamlNode::Kind::Scalar)
            refuse(file, "each of its lines holds one text");
        take(settings, file, key.text, value.text);
    }
    return settings;
}

} // namespace nabiz::app
