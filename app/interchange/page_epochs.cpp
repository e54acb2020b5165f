// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_epochs.h"

#include <algorithm>

namespace nabiz::app {

using trainer::message;

std::optional<trainer::Message> PageEpochs::countsAnew(
    const PageNumbers& numbers, const PageTokens& tokens, std::size_t number)
{
    const auto batch = numbers.readWhole(tokens[number].text);
    for (std::size_t i = 0; i + 1 < number && batch; ++i) {
        std::size_t place = i + 1;
        if (!isEpoch(tokens[i].word) || behindNumber(tokens, place) == 0)
            continue;
        const auto epoch = numbers.readWhole(tokens[place].text);
        if (!epoch)
            continue;
        m_epoch = m_epoch.value_or(*epoch);
        if (*epoch == *m_epoch) {
            m_lastBatch = std::max(m_lastBatch, *batch);
            return std::nullopt;
        }
        m_isAnew |= *batch <= m_lastBatch;
        return m_isAnew
            ? std::optional(message(
                  NABIZ_TEXT("Message",
                      "the count of batches begins anew with epoch %1, and the page does not say how many an epoch "
                      "has"),
                  std::to_string(*epoch)))
            : std::nullopt;
    }
    return std::nullopt;
}

} // namespace nabiz::app
