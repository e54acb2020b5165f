// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz python: where nabiz.py lies, for PYTHONPATH.
#include "app/cli/command_context.h"
#include "app/cli/console.h"
#include "app/cli/usage_error.h"
#include "app/run/exit_code.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

// Beside the program, as in a build, or where an installation puts it.
fs::path pythonFolder()
{
    const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
    for (const fs::path& place : { folder / "python", folder.parent_path() / "share" / "nabiz" / "python" }) {
        std::error_code error;
        if (fs::exists(place / "nabiz.py", error))
            return place;
    }
    throw UsageError("nabiz.py lies neither beside the program in " + folder.string()
        + " nor in ../share/nabiz/python: build it with `./run.sh build`");
}

} // namespace

void addPythonCommand(CLI::App& app, CommandContext& context)
{
    auto* command = app.add_subcommand("python", "Print the folder of nabiz.py, for scripts that log here");
    addSharedOptions(*command, context);
    command->footer(
        "PYTHONPATH=$(nabiz python) python train.py, with `import nabiz as wandb` in the script: what it logs\n"
        "is taken in by `nabiz follow`. For C++ programs nabiz_log.h lies beside it.");
    command->callback([&context] {
        context.action = [&context] {
            const fs::path folder = pythonFolder();
            if (context.json)
                printJson({ { "folder", folder.string() } });
            else
                printText(folder.string() + '\n');
            return kExitDone;
        };
    });
}

} // namespace nabiz::app
