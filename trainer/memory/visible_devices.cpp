// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/memory/visible_devices.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string_view>

namespace nabiz::trainer {

namespace {

std::size_t indexOf(std::string_view entry, const std::vector<std::string>& uuids)
{
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(entry.data(), entry.data() + entry.size(), index);
    if (error == std::errc() && end == entry.data() + entry.size())
        return index;
    // A part of a GPU: of the one that its older name tells, or of the only one.
    if (entry.starts_with("MIG-")) {
        const auto whole = std::ranges::find_if(uuids,
            [&](const std::string& uuid) { return !uuid.empty() && entry.find(uuid) != std::string_view::npos; });
        return whole != uuids.end() || uuids.size() != 1 ? static_cast<std::size_t>(whole - uuids.begin()) : 0;
    }
    // A unique beginning of the name is enough.
    const auto found = std::find_if(
        uuids.begin(), uuids.end(), [&](const std::string& uuid) { return !entry.empty() && uuid.starts_with(entry); });
    return static_cast<std::size_t>(found - uuids.begin());
}

} // namespace

std::vector<std::size_t> visibleDevices(const char* variable, const std::vector<std::string>& uuids)
{
    std::vector<std::size_t> visible;
    if (!variable) {
        visible.resize(uuids.size());
        std::iota(visible.begin(), visible.end(), std::size_t(0));
        return visible;
    }
    const std::string_view text = variable;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        std::string_view entry = text.substr(begin, end - begin);
        entry.remove_prefix(std::min(entry.find_first_not_of(' '), entry.size()));
        entry = entry.substr(0, entry.find_last_not_of(' ') + 1);
        const std::size_t index = indexOf(entry, uuids);
        if (index >= uuids.size() || std::find(visible.begin(), visible.end(), index) != visible.end())
            break;
        visible.push_back(index);
        begin = end + 1;
    }
    return visible;
}

} // namespace nabiz::trainer
