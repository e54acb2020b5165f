// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz complete, which shells ask and the help does not show: a line a word, its description after a tab; a last line
// ":files" where a file may stand, too.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/help/completion.h"
#include "app/run/exit_code.h"

#include <memory>

namespace nabiz::app {

void addCompleteCommand(CLI::App& app, CommandContext& context)
{
    const auto words = std::make_shared<std::vector<std::string>>();
    auto* command = app.add_subcommand("complete", "Print which words may come next")->group("");
    command->add_option("words", *words, "What stands after nabiz, the last being typed")->type_name("WORD");
    command->callback([&app, &context, words] {
        context.action = [&app, &context, words] {
            const OfferedWords offered = complete(app, *words, context);
            std::string text;
            for (const OfferedWord& word : offered.words)
                text += word.text + (word.description.empty() ? "" : '\t' + word.description) + '\n';
            printText(text + (offered.files ? ":files\n" : ""));
            return kExitDone;
        };
    });
}

} // namespace nabiz::app
