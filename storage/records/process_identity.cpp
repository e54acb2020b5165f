// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records/process_identity.h"

#include <array>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace nabiz::storage {

namespace {

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
    std::array<char, 256> host {};
    ::gethostname(host.data(), host.size() - 1);
    const std::int64_t pid = ::getpid();
    return { host.data(), bootId(), pid, startOf(pid) };
}

bool ProcessIdentity::isAlive() const
{
    if (pid <= 0 || boot != bootId())
        return false;
    const auto since = startOf(pid);
    return since != 0 && since == start;
}

} // namespace nabiz::storage
