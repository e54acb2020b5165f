// SPDX-License-Identifier: GPL-3.0-or-later
// What opens on the Runs page, and what its lines say.
#include "ui/models/checked_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/runs/runs_page_private.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_popup.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/run_table_view.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace nabiz::ui {

using storage::RunField;

QString RunsPage::Private::groupTitle(const QString& key) const
{
    const int index = model->columns().indexOf(key);
    if (index < 0)
        return key;
    const RunColumn& column = model->columns().at(index);
    if (column.field == RunField::Starred)
        return RunsPage::tr("Star");
    return model->columns().title(column);
}

void RunsPage::Private::showHelp()
{
    auto* popup = new QFrame(&page, Qt::Popup);
    popup->setObjectName(QStringLiteral("filterHelp"));
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setProperty("card", true);
    auto* text = new QLabel(RunsPage::tr(
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
    text->setMinimumWidth(page.fontMetrics().averageCharWidth() * 72);
    auto* layout = new QVBoxLayout(popup);
    layout->setContentsMargins(kMargin, kGap, kMargin, kGap);
    layout->addWidget(text);
    popup->adjustSize();
    const QPoint corner = help->mapToGlobal(QPoint(help->width(), help->height() + 2));
    popup->move(corner - QPoint(popup->width(), 0));
    popup->show();
}

void RunsPage::Private::showInCharts(const QList<qint64>& runs, bool on)
{
    auto wanted = checked.runs();
    std::erase_if(wanted, [&](storage::RunId run) { return runs.contains(run); });
    if (on)
        wanted.insert(wanted.end(), runs.begin(), runs.end());
    checked.set(wanted);
}

void RunsPage::Private::showMenu(const QPoint& at)
{
    const QList<qint64> runs = table->selectedRuns();
    const storage::RunOverview* current = catalog.overview(table->currentRun());
    if (runs.isEmpty() || !current)
        return;
    const bool isOne = runs.size() == 1;
    auto* menu = new QMenu(&page);
    menu->setObjectName(QStringLiteral("runsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto starred = [this](qint64 run) { return catalog.overview(run) && catalog.overview(run)->run.starred; };
    const auto isChecked = [this](qint64 run) { return checked.contains(run); };
    const bool allStarred = std::all_of(runs.begin(), runs.end(), starred);
    const bool allChecked = std::all_of(runs.begin(), runs.end(), isChecked);
    const bool allLive = std::all_of(runs.begin(), runs.end(),
        [this](qint64 run) { return !catalog.overview(run) || storage::isLive(catalog.overview(run)->run.status); });
    const auto add = [&](const char* name, const QString& text, const QKeySequence& key, auto action) {
        QAction* made = menu->addAction(text, &page, action);
        made->setObjectName(QLatin1String(name));
        made->setShortcut(key);
        return made;
    };
    add("watchAction", RunsPage::tr("&Watch"), Qt::Key_Return, [this] {
        Q_EMIT page.watchRequested(table->currentRun());
    })->setEnabled(isOne);
    add("compareAction", RunsPage::tr("Com&pare"), {}, [this, runs] {
        Q_EMIT page.compareRequested(runs);
    })->setEnabled(!isOne);
    add("reportAction", RunsPage::tr("Rep&ort"), {}, [this, runs] { Q_EMIT page.reportRequested(runs); });
    add("chartsAction", allChecked ? RunsPage::tr("Take out of the &charts") : RunsPage::tr("Show in &charts"),
        Qt::Key_Space, [this, runs, allChecked] { showInCharts(runs, !allChecked); })
        ->setEnabled(runs.size() <= 100);
    add("starAction", allStarred ? RunsPage::tr("Take the &star away") : RunsPage::tr("&Star"), Qt::Key_S,
        [this, runs, allStarred] { Q_EMIT page.editRequested(RunEdit::star(runs, !allStarred)); });
    menu->addSeparator();
    add("renameAction", RunsPage::tr("&Rename"), Qt::Key_F2, [this] {
        table->editField(RunField::Name);
    })->setEnabled(isOne);
    add("tagsAction", RunsPage::tr("Edit &tags"), {},
        [this, isOne] { isOne ? table->editField(RunField::Tag) : openTags(); });
    add("noteAction", RunsPage::tr("Edit &note"), {}, [this] { table->editField(RunField::Note); })->setEnabled(isOne);
    add("cloneAction", RunsPage::tr("&Edit as new"), Qt::CTRL | Qt::Key_D, [this] {
        Q_EMIT page.editAsNewRequested(table->currentRun());
    })->setEnabled(isOne);
    menu->addSeparator();
    add("copyRowsAction", RunsPage::tr("Copy ro&ws"), QKeySequence::Copy, [this] { table->copySelection(); });
    add("copyCommandAction", RunsPage::tr("Copy co&mmand"), {},
        [command = QString::fromStdString(current->run.command)] { QApplication::clipboard()->setText(command); })
        ->setVisible(isOne && !current->run.command.empty());
    menu->addSeparator();
    add("trashAction", RunsPage::tr("Put in the tras&h"), QKeySequence::Delete, [this, runs] {
        Q_EMIT page.editRequested(RunEdit::trash(runs));
    })->setEnabled(!allLive);
    menu->popup(at);
}

void RunsPage::Private::showHeaderMenu(int column, const QPoint& at)
{
    auto* menu = new QMenu(&page);
    menu->setObjectName(QStringLiteral("headerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (column >= 0) {
        const RunColumn shown = model->columns().at(column);
        const auto sort = [this, key = shown.key](bool down) { model->setSort({ { key, down } }); };
        menu->addAction(RunsPage::tr("Smallest &first"), &page, [sort] { sort(false); });
        menu->addAction(RunsPage::tr("&Largest first"), &page, [sort] { sort(true); });
        menu->addAction(RunsPage::tr("&Newest first"), &page, [this] { model->setSort({}); })
            ->setEnabled(!model->sort().empty());
        menu->addSeparator();
        menu->addAction(RunsPage::tr("&Group by this"), &page, [this, key = shown.key] {
            model->setGroupKey(key);
            retranslateUi();
        });
        menu->addAction(RunsPage::tr("&Hide this column"), &page, [this, column] { table->showOnly(column, false); })
            ->setEnabled(column != 0);
        menu->addSeparator();
    }
    if (model->isGrouped()) {
        menu->addAction(RunsPage::tr("&Open all groups"), &page, [this] { table->expandGroups(true); });
        menu->addAction(RunsPage::tr("&Close all groups"), &page, [this] { table->expandGroups(false); });
        menu->addSeparator();
    }
    menu->addAction(RunsPage::tr("Columns…"), &page, [this] { openColumns(); });
    menu->popup(at);
}

void RunsPage::Private::onEmptyButton()
{
    if (!catalog.runs().empty())
        filter->clear();
    else
        Q_EMIT page.configureRequested();
}

void RunsPage::Private::update()
{
    const bool hasRuns = !catalog.runs().empty();
    const bool isEmpty = model->rowCount() == 0;
    stack->setCurrentWidget(isEmpty ? static_cast<QWidget*>(empty) : table);
    emptyText->setText(hasRuns
            ? RunsPage::tr("No run matches the filter.")
            : RunsPage::tr("Runs will be listed here, with what they were made of and what they reached."));
    emptyButton->setText(hasRuns ? RunsPage::tr("Clear the filter") : RunsPage::tr("Configure the first"));
    Theme::setAccent(emptyButton, !hasRuns);
    showState();
}

void RunsPage::Private::showState()
{
    const auto selected = table->selectionModel()->selectedRows().size();
    for (QPushButton* one : selectionButtons())
        one->setVisible(selected > 0);
    clone->setEnabled(selected == 1);
    compare->setEnabled(selected > 1);
    if (!problem.isEmpty()) {
        state->setText(problem);
        Theme::setRole(state, isUnfinished ? "small" : "bad");
        return;
    }
    Theme::setRole(state, "small");
    const auto all = static_cast<qint64>(catalog.runs().size());
    const auto shown = static_cast<qint64>(model->shown());
    QStringList parts;
    parts.append(shown == all
            ? RunsPage::tr("%n run(s)", nullptr, static_cast<int>(all)).replace(QString::number(all), countText(all))
            : RunsPage::tr("%1 of %2 runs").arg(countText(shown), countText(all)));
    if (model->isGrouped())
        parts.append(RunsPage::tr("%n group(s)", nullptr, static_cast<int>(model->groups().size())));
    if (checked.size() > 0)
        parts.append(RunsPage::tr("%n in charts", nullptr, static_cast<int>(checked.size())));
    if (selected > 1)
        parts.append(RunsPage::tr("%n selected", nullptr, static_cast<int>(selected)));
    state->setText(all == 0 ? QString() : parts.join(QStringLiteral(" · ")));
}

void RunsPage::Private::retranslateUi()
{
    filter->setPlaceholderText(RunsPage::tr("Filter: words, or loss.best < 0.01 and batch_size = 4"));
    filter->setAccessibleName(RunsPage::tr("Filter runs"));
    help->setToolTip(RunsPage::tr("What can be written here"));
    help->setAccessibleName(RunsPage::tr("Help on filters"));
    group->setText(model->groupKey().isEmpty() ? RunsPage::tr("&Group")
                                               : RunsPage::tr("&Group: %1").arg(groupTitle(model->groupKey())));
    columns->setText(RunsPage::tr("Co&lumns"));
    const auto waiting = static_cast<qint64>(catalog.trash().size());
    trashButton->setText(waiting == 0 ? RunsPage::tr("Tras&h") : RunsPage::tr("Tras&h (%1)").arg(countText(waiting)));
    compare->setText(RunsPage::tr("Compare"));
    report->setText(RunsPage::tr("Report"));
    tags->setText(RunsPage::tr("Tags"));
    compare->setToolTip(RunsPage::tr("Lay the selected runs over each other"));
    report->setToolTip(RunsPage::tr("A report on the selected runs"));
    tags->setToolTip(RunsPage::tr("Give the selected runs a tag, or take it away"));
    tagPopup->setAccessibleName(RunsPage::tr("Tags of the selected runs"));
    star->setText(RunsPage::tr("Star"));
    clone->setText(RunsPage::tr("Edit as new"));
    remove->setText(RunsPage::tr("Put in the trash"));
    star->setToolTip(RunsPage::tr("Star, or take the star away (S)"));
    clone->setToolTip(RunsPage::tr("Configure a run with these settings (Ctrl+D)"));
    remove->setToolTip(RunsPage::tr("Can be undone (Delete)"));
    table->setAccessibleName(RunsPage::tr("Runs"));
    columnPopup->setAccessibleName(RunsPage::tr("Columns"));
    groupPopup->setAccessibleName(RunsPage::tr("Group by"));
    update();
}

} // namespace nabiz::ui
