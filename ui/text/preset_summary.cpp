// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/preset_summary.h"

#include <QCoreApplication>

namespace nabiz::ui {

namespace {

// As the shipped files say it, for lupdate; a test compares.
[[maybe_unused]] constexpr const char* kShipped[] = {
    QT_TRANSLATE_NOOP("Preset", "A minute on a CPU, generated text with a known entropy"),
    QT_TRANSLATE_NOOP("Preset", "The reported configuration as declared, for a T4; needs your text and Qwen3-0.6B"),
    QT_TRANSLATE_NOOP(
        "Preset", "The reported configuration as it was really run; not causal, eight repeated sentences"),
    QT_TRANSLATE_NOOP("Preset", "t4 with a copy of the language model in each block, six in all"),
    QT_TRANSLATE_NOOP(
        "Preset", "12 layers, four kinds of experts, memory and introspection; needs your text and Qwen3-0.6B"),
};

} // namespace

QString presetSummary(const std::string& summary)
{
    return summary.empty() ? QString() : QCoreApplication::translate("Preset", summary.c_str());
}

} // namespace nabiz::ui
