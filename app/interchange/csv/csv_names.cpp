// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/csv/csv_names.h"
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/source_text.h"

namespace nabiz::app {

void describeCsvRun(storage::ImportedRun& run, const std::filesystem::path& file)
{
    const auto folder = file.parent_path();
    const auto lightning = fileTextOrNone(folder / "hparams.yaml", 4U << 20U);
    const bool isLightning = file.filename() == "metrics.csv"
        && (!lightning.empty() || folder.filename().string().starts_with("version_"));
    if (!run.originalId.empty())
        run.name = run.originalId;
    else if (isLightning)
        run.name = folder.filename().string();
    else
        run.name = file.stem().string();
    if (isLightning)
        addYamlParameters(run, lightning);
    else if (file.filename() == "results.csv")
        addYamlParameters(run, fileTextOrNone(folder / "args.yaml", 4U << 20U));
}

} // namespace nabiz::app
