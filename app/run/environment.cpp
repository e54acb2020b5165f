// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/environment.h"

#include "storage/run_store.h"
#include "trainer/memory/hardware.h"

#include <fstream>
#include <string_view>

#include <sys/utsname.h>

namespace nabiz::app {

namespace {

// PRETTY_NAME="Debian GNU/Linux 12 (bookworm)" without what stands around it.
std::string systemName()
{
    constexpr std::string_view start = "PRETTY_NAME=";
    std::ifstream stream("/etc/os-release");
    for (std::string line; std::getline(stream, line);) {
        if (!line.starts_with(start))
            continue;
        line.erase(0, start.size());
        std::erase(line, '"');
        return line;
    }
    return {};
}

} // namespace

std::string nabizVersion()
{
    return NABIZ_VERSION;
}

std::string compilerVersion()
{
#if defined(__clang__)
    return "Clang " __clang_version__;
#else
    return "GCC " __VERSION__;
#endif
}

std::map<std::string, std::string> environmentFacts()
{
    std::map<std::string, std::string> facts { { "nabiz", nabizVersion() }, { "sqlite", storage::sqliteVersion() },
        { "compiler", compilerVersion() }, { "system", systemName() }, { "cpu", trainer::cpuModel() },
        { "memory.total", std::to_string(trainer::totalMemory()) } };
    utsname system {};
    if (uname(&system) == 0) {
        facts["host"] = system.nodename;
        facts["kernel"] = std::string(system.release) + ' ' + system.machine;
    }
    std::erase_if(facts, [](const auto& fact) { return fact.second.empty(); });
    return facts;
}

} // namespace nabiz::app
