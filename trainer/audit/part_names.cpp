// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/part_names.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace nabiz::trainer {

namespace {

constexpr std::string_view kBlocks = "blocks.";

struct Entry {
    std::string name; // of a part outside the blocks, or what stands behind the block's number
    std::vector<int> blocks; // empty outside
};

Entry split(const std::string& name)
{
    int block = 0;
    if (!name.starts_with(kBlocks))
        return { name, {} };
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + kBlocks.size(), end, block);
    if (error != std::errc())
        return { name, {} };
    return { std::string(rest, end), { block } };
}

std::string text(Entry& entry)
{
    if (entry.blocks.empty())
        return entry.name;
    std::sort(entry.blocks.begin(), entry.blocks.end());
    std::string numbers;
    for (std::size_t i = 0; i < entry.blocks.size();) {
        std::size_t last = i;
        while (last + 1 < entry.blocks.size() && entry.blocks[last + 1] == entry.blocks[last] + 1)
            ++last;
        numbers += (i == 0 ? "" : "+") + std::to_string(entry.blocks[i]);
        if (last > i)
            numbers += "–" + std::to_string(entry.blocks[last]);
        i = last + 1;
    }
    return std::string(kBlocks) + numbers + entry.name;
}

} // namespace

std::string partNames(const std::vector<std::string>& names, std::size_t most)
{
    std::vector<Entry> entries;
    for (const std::string& name : names) {
        Entry entry = split(name);
        const auto known = std::find_if(entries.begin(), entries.end(), [&](const Entry& other) {
            return other.name == entry.name && other.blocks.empty() == entry.blocks.empty();
        });
        if (known == entries.end())
            entries.push_back(std::move(entry));
        else
            known->blocks.insert(known->blocks.end(), entry.blocks.begin(), entry.blocks.end());
    }
    std::string result;
    for (std::size_t i = 0; i < std::min(most, entries.size()); ++i)
        result += (i == 0 ? "" : ", ") + text(entries[i]);
    if (entries.size() > most)
        result += " … +" + std::to_string(entries.size() - most);
    return result;
}

} // namespace nabiz::trainer
