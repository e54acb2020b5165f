// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/explanation.h"

#include <QCoreApplication>

namespace nabiz::ui {

namespace {

constexpr std::pair<std::string_view, const char*> kFindings[] = {
    { "leak",
        QT_TRANSLATE_NOOP("Explanation",
            "A model that predicts the next letter must not see it. One letter of the text is changed, and it is looked at "
            "whether the prediction of an earlier one changes with it: then the loss falls for the wrong reason.") },
    { "duplicates",
        QT_TRANSLATE_NOOP("Explanation",
            "Samples that are the same, letter for letter. What comes again and again is learnt by heart, and a low loss on it "
            "says nothing about other texts.") },
    { "padding",
        QT_TRANSLATE_NOOP("Explanation",
            "Samples that are shorter than the model's length are filled up. The filling is easy to predict, and lowers the mean "
            "loss without anything being learnt.") },
    { "overlap",
        QT_TRANSLATE_NOOP("Explanation",
            "Text that stands in the training text and in the validation text, too. The validation loss then shows what was "
            "learnt by heart, not what was understood.") },
    { "collisions",
        QT_TRANSLATE_NOOP("Explanation",
            "Different letters that become the same number before the model sees them. It cannot tell them apart, and "
            "cannot write them.") },
    { "floor",
        QT_TRANSLATE_NOOP("Explanation",
            "How low a loss can honestly be: what a good compressor needs for the text, or what is known of a generated one. "
            "A loss well below it was reached in another way than by learning.") },
    { "dead_parameters",
        QT_TRANSLATE_NOOP("Explanation",
            "Weights that get no gradient are never changed. They take memory, and the model is smaller than it seems.") },
    { "first_loss",
        QT_TRANSLATE_NOOP("Explanation",
            "A model that knows nothing yet guesses evenly, and the loss of that is known. A first loss far from it says that "
            "weights, text or loss are not what one thinks.") },
    { "not_in_effect",
        QT_TRANSLATE_NOOP("Explanation",
            "A setting that is written down but changes nothing in this run, such as a warm-up that is longer than the run.") },
};

constexpr const char* kParts[] = {
    QT_TRANSLATE_NOOP("Explanation", "The frozen language model's weights. Half of it in float16, a quarter in int8."),
    QT_TRANSLATE_NOOP("Explanation",
        "What is trained: its weights, as much again for their gradients, and twice as much for AdamW's two moments."),
    QT_TRANSLATE_NOOP("Explanation",
        "What the forward pass keeps for the backward pass. It grows with the batch size and the length; gradient checkpointing "
        "computes most of it again instead."),
    QT_TRANSLATE_NOOP("Explanation",
        "Half-precision copies of weights while a step is computed, and room that the libraries take for their own work."),
};

QString translated(const char* literal)
{
    return QCoreApplication::translate("Explanation", literal);
}

} // namespace

QString findingExplanation(std::string_view id)
{
    for (const auto& [known, text] : kFindings) {
        if (known == id)
            return translated(text);
    }
    return {};
}

QString memoryPartExplanation(int part)
{
    return translated(kParts[part]);
}

QString marksExplanation()
{
    return translated(QT_TRANSLATE_NOOP("Explanation",
        "The signs along the x axis are what happened there: an evaluation of the validation text, a checkpoint from which the "
        "run can go on, a place where it went on or a setting was changed, a change of the learning rate, a warning. Point at "
        "one to read it; click it to find it in the list of events."));
}

} // namespace nabiz::ui
