// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/environment.h"

#include "storage/run_store.h"

#include <charconv>
#include <fstream>
#include <string_view>

#include <sys/utsname.h>

namespace nabiz::app {

namespace {

// The rest of the first line of `file` that begins with `start`, without separators and quotes around it.
std::string lineAfter(const char* file, std::string_view start)
{
    std::ifstream stream(file);
    std::string line;
    while (std::getline(stream, line)) {
        if (!std::string_view(line).starts_with(start))
            continue;
        const auto first = line.find_first_not_of("\t :=\"", start.size());
        if (first == std::string::npos)
            return {};
        return line.substr(first, line.find_last_not_of("\t \"") - first + 1);
    }
    return {};
}

std::int64_t memoryInfo(std::string_view field)
{
    const std::string text = lineAfter("/proc/meminfo", field); // "16316412 kB"
    std::int64_t kibibytes = 0;
    std::from_chars(text.data(), text.data() + text.size(), kibibytes);
    return kibibytes * 1024;
}

} // namespace

std::string nabizVersion() { return NABIZ_VERSION; }

std::string compilerVersion()
{
#if defined(__clang__)
    return "Clang " __clang_version__;
#else
    return "GCC " __VERSION__;
#endif
}

std::int64_t totalMemory() { return memoryInfo("MemTotal:"); }

std::int64_t availableMemory() { return memoryInfo("MemAvailable:"); }

std::map<std::string, std::string> environmentFacts()
{
    std::map<std::string, std::string> facts { { "nabiz", nabizVersion() },
        { "sqlite", storage::RunStore::sqliteVersion() }, { "compiler", compilerVersion() },
        { "system", lineAfter("/etc/os-release", "PRETTY_NAME=") }, { "cpu", lineAfter("/proc/cpuinfo", "model name") },
        { "memory.total", std::to_string(totalMemory()) } };
    utsname system {};
    if (uname(&system) == 0) {
        facts["host"] = system.nodename;
        facts["kernel"] = std::string(system.release) + ' ' + system.machine;
    }
    std::erase_if(facts, [](const auto& fact) { return fact.second.empty(); });
    return facts;
}

} // namespace nabiz::app
