// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/rank_facts.h"

#include "trainer/config/presets/preset_document.h"
#include "trainer/loop/facts.h"

#include <algorithm>

#include <unistd.h>

namespace nabiz::trainer {

namespace {

// Each machine has its own.
constexpr const char* kOwnSettings[] = { "hardware.threads", "hardware.max_memory_mb" };

std::string hostName()
{
    char name[256] = "";
    gethostname(name, sizeof name - 1);
    return name;
}

// "a: 0, 1; b: 2, 3"
std::string hostsOf(const std::vector<std::string>& names)
{
    std::vector<std::pair<std::string, std::string>> hosts;
    for (std::size_t rank = 0; rank < names.size(); ++rank) {
        const auto host = std::ranges::find(hosts, names[rank], &std::pair<std::string, std::string>::first);
        if (host == hosts.end())
            hosts.emplace_back(names[rank], std::to_string(rank));
        else
            host->second += ", " + std::to_string(rank);
    }
    std::string text;
    for (const auto& [name, ranks] : hosts)
        text += (text.empty() ? "" : "; ") + name + ": " + ranks;
    return text;
}

} // namespace

std::map<std::string, std::string> settingsToAgreeOn(
    const World& world, const Config& config, const std::string& torchVersion)
{
    std::map<std::string, std::string> facts { { "nabiz", world.program }, { kFactTorch, torchVersion } };
    for (const Parameter& row : parameterTable()) {
        if (std::ranges::find(kOwnSettings, row.key) == std::end(kOwnSettings))
            facts.emplace(row.key, toYaml(config.value(row.key)));
    }
    return facts;
}

std::map<std::string, std::string> agreeOnData(Ranks& ranks, const PreparedRun& run)
{
    std::map<std::string, std::string> facts = run.dataset.facts();
    facts.erase("data.commit"); // of a copy of the same text elsewhere
    facts[kFactDevice] = run.device.is_cpu() ? "cpu" : "cuda";
    std::string shapes;
    for (const NamedTensor& entry : run.model.weights().all()) {
        shapes += shapes.empty() ? "" : " ";
        shapes += entry.name;
        for (const std::int64_t size : entry.tensor.sizes())
            shapes += ':' + std::to_string(size);
    }
    facts["model.tensors"] = shapes;
    ranks.compare("data", facts);
    return { { kFactRanks, std::to_string(ranks.world().size) },
        { kFactRankHosts, hostsOf(ranks.collect("host", hostName())) }, { kFactRankEngine, ranks.comm().engine() } };
}

} // namespace nabiz::trainer
