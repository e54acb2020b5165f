// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/run_selection.h"

#include "ui/models/run_catalog.h"
#include "ui/models/run_colors.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/widgets/run_list.h"
#include "ui/window/page_stack.h"

#include <QJsonArray>

#include <map>
#include <optional>

namespace nabiz::ui {

namespace {

const QString kCurrent = QStringLiteral("current"), kChecked = QStringLiteral("checked"),
              kBaseline = QStringLiteral("baseline"), kColors = QStringLiteral("colors");

} // namespace

RunSelection::RunSelection(RunCatalog& catalog, RunList& list, PageStack& pages, QObject* parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_list(list)
    , m_pages(pages)
{
    connect(&list, &RunList::selectionChanged, this, &RunSelection::tellPages);
    connect(&list, &RunList::colorChosen, this, [this](qint64 run, int number) {
        RunColors::choose(run, number < 0 ? std::nullopt : std::optional(number));
        tellPages();
        m_list.update();
    });
    connect(&catalog, &RunCatalog::runsReset, this, &RunSelection::take);
    tellPages();
}

qint64 RunSelection::current() const
{
    return m_list.current();
}

void RunSelection::setCurrent(qint64 run)
{
    m_list.setCurrent(run);
}

void RunSelection::select(const std::vector<storage::RunId>& runs)
{
    m_list.setChecked(runs);
    m_list.setCurrent(runs.empty() ? 0 : runs.front());
}

void RunSelection::add(qint64 run)
{
    m_list.check(run);
    m_list.setCurrent(run);
}

QJsonObject RunSelection::state() const
{
    if (m_awaited)
        return *m_awaited; // its runs have not come yet
    QJsonArray checked;
    for (const storage::RunId run : m_list.checked())
        checked.append(static_cast<qint64>(run));
    QJsonObject colors;
    for (const auto& [run, number] : RunColors::chosen())
        colors.insert(QString::number(run), number);
    return { { kCurrent, m_list.current() }, { kChecked, checked }, { kColors, colors },
        { kBaseline, static_cast<qint64>(m_pages.find<ComparePage>()->baseline()) } };
}

void RunSelection::await(const QJsonObject& state)
{
    m_awaited = state;
}

// The newest run where nothing of what was looked at is there any more.
void RunSelection::take()
{
    const QJsonObject state = m_awaited.value_or(QJsonObject());
    const bool isOther = m_awaited.has_value();
    m_awaited.reset();
    if (!isOther && m_list.current() != 0)
        return;
    std::vector<storage::RunId> checked;
    for (const QJsonValue& value : state.value(kChecked).toArray()) {
        if (m_catalog.overview(value.toInteger()))
            checked.push_back(value.toInteger());
    }
    std::map<storage::RunId, int> colors;
    const QJsonObject kept = state.value(kColors).toObject();
    for (const QString& run : kept.keys())
        colors[run.toLongLong()] = kept.value(run).toInt();
    if (isOther)
        RunColors::setChosen(std::move(colors));
    const qint64 current = state.value(kCurrent).toInteger();
    if (m_catalog.overview(current)) {
        m_list.setChecked(checked);
        m_list.setCurrent(current);
    } else if (!m_catalog.runs().empty()) {
        const storage::RunId newest = m_catalog.runs().front().run.id;
        m_list.setChecked(checked.empty() ? std::vector { newest } : checked);
        m_list.setCurrent(newest);
    }
    if (const qint64 baseline = state.value(kBaseline).toInteger(); baseline != 0)
        m_pages.find<ComparePage>()->setBaseline(baseline);
}

void RunSelection::tellPages()
{
    const std::vector<storage::RunId> checked = m_list.checked();
    std::vector<storage::RunId> shown = checked;
    shown.push_back(m_list.current());
    RunColors::show(shown);
    m_pages.showRuns(m_list.current(), checked);
    // From here on no page draws any other.
    const storage::RunOverview* const current = m_catalog.overview(m_list.current());
    if (current && current->run.parent)
        shown.push_back(*current->run.parent);
    m_catalog.keepDetails(shown);
    Q_EMIT changed();
}

} // namespace nabiz::ui
