// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/presets/preset_store.h"

#include "trainer/base/free_name.h"

#include "trainer/base/nearest.h"
#include "trainer/base/train_error.h"
#include "trainer/config/parameters/stand_in.h"
#include "trainer/config/presets/preset_file.h"
#include "trainer/config/presets/shipped_presets.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

const ShippedPreset* findShipped(std::string_view name)
{
    const auto all = shippedPresets();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& preset) { return preset.name == name; });
    return found == all.end() ? nullptr : &*found;
}

bool isPlainName(const std::string& name)
{
    constexpr std::string_view forbidden("/\0", 2);
    return !name.empty() && name != "." && name != ".." && name.find_first_of(forbidden) == std::string::npos;
}

// Presets of one folder by name; a folder that cannot be read has none.
std::set<std::string> namesIn(const fs::path& folder)
{
    std::set<std::string> names;
    std::error_code error;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error)) {
        const fs::path& path = i->path();
        if (path.extension() == ".yaml" && !path.stem().empty())
            names.insert(path.stem().string());
    }
    return names;
}

Preset failed(std::string name, const std::string& file, Message message)
{
    Preset preset { .name = std::move(name) };
    preset.problems.push_back({ .file = file, .message = std::move(message) });
    return preset;
}

// Resolves one preset with all that it extends; knows the chain it came by.
class Resolver {
public:
    explicit Resolver(const fs::path& folder)
        : m_folder(folder)
    {
    }

    Preset shipped(const ShippedPreset& source)
    {
        Preset preset { .name = std::string(source.name), .shipped = true };
        preset.document = PresetDocument::parse(std::string(source.text), preset.name);
        resolve(preset, "shipped:" + preset.name);
        return preset;
    }

    Preset file(const fs::path& path)
    {
        const auto read = readPresetFile(path);
        if (const Message* failure = std::get_if<Message>(&read)) {
            Preset preset = failed(path.stem().string(), path.string(), *failure);
            preset.path = path;
            return preset;
        }
        return text(path, std::get<std::string>(read));
    }

    Preset text(const fs::path& path, const std::string& text)
    {
        Preset preset { .name = path.stem().string(), .path = path };
        preset.document = PresetDocument::parse(text, path.string());
        std::error_code error;
        const fs::path known = fs::weakly_canonical(path, error);
        resolve(preset, error ? path.string() : known.string());
        return preset;
    }

private:
    const fs::path& m_folder;
    std::vector<std::string> m_chain;

    void resolve(Preset& preset, const std::string& identity)
    {
        preset.summary = preset.document.summary();
        preset.problems = preset.document.problems();
        m_chain.push_back(identity);
        if (const std::string& base = preset.document.extends(); !base.empty())
            inherit(preset, base);
        m_chain.pop_back();
        const auto& values = preset.document.values();
        for (const auto& [key, value] : values)
            preset.config.set(key, value);
        const auto names = [&](std::string_view key) {
            return std::ranges::any_of(values, [&](const auto& v) { return v.first == key; });
        };
        standInReplacesWeights(preset.config, names("language.stand_in"), names("language.path"));
    }

    void inherit(Preset& preset, const std::string& base)
    {
        const auto report = [&](Message message) {
            preset.problems.push_back({ .file = preset.path.empty() ? preset.name : preset.path.string(),
                .line = extendsLine(preset.document.text()),
                .column = 1,
                .key = "extends",
                .message = std::move(message) });
        };
        const ShippedPreset* source = findShipped(base);
        const fs::path path = source ? fs::path() : fileOf(preset, base);
        if (!source && path.empty())
            return report(unknownBase(base));
        std::error_code error;
        const std::string identity = source ? "shipped:" + base : fs::weakly_canonical(path, error).string();
        if (std::find(m_chain.begin(), m_chain.end(), identity) != m_chain.end())
            return report(message(
                NABIZ_TEXT("Message",
                    "extends: %1 leads back to where it came from. Let one of the presets in the circle extend nothing."),
                base));
        Preset parent = source ? shipped(*source) : file(path);
        preset.config = parent.config;
        preset.problems.insert(preset.problems.end(), parent.problems.begin(), parent.problems.end());
        if (preset.summary.empty())
            preset.summary = parent.summary;
    }

