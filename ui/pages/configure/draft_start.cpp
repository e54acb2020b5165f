// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/draft_start.h"
#include "ui/requests/seed_repeats.h"

#include "trainer/base/free_name.h"
#include "ui/dialogs/vary_dialog.h"
#include "ui/models/run_catalog.h"
#include "ui/models/speed/measured_speed.h"
#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/configure_side.h"

#include <QSysInfo>

#include <map>
#include <set>
#include <utility>

namespace nabiz::ui {

namespace {

QString freeIn(const std::set<std::string>& taken, const QString& base)
{
    return QString::fromStdString(
        trainer::freeName(base.toStdString(), [&taken](const std::string& name) { return taken.contains(name); }));
}

QString freeGroup(const RunCatalog& catalog, const QString& base)
{
    std::set<std::string> taken;
    for (const storage::RunOverview& overview : catalog.runs())
        taken.insert(overview.run.group);
    return freeIn(taken, base);
}

// Cells that differ in nothing that a batch's time hangs on are looked up once.
class CellSpeed {
public:
    explicit CellSpeed(const RunCatalog& catalog)
        : m_catalog(catalog)
    {
    }

    std::optional<double> seconds(const trainer::Config& config)
    {
        std::string work;
        for (const trainer::Parameter& row : trainer::parameterTable()) {
            if (decidesWork(row.key))
                work += trainer::toYaml(config.value(row.key)) + '\n';
        }
        const auto [place, isNew] = m_measured.emplace(std::move(work), std::nullopt);
        if (isNew)
            place->second = measuredBatchSeconds(m_catalog, config, QSysInfo::machineHostName().toStdString());
        const auto batches
            = config.integer("training.max_steps") * config.integer("training.gradient_accumulation_steps");
        return place->second ? std::optional(*place->second * static_cast<double>(batches)) : std::nullopt;
    }

private:
    const RunCatalog& m_catalog;
    std::map<std::string, std::optional<double>> m_measured;
};

} // namespace

StartRequest requestOf(const ConfigureDraft& draft, const ConfigureSide& side, const RunCatalog& catalog)
{
    StartRequest request;
    request.config = draft.config();
    request.preset = draft.origin().presetName();
    request.presetText = QString::fromStdString(draft.yaml());
    request.command = draft.command();
    request.name = side.name().isEmpty() ? freeRunName(catalog, draft.name()) : side.name();
    request.why = side.why();
    request.parent = draft.origin().parent;
    return request;
}

void askToVary(ConfigureDraft& draft, const ConfigureSide& side, const RunCatalog& catalog, QWidget* parent,
    std::function<void(const StartRequest&)> then)
{
    StartRequest request = requestOf(draft, side, catalog);
    if (!side.nameIsTyped()) // a group's runs begin with what they are made from, as on the command line
        request.name = draft.name();
    auto* const dialog = new VaryDialog(std::move(request),
        { .problems = [machine = draft.inspection().machine()](
                          const trainer::Config& config) { return trainer::validate(config, machine); },
            .seconds = [speed = std::make_shared<CellSpeed>(catalog)](
                           const trainer::Config& config) { return speed->seconds(config); },
            .freeGroup = [&catalog](const QString& base) { return freeGroup(catalog, base); } },
        parent);
    QObject::connect(dialog, &VaryDialog::chosen, parent, std::move(then));
    dialog->open();
}

} // namespace nabiz::ui
