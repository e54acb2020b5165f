// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/own_aliases.h"
#include "storage/records/metric_aliases.h"
#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_file.h"
#include "trainer/config/presets/yaml_tree.h"

namespace nabiz::app {

namespace {

using trainer::YamlNode;

[[noreturn]] void refuse(const std::filesystem::path& file, const char* what)
{
    throw trainer::TrainError(
        trainer::TrainErrorKind::BadInput, trainer::message("%1: %2; its names are left out", file.string(), what));
}

std::vector<std::string> namesOf(const std::filesystem::path& file, const YamlNode& value)
{
    if (value.kind == YamlNode::Kind::Scalar)
        return { value.text };
    if (value.kind != YamlNode::Kind::List)
        refuse(file, "each of its lines holds names, as in loss: [train/ce, my_loss]");
    std::vector<std::string> names;
    for (const YamlNode& item : value.items) {
        if (item.kind != YamlNode::Kind::Scalar || item.text.empty())
            refuse(file, "a name is a text");
        names.push_back(item.text);
    }
    return names;
}

} // namespace

void takeOwnAliases(const std::filesystem::path& file)
{
    std::error_code error;
    if (file.empty() || !std::filesystem::exists(file, error))
        return;
    const auto text = trainer::readPresetFile(file);
    if (!std::holds_alternative<std::string>(text))
        refuse(file, "it cannot be read");
    const trainer::YamlResult yaml = trainer::parseYaml(std::get<std::string>(text));
    if (!yaml.root || (yaml.root->kind != YamlNode::Kind::Map && yaml.root->kind != YamlNode::Kind::Null))
        refuse(file, "it is no list of lines such as loss: [train/ce, my_loss]");
    std::vector<std::pair<std::string, std::vector<std::string>>> all;
    for (const auto& [key, value] : yaml.root->entries)
        all.emplace_back(key.text, namesOf(file, value));
    for (const auto& [metric, names] : all)
        storage::addAliases(metric, names);
}

} // namespace nabiz::app
