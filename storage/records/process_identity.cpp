// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/process_identity.h"

#include <array>
#include <chrono>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace nabiz::storage {

namespace {

constexpr const char* kPresumed = "presumed"; // in the place of a boot id

std::string bootId()
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

// Field 22 of /proc/PID/stat; 0 when the process is gone. The second field, the program's name, may hold anything,
// spaces and brackets included, so counting begins after the last bracket.
std::int64_t startOf(std::int64_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    if (!std::getline(file, text, '\0'))
        return 0;
    const auto bracket = text.rfind(')');
    if (bracket == std::string::npos)
        return 0;
    std::istringstream fields(text.substr(bracket + 1));
    std::string state;
    fields >> state;
    if (state == "Z" || state == "X")
        return 0;
    std::string skipped;
    for (int field = 4; field < 22; ++field)
        fields >> skipped;
    std::int64_t start = 0;
    fields >> start;
    return start;
}

} // namespace

ProcessIdentity ProcessIdentity::current()
{
    return of(::getpid());
}

ProcessIdentity ProcessIdentity::of(std::int64_t pid)
{
    std::array<char, 256> host {};
    ::gethostname(host.data(), host.size() - 1);
    return { host.data(), bootId(), pid, startOf(pid) };
}

ProcessIdentity ProcessIdentity::presumedUntil(std::int64_t time)
{
    return { {}, kPresumed, 0, time };
}

bool ProcessIdentity::isAlive() const
{
    if (boot == kPresumed)
        return std::chrono::system_clock::now()
            < std::chrono::system_clock::time_point(std::chrono::milliseconds(start));
    if (pid <= 0 || boot != bootId())
        return false;
    const auto since = startOf(pid);
    return since != 0 && since == start;
}

} // namespace nabiz::storage
