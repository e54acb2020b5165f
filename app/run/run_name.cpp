// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_name.h"

#include "storage/run_store.h"

#include <algorithm>

namespace nabiz::app {

bool looksLikeId(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

std::string freeRunName(const std::filesystem::path& database, const std::string& base)
{
    const storage::RunStore store(database);
    std::string name = base.empty() ? "run" : base;
    for (int number = 2; looksLikeId(name) || store.find(name); ++number)
        name = (base.empty() ? "run" : base) + '-' + std::to_string(number);
    return name;
}

} // namespace nabiz::app