    // Beside the preset that names it, or among the user's own.
    fs::path fileOf(const Preset& preset, const std::string& base) const
    {
        if (!isPlainName(base))
            return {};
        for (const fs::path& folder : { preset.path.parent_path(), m_folder }) {
            std::error_code error;
            fs::path path = folder / (base + ".yaml");
            if (!(folder.empty() && preset.path.empty()) && fs::is_regular_file(path, error))
                return path;
        }
        return {};
    }

    Message unknownBase(const std::string& base) const
    {
        std::set<std::string> names = namesIn(m_folder);
        for (const ShippedPreset& preset : shippedPresets())
            names.emplace(preset.name);
        const std::vector<std::string_view> views(names.begin(), names.end());
        if (const auto near = nearest(base, views); !near.empty())
            return message(NABIZ_TEXT("Message", "There is no preset %1 to extend; is %2 meant?"), base, near);
        return message(
            NABIZ_TEXT("Message",
                "There is no preset %1 to extend. It can be a shipped one, such as quick, or lie beside this file."),
            base);
    }
};

} // namespace

PresetStore::PresetStore(fs::path userFolder)
    : m_userFolder(std::move(userFolder))
{
}

fs::path PresetStore::defaultUserFolder()
{
    const char* config = std::getenv("XDG_CONFIG_HOME");
    if (config && fs::path(config).is_absolute())
        return fs::path(config) / "nabiz" / "presets";
    const char* home = std::getenv("HOME");
    return home && *home ? fs::path(home) / ".config" / "nabiz" / "presets" : fs::path();
}

std::vector<Preset> PresetStore::list() const
{
    std::vector<Preset> presets;
    for (const ShippedPreset& source : shippedPresets())
        presets.push_back(Resolver(m_userFolder).shipped(source));
    if (!m_userFolder.empty()) {
        for (const std::string& name : namesIn(m_userFolder))
            presets.push_back(Resolver(m_userFolder).file(m_userFolder / (name + ".yaml")));
    }
    return presets;
}

Preset PresetStore::load(const std::string& nameOrPath) const
{
    if (const ShippedPreset* source = findShipped(nameOrPath))
        return Resolver(m_userFolder).shipped(*source);
    std::error_code error;
    if (!m_userFolder.empty() && isPlainName(nameOrPath)) {
        const fs::path path = m_userFolder / (nameOrPath + ".yaml");
        if (fs::exists(path, error))
            return Resolver(m_userFolder).file(path);
    }
    const fs::path path(nameOrPath);
    if (fs::exists(path, error) || path.has_parent_path() || path.extension() == ".yaml" || path.extension() == ".yml")
        return Resolver(m_userFolder).file(path);
    std::set<std::string> names = namesIn(m_userFolder);
    for (const ShippedPreset& preset : shippedPresets())
        names.emplace(preset.name);
    const std::vector<std::string_view> views(names.begin(), names.end());
    if (const auto near = nearest(nameOrPath, views); !near.empty())
        return failed(nameOrPath, nameOrPath,
            message(NABIZ_TEXT("Message", "There is no preset %1; is %2 meant?"), nameOrPath, near));
    return failed(nameOrPath, nameOrPath,
        message(NABIZ_TEXT("Message", "There is no preset %1, nor a file of that name. `nabiz presets` lists them."),
            nameOrPath));
}

Preset PresetStore::parse(const std::string& text, const std::string& file) const
{
    return Resolver(m_userFolder).text(file, text);
}

std::string PresetStore::freeName(const std::string& base) const
{
    const std::string known = isPlainName(base) ? base : "preset";
    return trainer::freeName(known, [&](const std::string& name) {
        std::error_code error;
        return name == known || findShipped(name)
            || (fs::exists(m_userFolder / (name + ".yaml"), error) && !m_userFolder.empty());
    });
}

fs::path PresetStore::save(const std::string& name, const std::string& text) const
{
    if (!isPlainName(name) || name.front() == '.' || findShipped(name))
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message",
                        "A preset cannot be called '%1'. Choose a name without / that no shipped preset has."),
                name));
    if (m_userFolder.empty())
        throw TrainError(TrainErrorKind::Io,
            message(NABIZ_TEXT("Message", "There is no folder for presets of your own: set HOME or XDG_CONFIG_HOME.")));
    const fs::path path = m_userFolder / (name + ".yaml");
    writePresetFile(path, text);
    return path;
}

} // namespace nabiz::trainer
