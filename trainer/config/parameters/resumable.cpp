// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/resumable.h"

#include "trainer/config/parameters/parameter_table.h"

namespace nabiz::trainer {

bool mayChangeOnResume(std::string_view key)
{
    const Parameter* const row = findParameter(key);
    return row && row->resumable;
}

std::string resumableKeys()
{
    std::string keys;
    for (const Parameter& row : parameterTable()) {
        if (row.resumable)
            keys += (keys.empty() ? "" : ", ") + std::string(row.key);
    }
    return keys;
}

} // namespace nabiz::trainer
