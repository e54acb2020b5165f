// SPDX-License-Identifier: GPL-3.0-or-later
// What a draft was made from: a preset or a run, what its changes are counted from, and what of it is saved. A value;
// GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/config/presets/preset_store.h"
#include "ui/pages/configure/kept_draft.h"

#include <QString>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::ui {

struct DraftOrigin {
    trainer::Preset base; // gives the command its first word
    trainer::Preset source; // gives "was 1e-3": the preset, or the run's
    QString name; // of the source
    std::string savedText;
    bool isCopy = false; // of something that is not written to
    std::optional<storage::RunId> parent; // the run it was made from
    QString database; // where that is

    static DraftOrigin ofPreset(const trainer::PresetStore& presets, const QString& nameOrPath);
    static DraftOrigin ofRun(const trainer::PresetStore& presets, const storage::Run& run,
        const std::vector<storage::Parameter>& parameters, const QString& database);
    static DraftOrigin ofKept(const trainer::PresetStore& presets, const KeptDraft& kept, const QString& database);

    QString presetName() const { return QString::fromStdString(base.name); } // "quick"
    const trainer::Value& value(std::string_view key) const { return source.config.value(key); }
    // Back at what it was: the line is as it was, too.
    trainer::PresetDocument withValue(
        const trainer::PresetDocument& document, const std::string& key, const trainer::Value& value) const;
    KeptDraft keep(const QString& draft, const std::string& text) const;
};

} // namespace nabiz::ui
