// SPDX-License-Identifier: GPL-3.0-or-later
// The lists that open under the buttons of the Runs page: columns, groups, and the tags of the selected runs.
#include "ui/models/run_catalog.h"
#include "ui/pages/runs/runs_page_private.h"
#include "ui/widgets/choice_popup.h"
#include "ui/widgets/run_table_view.h"

#include <QPushButton>
#include <map>

namespace nabiz::ui {

using storage::RunField;

void RunsPage::Private::openColumns()
{
    QList<ChoicePopup::Choice> choices;
    for (int column = 1; column < model->columnCount(); ++column) {
        const RunColumn& shown = model->columns().at(column);
        const QString title = model->columns().title(shown);
        choices.append({ shown.key,
            shown.field == RunField::Starred ? RunsPage::tr("Star")
                : shown.field                ? title
                                             : shown.key,
            shown.field ? shown.key : QString(), table->isColumnShown(column) });
    }
    columnPopup->open(choices, columns, RunsPage::tr("Reset columns"));
}

void RunsPage::Private::openGroups()
{
    const QString now = model->groupKey();
    QList<ChoicePopup::Choice> choices { { {}, RunsPage::tr("Not grouped"), {}, now.isEmpty() } };
    for (const RunField field :
        { RunField::Status, RunField::Preset, RunField::Tag, RunField::Seed, RunField::Starred }) {
        const RunColumn& column = model->columns().at(model->columns().indexOf(field));
        choices.append({ column.key, groupTitle(column.key), {}, now == column.key });
    }
    // What differs among the runs tells something; what all have in common is one group.
    QList<ChoicePopup::Choice> same;
    for (const RunColumn& column : model->columns().all()) {
        if (column.field)
            continue;
        (model->differs(column) ? choices : same).append({ column.key, column.key, {}, now == column.key });
    }
    groupPopup->open(choices + same, group);
}

void RunsPage::Private::openTags()
{
    const QList<qint64> runs = table->selectedRuns();
    std::map<QString, qsizetype> found;
    for (const storage::RunOverview& overview : catalog.runs()) {
        for (const std::string& tag : overview.run.tags)
            found[QString::fromStdString(tag)] += runs.contains(overview.run.id) ? 1 : 0;
    }
    QList<ChoicePopup::Choice> choices;
    for (const auto& [tag, count] : found) {
        const bool isMixed = count > 0 && count < runs.size();
        choices.append({ tag, tag, isMixed ? RunsPage::tr("%1 of %2").arg(count).arg(runs.size()) : QString(),
            count == runs.size() });
    }
    tagPopup->open(choices, tags);
}

void RunsPage::Private::setTag(const QString& tag, bool on)
{
    for (const qint64 run : table->selectedRuns()) {
        const storage::RunOverview* overview = catalog.overview(run);
        if (!overview)
            continue;
        QStringList all;
        for (const std::string& known : overview->run.tags)
            all << QString::fromStdString(known);
        if (all.contains(tag) == on)
            continue;
        on ? all.append(tag) : static_cast<void>(all.removeAll(tag));
        Q_EMIT page.editRequested(RunEdit::tag(run, all));
    }
}

} // namespace nabiz::ui
