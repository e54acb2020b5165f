// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/draft_origin.h"

#include "trainer/config/presets/preset_folder.h"

#include <utility>

namespace nabiz::ui {

namespace {

DraftOrigin made(trainer::Preset base, trainer::Preset source, const QString& name)
{
    DraftOrigin origin;
    origin.isCopy = base.shipped || base.path.empty();
    origin.savedText = source.document.text();
    origin.base = std::move(base);
    origin.source = std::move(source);
    origin.name = name;
    return origin;
}

} // namespace

DraftOrigin DraftOrigin::ofPreset(const trainer::PresetStore& presets, const QString& nameOrPath)
{
    const trainer::Preset preset = presets.load(nameOrPath.toStdString());
    return made(preset, preset, QString::fromStdString(preset.name));
}

DraftOrigin DraftOrigin::ofRun(const trainer::PresetStore& presets, const storage::Run& run,
    const std::vector<storage::Parameter>& parameters, const QString& database)
{
    trainer::Preset base = presets.load(run.preset.empty() ? "quick" : run.preset);
    if (trainer::hasErrors(base.problems))
        base = presets.load("quick");
    const std::string file = run.name + ".yaml";
    std::vector<std::pair<std::string, std::string>> declared;
    for (const storage::Parameter& parameter : parameters)
        declared.emplace_back(parameter.key, parameter.declared);
    const trainer::PresetDocument document = trainer::presetOfRun(
        presets, run.name, run.presetText.empty() ? base.document.text() : run.presetText, declared);
    DraftOrigin origin = made(std::move(base), presets.parse(document.text(), file), QString::fromStdString(run.name));
    origin.savedText = document.text();
    origin.isCopy = true;
    origin.parent = run.id;
    origin.database = database;
    return origin;
}

DraftOrigin DraftOrigin::ofKept(const trainer::PresetStore& presets, const KeptDraft& kept, const QString& database)
{
    trainer::Preset base = presets.load(kept.base.toStdString());
    if (trainer::hasErrors(base.problems) && base.document.text().empty())
        base = presets.load("quick"); // its file is gone; the draft is not
    const bool isOfRun = !kept.originName.isEmpty();
    const QString name = isOfRun ? kept.originName : QString::fromStdString(base.name);
    trainer::Preset source = isOfRun ? presets.parse(kept.originText, name.toStdString() + ".yaml") : base;
    DraftOrigin origin = made(std::move(base), std::move(source), name);
    if (isOfRun)
        origin.savedText = kept.originText;
    origin.isCopy = origin.isCopy || isOfRun;
    origin.parent = kept.database == database || database.isEmpty() ? kept.parent : std::nullopt;
    origin.database = kept.database;
    return origin;
}

trainer::PresetDocument DraftOrigin::withValue(
    const trainer::PresetDocument& document, const std::string& key, const trainer::Value& wanted) const
{
    if (wanted == value(key) && source.document.lineOf(key) == 0)
        return document.without(key);
    return document.withValue(key, wanted);
}

KeptDraft DraftOrigin::keep(const QString& draft, const std::string& text) const
{
    KeptDraft kept { .name = draft,
        .base = base.path.empty() ? presetName() : QString::fromStdString(base.path.string()),
        .text = text,
        .parent = parent,
        .database = database };
    const std::string sourceText = source.document.text();
    if (name != presetName() || sourceText != base.document.text()) {
        kept.originName = name;
        kept.originText = sourceText;
    }
    return kept;
}

} // namespace nabiz::ui
