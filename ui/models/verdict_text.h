// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison says in sentences: which reached the other's best sooner, whether that is more than luck, and what
// stands in the way of comparing at all. GUI thread.
#pragma once

#include "ui/models/comparison.h"

#include <QString>

namespace nabiz::ui {

// "quick-3 reaches quick-2's best validation loss 2.2 × sooner."
QString speedSentence(const Comparison& comparison);
// "One seed each: it cannot be told from luck."
QString luckSentence(const Comparison& comparison);
// What holds while runs and seeds still come in; empty below two seeds a side.
QString anytimeSentence(const Comparison& comparison);
QString warningSentence(const RunWarning& warning);

} // namespace nabiz::ui
