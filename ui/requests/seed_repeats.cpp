// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/requests/seed_repeats.h"

#include "trainer/base/free_name.h"
#include "trainer/base/shell_quote.h"
#include "ui/analysis/seed_groups.h"
#include "ui/models/run_catalog.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <functional>
#include <set>

namespace nabiz::ui {
namespace {

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

// The run's, and those of runs made from it: whoever has such a seed is a repeat, or may be.
bool belongs(const storage::Run& run, const std::vector<storage::RunId>& runs)
{
    const auto has = [&runs](storage::RunId id) { return std::find(runs.begin(), runs.end(), id) != runs.end(); };
    return has(run.id) || (run.parent && has(*run.parent));
}

trainer::Override read(const storage::Parameter& parameter)
{
    return trainer::parseOverride(parameter.key + "=" + parameter.declared);
}

// As the run declared them; rows that follow from others are not given.
void forEachSetting(const RunDetail& run, const std::function<void(const std::string&, const trainer::Value&)>& take)
{
    for (const storage::Parameter& parameter : run.parameters) {
        const trainer::Parameter* const row = trainer::findParameter(parameter.key);
        const trainer::Override given = read(parameter);
        if (row && !row->derived && !given.problem) {
            take(given.key, given.value);
        }
    }
}

std::string nameFor(const std::string& name, std::int64_t seed)
{
    static const QRegularExpression suffix(QStringLiteral(" s\\d+$"));
    return QString::fromStdString(name).remove(suffix).toStdString() + " s" + std::to_string(seed);
}

} // namespace

QString whyNotRepeatable(const RunDetail* run)
{
    if (!run) {
        return tr("The run is being read.");
    }
    const storage::Run& record = run->overview.run;
    const QString name = QString::fromStdString(record.name);
    if (record.status == storage::RunStatus::Reference) {
        return tr("%1 was entered from a page: there is nothing to run again.").arg(name);
    }
    if (record.source != "nabiz") {
        return tr("%1 was imported: there is nothing to run again.").arg(name);
    }
    bool hasSeed = false;
    for (const storage::Parameter& parameter : run->parameters) {
        hasSeed = hasSeed || parameter.key == kSeedKey;
        if (!trainer::findParameter(parameter.key) || read(parameter).problem) {
            return tr("%1 has a setting that this version does not know: %2.")
                .arg(name, QString::fromStdString(parameter.key));
        }
    }
    return hasSeed ? QString() : tr("%1 has no settings stored.").arg(name);
}

std::vector<std::int64_t> freeSeeds(const RunCatalog& catalog, const std::vector<storage::RunId>& runs, int count)
{
    std::int64_t highest = 0;
    for (const storage::RunOverview& overview : catalog.runs()) {
        if (belongs(overview.run, runs)) {
            highest = std::max(highest, overview.run.seed);
        }
    }
    for (const storage::RunId run : runs) {
        if (const RunDetail* const detail = catalog.detail(run)) {
            highest = std::max<std::int64_t>(highest, QString::fromStdString(detail->parameter(kSeedKey)).toLongLong());
        }
    }
    std::vector<std::int64_t> seeds;
    for (int i = 1; i <= count; ++i) {
        seeds.push_back(highest + i);
    }
    return seeds;
}

int waitingFor(const RunCatalog& catalog, const std::vector<storage::RunId>& runs)
{
    return static_cast<int>(
        std::count_if(catalog.runs().begin(), catalog.runs().end(), [&runs](const storage::RunOverview& overview) {
            return storage::isLive(overview.run.status) && belongs(overview.run, runs);
        }));
}

QString freeRunName(const RunCatalog& catalog, const QString& base)
{
    std::set<std::string> taken;
    for (const storage::RunOverview& overview : catalog.runs()) {
        taken.insert(overview.run.name);
    }
    return QString::fromStdString(
        trainer::freeName(base.toStdString(), [&taken](const std::string& name) { return taken.contains(name); }));
}

StartRequest repeatWith(const RunDetail& run, const trainer::PresetStore& presets, const Changes& changes)
{
    const auto isChanged = [&changes](const std::string& key) {
        return std::ranges::find(changes, key, &Changes::value_type::first) != changes.end();
    };
    const storage::Run& record = run.overview.run;
    const trainer::Preset preset = presets.load(record.preset.empty() ? "quick" : record.preset);
    const std::string file = record.name + ".yaml";
    trainer::PresetDocument document
        = trainer::PresetDocument::parse(record.presetText.empty() ? preset.document.text() : record.presetText, file);
    const trainer::Config written = presets.parse(document.text(), file).config;

    StartRequest request;
    forEachSetting(run, [&](const std::string& key, const trainer::Value& value) {
        request.config.set(key, value);
        // What the run declared counts, whatever its text says: a command line may have overridden it.
        if (!isChanged(key) && written.value(key) != value) {
            document = document.withValue(key, value);
        }
    });
    std::string command = record.command;
    for (const auto& [key, value] : changes) {
        request.config.set(key, value);
        document = document.withValue(key, value);
        command += ' ' + trainer::shellAssignment(key, value); // the last one given counts
    }
    request.preset = QString::fromStdString(record.preset);
    request.presetText = QString::fromStdString(document.text());
    request.command = QString::fromStdString(trainer::hasErrors(preset.problems)
            ? command
            : trainer::commandLine(preset.name, preset.config, request.config));
    request.name = QString::fromStdString(record.name);
    request.why = QString::fromStdString(record.why);
    request.parent = record.id;
    request.repeat = true;
    return request;
}

StartRequest repeatWithSeed(const RunDetail& run, const trainer::PresetStore& presets, std::int64_t seed)
{
    StartRequest request = repeatWith(run, presets, { { kSeedKey, trainer::Value(seed) } });
    request.name = QString::fromStdString(nameFor(run.overview.run.name, seed));
    request.queue = true;
    return request;
}

} // namespace nabiz::ui
