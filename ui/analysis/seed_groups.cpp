// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/analysis/seed_groups.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace nabiz::ui {
namespace {

constexpr std::array<std::string_view, 3> kBeside { "data.track_folder", "queue.resume", "hardware.rank_timeout" };

using Settings = std::map<std::string_view, const storage::Parameter*>;

Settings settingsOf(const ComparedRun& run)
{
    Settings settings;
    if (run.parameters) {
        for (const storage::Parameter& parameter : *run.parameters) {
            if (parameter.key != kSeedKey && bearsOnResult(parameter.key)) {
                settings[parameter.key] = &parameter;
            }
        }
    }
    return settings;
}

std::string seedOf(const ComparedRun& run)
{
    const std::string declared = run.parameter(kSeedKey);
    return declared.empty() ? std::to_string(run.overview->run.seed) : declared;
}

bool same(const storage::Parameter& one, const storage::Parameter& other)
{
    const bool bothPrepared = !one.applied.empty() && !other.applied.empty();
    return bothPrepared ? one.applied == other.applied : one.declared == other.declared;
}

bool sameText(const ComparedRun& one, const ComparedRun& other)
{
    for (const char* const key : { "data.hash", "data.val_hash" }) {
        const auto& facts = one.overview->run.facts;
        const auto& others = other.overview->run.facts;
        const auto fact = facts.find(key), otherFact = others.find(key);
        if (fact != facts.end() && otherFact != others.end() && fact->second != otherFact->second) {
            return false;
        }
    }
    return true;
}

// Not in the middle of a character of several bytes.
std::string commonStart(const std::vector<std::string>& names)
{
    std::size_t length = names.front().size();
    for (const std::string& name : names) {
        const auto begin = names.front().begin();
        const auto [end, _]
            = std::mismatch(begin, begin + static_cast<std::ptrdiff_t>(length), name.begin(), name.end());
        length = static_cast<std::size_t>(end - begin);
    }
    const std::string& first = names.front();
    while (length > 0 && length < first.size() && (static_cast<unsigned char>(first[length]) & 0xC0) == 0x80) {
        --length;
    }
    return first.substr(0, length);
}

void trimEnd(std::string& text, std::string_view these)
{
    const std::size_t end = text.find_last_not_of(these);
    text.resize(end == std::string::npos ? 0 : end + 1);
}

} // namespace

bool bearsOnResult(const std::string& key)
{
    return std::find(kBeside.begin(), kBeside.end(), key) == kBeside.end();
}

bool differOnlyInSeed(const ComparedRun& one, const ComparedRun& other)
{
    const Settings settings = settingsOf(one), others = settingsOf(other);
    return !settings.empty() && settings.size() == others.size() && seedOf(one) != seedOf(other) && sameText(one, other)
        && std::all_of(settings.begin(), settings.end(), [&others](const auto& item) {
               const auto found = others.find(item.first);
               return found != others.end() && same(*item.second, *found->second);
           });
}

// What stands between a name and its number.
constexpr const char* kBetween = " -_.,;:=(#";

std::string commonStem(const std::vector<std::string>& names)
{
    if (names.empty()) {
        return {};
    }
    std::string stem = commonStart(names);
    if (std::find(names.begin(), names.end(), stem) == names.end()) {
        trimEnd(stem, "0123456789");
        trimEnd(stem, kBetween);
        for (const std::string_view word : { " seed", "-seed", "_seed", " s", "-s", "_s" }) {
            if (stem.size() > word.size() && std::string_view(stem).substr(stem.size() - word.size()) == word) {
                stem.resize(stem.size() - word.size());
                break;
            }
        }
        trimEnd(stem, kBetween);
    }
    return stem.empty() ? names.front() + " …" : stem;
}

std::vector<SeedGroup> seedGroups(const std::vector<ComparedRun>& runs)
{
    std::vector<SeedGroup> groups;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto group = std::find_if(groups.begin(), groups.end(), [&](const SeedGroup& known) {
            return differOnlyInSeed(runs[known.members.front()], runs[i])
                && std::none_of(known.members.begin(), known.members.end(),
                    [&](std::size_t member) { return seedOf(runs[member]) == seedOf(runs[i]); });
        });
        if (group == groups.end()) {
            groups.push_back({ {}, { i } });
        } else {
            group->members.push_back(i);
        }
    }
    for (SeedGroup& group : groups) {
        std::vector<std::string> names;
        for (const std::size_t member : group.members) {
            names.push_back(runs[member].overview->run.name);
        }
        group.name = names.size() == 1 ? names.front() : commonStem(names);
    }
    return groups;
}

} // namespace nabiz::ui
