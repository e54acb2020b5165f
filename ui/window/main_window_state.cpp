// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers from one start of the program to the next: each page's own choices, and which runs of a
// database are looked at.
#include "ui/window/main_window_private.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/widgets/run_list.h"
#include "ui/window/page_stack.h"

#include <QJsonArray>

namespace nabiz::ui {

namespace {

const QString kCurrent = QStringLiteral("current"), kChecked = QStringLiteral("checked"),
              kBaseline = QStringLiteral("baseline");

} // namespace

QByteArray MainWindow::pageState(Page page) const
{
    return m_private->pages->state(page);
}

void MainWindow::restorePage(Page page, const QByteArray& state)
{
    m_private->pages->restore(page, state);
}

QJsonObject MainWindow::selection() const
{
    if (m_private->awaitedSelection)
        return *m_private->awaitedSelection; // its runs have not come yet
    QJsonArray checked;
    for (const storage::RunId run : m_private->runs->checked())
        checked.append(static_cast<qint64>(run));
    return { { kCurrent, m_private->runs->current() }, { kChecked, checked },
        { kBaseline, static_cast<qint64>(m_private->compare->baseline()) } };
}

void MainWindow::awaitSelection(const QJsonObject& selection)
{
    m_private->awaitedSelection = selection;
}

// The newest run where nothing of what was looked at is there any more.
void MainWindow::Private::takeSelection()
{
    const QJsonObject selection = awaitedSelection.value_or(QJsonObject());
    const bool isOther = awaitedSelection.has_value();
    awaitedSelection.reset();
    if (!isOther && runs->current() != 0)
        return;
    std::vector<storage::RunId> checked;
    for (const QJsonValue& value : selection.value(kChecked).toArray()) {
        if (catalog.overview(value.toInteger()))
            checked.push_back(value.toInteger());
    }
    const qint64 current = selection.value(kCurrent).toInteger();
    if (catalog.overview(current)) {
        runs->setChecked(checked);
        runs->setCurrent(current);
    } else if (!catalog.runs().empty()) {
        const storage::RunId newest = catalog.runs().front().run.id;
        runs->setChecked(checked.empty() ? std::vector { newest } : checked);
        runs->setCurrent(newest);
    }
    if (const qint64 baseline = selection.value(kBaseline).toInteger(); baseline != 0)
        compare->setBaseline(baseline);
}

} // namespace nabiz::ui
