// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/runs_menus.h"

#include "ui/models/checked_runs.h"
#include "ui/models/group_members.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_table_model.h"
#include "ui/requests/start_request.h"
#include "ui/table/run_table_columns.h"
#include "ui/table/run_table_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

using storage::RunField;

RunsMenus::RunsMenus(const Parts& parts)
    : QObject(&parts.page)
    , m_parts(parts)
{
}

void RunsMenus::openFilterHelp(const QWidget& under)
{
    auto* popup = new QFrame(&m_parts.page, Qt::Popup);
    popup->setObjectName(QStringLiteral("filterHelp"));
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setProperty("card", true);
    auto* text = new QLabel(tr(
        "<p><b>Words</b> are looked for in name, tags, note and preset. Two words mean both; \"quotation marks\" hold "
        "them together.</p>"
        "<p><b>Comparisons</b>: <code>= != &lt; &lt;= &gt; &gt;=</code>, and <code>~</code> for a part of a text.<br>"
        "<code>loss.best &lt; 0.01 and training.batch_size = 4</code><br>"
        "<code>(tag = first or starred) and not status = failed</code><br>"
        "<code>memory.peak &lt; 2GB &nbsp; seconds &gt; 1.5h &nbsp; started &gt;= 2026-05-04</code></p>"
        "<p>The last part of a name is enough where it is unique: <code>batch_size = 4</code>.</p>"
        "<p>A run <b>without the value</b> does not match, not even under <code>not</code> or <code>!=</code>. "
        "<code>val.loss.best = none</code> finds those runs.</p>"
        "<p>Ctrl+Space lists the names; the tool tips of the header have them too.</p>"));
    text->setObjectName(QStringLiteral("filterHelpLabel"));
    text->setWordWrap(true);
    text->setMinimumWidth(m_parts.page.fontMetrics().averageCharWidth() * 72);
    auto* layout = new QVBoxLayout(popup);
    layout->setContentsMargins(kMargin, kGap, kMargin, kGap);
    layout->addWidget(text);
    popup->adjustSize();
    const QPoint corner = under.mapToGlobal(QPoint(under.width(), under.height() + 2));
    popup->move(corner - QPoint(popup->width(), 0));
    popup->show();
}

void RunsMenus::showInCharts(const QList<qint64>& runs, bool on)
{
    auto wanted = m_parts.checked.runs();
    std::erase_if(wanted, [&](storage::RunId run) { return runs.contains(run); });
    if (on)
        wanted.insert(wanted.end(), runs.begin(), runs.end());
    m_parts.checked.set(wanted);
}

