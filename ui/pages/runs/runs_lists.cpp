// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/runs_lists.h"

#include "ui/models/run_catalog.h"
#include "ui/models/run_table_model.h"
#include "ui/table/run_table_columns.h"
#include "ui/table/run_table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_popup.h"

#include <QPushButton>

#include <map>

namespace nabiz::ui {

using storage::RunField;

RunsLists::RunsLists(RunCatalog& catalog, RunTableModel& model, RunTableView& table, QWidget& page)
    : QObject(&page)
    , m_catalog(catalog)
    , m_model(model)
    , m_table(table)
    , m_columns(new ChoicePopup(ChoicePopup::Mode::Many, &page))
    , m_groups(new ChoicePopup(ChoicePopup::Mode::One, &page))
    , m_tags(new ChoicePopup(ChoicePopup::Mode::Many, &page))
{
    m_columns->setObjectName(QStringLiteral("columnPopup"));
    m_groups->setObjectName(QStringLiteral("groupPopup"));
    m_tags->setObjectName(QStringLiteral("tagPopup"));
    m_tags->setTakesNew(true);
    connect(m_columns, &ChoicePopup::chosen, this,
        [this](const QString& key, bool on) { m_table.columns().showOnly(m_model.columns().indexOf(key), on); });
    connect(m_columns, &ChoicePopup::footerClicked, &table.columns(), &RunTableColumns::reset);
    connect(m_groups, &ChoicePopup::chosen, this, [this](const QString& key) {
        m_model.setGroupKey(key);
        Q_EMIT grouped();
    });
    connect(m_tags, &ChoicePopup::chosen, this, &RunsLists::setTag);
    retranslateUi();
}

QPushButton* RunsLists::button(const char* name)
{
    auto* made = new QPushButton;
    made->setObjectName(QLatin1String(name));
    made->setIcon(Theme::icon(QStringLiteral("chevron-down")));
    made->setLayoutDirection(Qt::RightToLeft);
    return made;
}

void RunsLists::retranslateUi()
{
    m_columns->setAccessibleName(tr("Columns"));
    m_groups->setAccessibleName(tr("Group by"));
    m_tags->setAccessibleName(tr("Tags of the selected runs"));
}

QString RunsLists::groupTitle(const QString& key) const
{
    const int index = m_model.columns().indexOf(key);
    if (index < 0)
        return key;
    const RunColumn& column = m_model.columns().at(index);
    if (column.field == RunField::Starred)
        return tr("Star");
    return m_model.columns().title(column);
}

void RunsLists::openColumns(QWidget* under)
{
    QList<ChoicePopup::Choice> choices;
    for (int column = 1; column < m_model.columnCount(); ++column) {
        const RunColumn& shown = m_model.columns().at(column);
        const QString title = m_model.columns().title(shown);
        choices.append({ shown.key,
            shown.field == RunField::Starred ? tr("Star")
                : shown.field                ? title
                                             : shown.key,
            shown.field ? shown.key : QString(), m_table.columns().isShown(column) });
    }
    m_columns->open(choices, under, tr("Reset columns"));
}

void RunsLists::openGroups(QWidget* under)
{
    const QString now = m_model.groupKey();
    QList<ChoicePopup::Choice> choices { { {}, tr("Not grouped"), {}, now.isEmpty() } };
    for (const RunField field :
        { RunField::Status, RunField::Group, RunField::Preset, RunField::Tag, RunField::Seed, RunField::Starred }) {
        const RunColumn& column = m_model.columns().at(m_model.columns().indexOf(field));
        choices.append({ column.key, groupTitle(column.key), {}, now == column.key });
    }
    // What differs among the runs tells something; what all have in common is one group.
    QList<ChoicePopup::Choice> same;
    for (const RunColumn& column : m_model.columns().all()) {
        if (column.field)
            continue;
        (m_model.differs(column) ? choices : same).append({ column.key, column.key, {}, now == column.key });
    }
    m_groups->open(choices + same, under);
}

void RunsLists::openTags(QWidget* under)
{
    const QList<qint64> runs = m_table.selectedRuns();
    std::map<QString, qsizetype> found;
    for (const storage::RunOverview& overview : m_catalog.runs()) {
        for (const std::string& tag : overview.run.tags)
            found[QString::fromStdString(tag)] += runs.contains(overview.run.id) ? 1 : 0;
    }
    QList<ChoicePopup::Choice> choices;
    for (const auto& [tag, count] : found) {
        const bool isMixed = count > 0 && count < runs.size();
        choices.append(
            { tag, tag, isMixed ? tr("%1 of %2").arg(count).arg(runs.size()) : QString(), count == runs.size() });
    }
    m_tags->open(choices, under);
}

void RunsLists::setTag(const QString& tag, bool on)
{
    for (const qint64 run : m_table.selectedRuns()) {
        const storage::RunOverview* overview = m_catalog.overview(run);
        if (!overview)
            continue;
        QStringList all;
        for (const std::string& known : overview->run.tags)
            all << QString::fromStdString(known);
        if (all.contains(tag) == on)
            continue;
        on ? all.append(tag) : static_cast<void>(all.removeAll(tag));
        Q_EMIT editRequested(RunEdit::tag(run, all));
    }
}

} // namespace nabiz::ui
