// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a figure another than it seems: a unit, a range, a count of something else, a part of the data that is not
// trained on. Pure; any thread.
#pragma once

#include "app/interchange/page_names.h"

namespace nabiz::app {

// Behind a figure, in brackets perhaps: seconds, bytes, percent, tokens, bits. A loss has none of these.
bool isOtherUnitAt(const PageTokens& tokens, std::size_t at);
// Of 0.9-1.1, 0.9 – 1.1, 0.9 to 1.1, 0.9/1.1 and 0.9, 1.1 the first is no figure, nor is the 3,5 of 3,5'ten.
bool isPartOfMore(const PageTokens& tokens, std::size_t number);
// "+0.1" and "Δloss 0.1" are changes, and "best loss 0.1" is of another batch, perhaps.
bool isOfOthers(const PageTokens& tokens, std::size_t name, std::size_t number);
// Whether the number behind that word is of a batch, and of one: not of warmup steps, 100 ms, 100 k, 100 and 200.
bool isOfOneBatch(const PageTokens& tokens, std::size_t word, std::size_t number, std::size_t behind);
// What a loss without more to its name is, in a line whose words before the batch, or "split": "val", tell a part of
// the data: `loss`, `val.loss`, or none of them.
std::optional<std::string> lossOfPart(const PageTokens& tokens, std::size_t batch);
// Of a heading or a caption: the part of the data that it names, when it names nothing else.
PageDataPart partOfTitle(std::string_view title);
// A logger's line of an epoch: what stands in it holds at that moment, and is no setting of the run.
bool isOfAnEpoch(const PageTokens& tokens);

} // namespace nabiz::app
