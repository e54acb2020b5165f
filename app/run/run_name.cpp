// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_name.h"

#include "trainer/base/free_name.h"

#include <algorithm>

namespace nabiz::app {

bool looksLikeId(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

storage::NameChoice freeRunName()
{
    return [](const std::string& base, const std::function<bool(const std::string&)>& isTaken) {
        return trainer::freeName(base.empty() ? "run" : base,
            [&isTaken](const std::string& name) { return looksLikeId(name) || isTaken(name); });
    };
}

} // namespace nabiz::app
