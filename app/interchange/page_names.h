// SPDX-License-Identifier: GPL-3.0-or-later
// What the words around a figure name: which metric, which batch, which epoch.
// Pure; any thread.
#pragma once

#include "app/interchange/page_draft.h"

#include <initializer_list>

namespace nabiz::app {

using PageTokens = std::vector<PageToken>;

bool isAmong(std::string_view word, std::initializer_list<std::string_view> words);
// : = → and the like, between a name and its value.
bool joins(const PageToken& token);
// What may stand before a loss without making it another one.
bool isPlainQualifier(std::string_view word);
bool isEpoch(std::string_view word);
bool isFigure(const PageToken& token);

struct NamedMetric {
    std::string metric;
    std::size_t end = 0; // the token behind it
};
// The metric whose name begins with this token: the longest that is known.
NamedMetric metricAt(const PageTokens& tokens, std::size_t at);
// "Validation loss at step 1000": what the words before the batch name. Nothing for other words.
std::optional<std::string> metricBefore(const PageTokens& tokens, std::size_t batch);
// Of "validation loss by step", "val_losses": a loss where there are no words, empty where they name something else.
std::string metricOfLabel(const std::vector<std::string>& words);
// The line cut before each further batch that the same word names: what stands there is of that one.
std::vector<PageTokens> batchParts(const PageTokens& tokens);
// Nothing but "Epoch 2,", a mark of a list or a head ("Results.") stands before the batch.
bool standsFirst(const PageTokens& tokens, std::size_t batch);
// Behind an open bracket, the place behind its end.
std::size_t behindBrackets(const PageTokens& tokens, std::size_t at);
// 50, : 50, 50/750, [50/750]: `number` goes to the 50, and the place behind it all comes back, or 0 when no number
// stands there.
std::size_t behindNumber(const PageTokens& tokens, std::size_t& number);

} // namespace nabiz::app