void RunsMenus::openMenu(const QPoint& at)
{
    const QList<qint64> runs = m_parts.table.selectedRuns();
    const storage::RunOverview* current = m_parts.catalog.overview(m_parts.table.currentRun());
    if (runs.isEmpty() || !current)
        return;
    const bool isOne = runs.size() == 1;
    auto* menu = new QMenu(&m_parts.page);
    menu->setObjectName(QStringLiteral("runsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto starred
        = [this](qint64 run) { return m_parts.catalog.overview(run) && m_parts.catalog.overview(run)->run.starred; };
    const auto isChecked = [this](qint64 run) { return m_parts.checked.contains(run); };
    const bool allStarred = std::all_of(runs.begin(), runs.end(), starred);
    const bool allChecked = std::all_of(runs.begin(), runs.end(), isChecked);
    const bool allLive = std::all_of(runs.begin(), runs.end(), [this](qint64 run) {
        return !m_parts.catalog.overview(run) || storage::isLive(m_parts.catalog.overview(run)->run.status);
    });
    const auto add = [&](const char* name, const QString& text, const QKeySequence& key, auto action) {
        QAction* made = menu->addAction(text, &m_parts.page, action);
        made->setObjectName(QLatin1String(name));
        made->setShortcut(key);
        return made;
    };
    add("watchAction", tr("&Watch"), Qt::Key_Return, [this] {
        Q_EMIT m_parts.page.watchRequested(m_parts.table.currentRun());
    })->setEnabled(isOne);
    add("compareAction", tr("Com&pare"), {}, [this, runs] {
        Q_EMIT m_parts.page.compareRequested(runs);
    })->setEnabled(!isOne);
    const QList<qint64> group = runsOfGroup(m_parts.catalog, current->run.group);
    add("compareGroupAction", tr("Compare its &group"), {}, [this, group] {
        Q_EMIT m_parts.page.compareRequested(group);
    })->setVisible(group.size() > 1);
    add("reportAction", tr("Rep&ort"), {}, [this, runs] { Q_EMIT m_parts.page.reportRequested(runs); });
    add("chartsAction", allChecked ? tr("Take out of the &charts") : tr("Show in &charts"), Qt::Key_Space,
        [this, runs, allChecked] { showInCharts(runs, !allChecked); })
        ->setEnabled(runs.size() <= 100);
    add("starAction", allStarred ? tr("Take the &star away") : tr("&Star"), Qt::Key_S,
        [this, runs, allStarred] { Q_EMIT m_parts.page.editRequested(RunEdit::star(runs, !allStarred)); });
    menu->addSeparator();
    add("renameAction", tr("&Rename"), Qt::Key_F2, [this] {
        m_parts.table.editField(RunField::Name);
    })->setEnabled(isOne);
    add("tagsAction", tr("Edit &tags"), {},
        [this, isOne] { isOne ? m_parts.table.editField(RunField::Tag) : Q_EMIT tagsWanted(); });
    add("noteAction", tr("Edit &note"), {}, [this] { m_parts.table.editField(RunField::Note); })->setEnabled(isOne);
    add("cloneAction", tr("&Edit as new"), Qt::CTRL | Qt::Key_D, [this] {
        Q_EMIT m_parts.page.editAsNewRequested(m_parts.table.currentRun());
    })->setEnabled(isOne);
    add("resumeAction", tr("Res&ume"), {}, [this, run = current->run.id] {
        Q_EMIT m_parts.page.resumeRequested(run, false);
    })->setVisible(isOne && isCutOff(current->run));
    menu->addSeparator();
    add("copyRowsAction", tr("Copy ro&ws"), QKeySequence::Copy, [this] { m_parts.table.copySelection(); });
    add("copyCommandAction", tr("Copy co&mmand"), {}, [command = QString::fromStdString(current->run.command)] {
        QApplication::clipboard()->setText(command);
    })->setVisible(isOne && !current->run.command.empty());
    menu->addSeparator();
    add("trashAction", tr("Put in the tras&h"), QKeySequence::Delete, [this, runs] {
        Q_EMIT m_parts.page.editRequested(RunEdit::trash(runs));
    })->setEnabled(!allLive);
    menu->popup(at);
}

void RunsMenus::openHeaderMenu(int column, const QPoint& at)
{
    auto* menu = new QMenu(&m_parts.page);
    menu->setObjectName(QStringLiteral("headerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (column >= 0) {
        const RunColumn shown = m_parts.model.columns().at(column);
        const auto sort = [this, key = shown.key](bool down) { m_parts.model.setSort({ { key, down } }); };
        menu->addAction(tr("Smallest &first"), &m_parts.page, [sort] { sort(false); });
        menu->addAction(tr("&Largest first"), &m_parts.page, [sort] { sort(true); });
        menu->addAction(tr("&Newest first"), &m_parts.page, [this] { m_parts.model.setSort({}); })
            ->setEnabled(!m_parts.model.sorting().empty());
        menu->addSeparator();
        menu->addAction(tr("&Group by this"), &m_parts.page, [this, key = shown.key] {
            m_parts.model.setGroupKey(key);
            Q_EMIT grouped();
        });
        menu->addAction(tr("&Hide this column"), &m_parts.page,
                [this, column] { m_parts.table.columns().showOnly(column, false); })
            ->setEnabled(column != 0);
        menu->addSeparator();
    }
    if (m_parts.model.groups().isGrouped()) {
        menu->addAction(tr("&Open all groups"), &m_parts.page, [this] { m_parts.table.expandGroups(true); });
        menu->addAction(tr("&Close all groups"), &m_parts.page, [this] { m_parts.table.expandGroups(false); });
        menu->addSeparator();
    }
    menu->addAction(tr("Columns…"), &m_parts.page, [this] { Q_EMIT columnsWanted(); });
    menu->popup(at);
}

} // namespace nabiz::ui
