// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the batches that lines of text name count on from epoch to epoch, or anew in each: then those of the later
// epochs would lie over those of the first. One thread.
#pragma once

#include "app/interchange/page_names.h"

namespace nabiz::app {

class PageEpochs {
public:
    // Why that batch has no place in the run, if it has none; `number`: its token.
    std::optional<trainer::Message> countsAnew(
        const PageNumbers& numbers, const PageTokens& tokens, std::size_t number);

private:
    std::optional<std::int64_t> m_epoch; // the first that a line named
    std::int64_t m_lastBatch = -1; // of that epoch
    bool m_isAnew = false; // the batches of a later epoch count from the beginning
};

} // namespace nabiz::app
