// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/parameter_rows.h"

namespace nabiz::trainer::rows {

namespace {

constexpr const char* kGroup = NABIZ_TEXT("Parameter", "Data");

} // namespace

std::vector<Parameter> data()
{
    return {
        { .key = "data.train_path",
            .label = NABIZ_TEXT("Parameter", "Text"),
            .group = kGroup,
            .level = kEssential,
            .defaultValue = text("generated:turkish"),
            .help = NABIZ_TEXT("Parameter",
                "What the model learns: a file or a folder of .txt, .gz, .jsonl or .md files, a generated text, or "
                "example:turkish, some two hundred proverbs that ship. A longer text is learnt less by heart."),
            .isPath = true,
            .suggestions = { "generated:turkish", "example:turkish", "generated:eight-sentences" } },
        { .key = "data.val_path",
            .label = NABIZ_TEXT("Parameter", "Validation text"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text(""),
            .help = NABIZ_TEXT("Parameter",
                "A text of its own for the validation loss. Empty sets a part of the training text aside."),
            .isPath = true,
            .suggestions = { "generated:turkish" } },
        { .key = "data.split",
            .label = NABIZ_TEXT("Parameter", "Split"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("block"),
            .choices = { "block", "sample" },
            .help = NABIZ_TEXT("Parameter",
                "How a part is set aside for validation: block keeps it apart from what is trained on; "
                "sample draws single samples, which lets repeated text stand on both sides.") },
        { .key = "data.val_fraction",
            .label = NABIZ_TEXT("Parameter", "Validation part"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = real(0.1),
            .minimum = 0,
            .maximum = 0.5,
            .help = NABIZ_TEXT("Parameter",
                "The part of the text that is set aside for validation. More makes the validation loss "
                "steadier and leaves less to learn from.") },
        { .key = "data.encoding",
            .label = NABIZ_TEXT("Parameter", "Encoding"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("utf8"),
            .choices = { "utf8", "ord_mod_256" },
            .help = NABIZ_TEXT("Parameter",
                "utf8 reads bytes as they are. ord_mod_256 maps each letter to its number modulo 256, as "
                "the published program does, so that distinct letters collide.") },
        { .key = "data.charset",
            .label = NABIZ_TEXT("Parameter", "Written in"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("as_is"),
            .choices = { "as_is", "auto", "windows-1254", "utf-16" },
            .help = NABIZ_TEXT("Parameter",
                "How the letters of the text files stand there. as_is takes their bytes as they are, which is right for"
                " UTF-8. auto converts files that are recognised as Windows-1254 (old Turkish texts) or UTF-16 to"
                " UTF-8; the others take every file for that.") },
        { .key = "data.jsonl_field",
            .label = NABIZ_TEXT("Parameter", "Field of JSON lines"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("text"),
            .help = NABIZ_TEXT("Parameter",
                "Under which name the text stands in each line of a .jsonl file. Lines without it are left out, and"
                " counted.") },
        { .key = "data.sampling",
            .label = NABIZ_TEXT("Parameter", "Samples"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text("window"),
            .choices = { "window", "line" },
            .help = NABIZ_TEXT("Parameter",
                "window cuts a sample anywhere in the text. line takes one line a sample and fills the rest"
                " with zeros, which are computed but not learnt.") },
        { .key = "data.track_folder",
            .label = NABIZ_TEXT("Parameter", "Note the state of"),
            .group = kGroup,
            .level = kMore,
            .defaultValue = text(""),
            .help = NABIZ_TEXT("Parameter",
                "A folder under git, of code or of texts, whose commit and changes are noted when the run starts, so that"
                " what changed between two runs can be said later. Nothing else is done with it."),
            .isPath = true },
    };
}

} // namespace nabiz::trainer::rows
