// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/schema/network_mount.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

namespace nabiz::storage {

namespace fs = std::filesystem;

namespace {

struct Kind {
    std::uint64_t type;
    const char* name;
};

// <linux/magic.h>, and the file systems' own sources for those that are not in there.
constexpr std::array<Kind, 11> kNetworks { {
    { 0x6969, "NFS" },
    { 0x517b, "SMB" },
    { 0xff534d42, "CIFS" },
    { 0xfe534d42, "SMB" },
    { 0x564c, "NCP" },
    { 0x73757245, "Coda" },
    { 0x5346414f, "AFS" },
    { 0x00c36400, "Ceph" },
    { 0x0bd00bd0, "Lustre" },
    { 0x47504653, "GPFS" },
    { 0x19830326, "BeeGFS" },
} };
constexpr std::uint64_t kFuse = 0x65735546;
// FUSE serves disks of this machine too (NTFS, encrypted folders), so that its name decides.
constexpr std::array kFuseNetworks { "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs", "fuse.gvfsd-fuse",
    "fuse.davfs", "fuse.curlftpfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.smbnetfs", "fuse.kio-fuse", "fuse.gcsfuse",
    "fuse.mount-s3", "fuse.moosefs", "fuse.juicefs", "fuse.goofys", "fuse.blobfuse", "fuse.blobfuse2" };

} // namespace

std::string networkMount(std::uint64_t type, std::string_view mountedAs)
{
    for (const Kind& kind : kNetworks) {
        if (kind.type == type)
            return kind.name;
    }
    const bool isNetwork
        = type == kFuse && std::find(kFuseNetworks.begin(), kFuseNetworks.end(), mountedAs) != kFuseNetworks.end();
    return isNetwork ? std::string(mountedAs.substr(mountedAs.find('.') + 1)) : std::string();
}

// A line: id, parent, device, root, place, options, any number of fields, "-", type, source, …
std::string mountedAs(std::string_view mountinfo, std::string_view device)
{
    std::string found;
    while (!mountinfo.empty()) {
        const auto line = mountinfo.substr(0, mountinfo.find('\n'));
        mountinfo.remove_prefix(std::min(line.size() + 1, mountinfo.size()));
        const auto second = line.find(' ', line.find(' ') + 1);
        const auto mark = line.find(" - ");
        if (second == std::string_view::npos || mark == std::string_view::npos || second > mark)
            continue;
        if (line.substr(second + 1, line.find(' ', second + 1) - second - 1) == device)
            found = line.substr(mark + 3, line.find(' ', mark + 3) - mark - 3);
    }
    return found;
}

std::string networkMountOf(const fs::path& file)
{
    std::error_code error; // what cannot be looked at is said when it is opened
    fs::path place = fs::absolute(file, error);
    while (!fs::exists(place, error) && place.has_relative_path())
        place = place.parent_path();
    struct statfs system { };
    struct stat facts { };
    if (::statfs(place.c_str(), &system) != 0 || ::stat(place.c_str(), &facts) != 0)
        return {};
    const auto type = static_cast<std::uint64_t>(static_cast<std::uint32_t>(system.f_type));
    if (type != kFuse)
        return networkMount(type, {});
    std::ifstream list("/proc/self/mountinfo");
    const std::string text { std::istreambuf_iterator<char>(list), {} };
    return networkMount(
        type, mountedAs(text, std::to_string(major(facts.st_dev)) + ':' + std::to_string(minor(facts.st_dev))));
}

} // namespace nabiz::storage
