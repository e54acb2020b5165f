// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz manual, by which a build makes nabiz.1; the help does not show it.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/help/manual_page.h"
#include "app/run/exit_code.h"

namespace nabiz::app {

void addManualCommand(CLI::App& app, CommandContext& context)
{
    app.add_subcommand("manual", "Print the page for man")->group("")->callback([&app, &context] {
        context.action = [&app] {
            printText(manualPage(app));
            return kExitDone;
        };
    });
}

} // namespace nabiz::app
