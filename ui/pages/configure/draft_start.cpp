// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/draft_start.h"
#include "ui/requests/seed_repeats.h"

#include "trainer/base/free_name.h"
#include "ui/dialogs/vary_dialog.h"
#include "ui/models/run_catalog.h"
#include "ui/models/speed/measured_speed.h"
#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/configure_side.h"

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
            .seconds = [speed = std::make_shared<trainer::SpeedForecast>(speedForecast(catalog))](
                           const trainer::Config& config) { return speed->seconds(config); },
            .freeGroup = [&catalog](const QString& base) { return freeGroup(catalog, base); } },
        parent);
    QObject::connect(dialog, &VaryDialog::chosen, parent, std::move(then));
    dialog->open();
}

} // namespace nabiz::ui
