// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_choice.h"

#include "ui/models/run_catalog.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace nabiz::ui {
namespace {

const QString kMetric = QStringLiteral("metric"), kUnit = QStringLiteral("x");
constexpr int kPalette = 64; // it comes again long before

// The same colour of the light palette.
QColor onPaper(const QColor& color)
{
    if (color == Theme::colors().text) {
        return Theme::lightColors().text;
    }
    for (int i = 0; Theme::isDark() && i < kPalette; ++i) {
        if (color == Theme::seriesColor(i, true)) {
            return Theme::seriesColor(i, false);
        }
    }
    return color;
}

} // namespace

CompareChoice::CompareChoice(RunCatalog& catalog)
    : m_catalog(catalog)
{
}

bool CompareChoice::setChecked(const std::vector<storage::RunId>& runs)
{
    return std::exchange(m_checked, runs) != runs;
}

void CompareChoice::setMetric(const std::string& metric)
{
    options.metric = metric;
    m_metricChosen = true;
}

bool CompareChoice::isChecked(storage::RunId run) const
{
    return std::find(m_checked.begin(), m_checked.end(), run) != m_checked.end();
}

std::vector<storage::RunId> CompareChoice::ordered() const
{
    std::vector<storage::RunId> runs;
    for (const storage::RunId run : m_checked) {
        if (m_catalog.detail(run)) {
            runs.push_back(run);
        }
    }
    const auto first = std::find(runs.begin(), runs.end(), m_baseline);
    if (first != runs.end()) {
        std::rotate(runs.begin(), first, first + 1);
    }
    return runs;
}

void CompareChoice::settle()
{
    std::erase_if(m_checked, [this](storage::RunId run) { return !m_catalog.overview(run); });
    if (!m_metricChosen) {
        options.metric = usualMetric(m_catalog, ordered());
    }
    for (const storage::RunId run : std::vector(m_checked)) {
        m_catalog.requireDetail(run);
        for (const std::string& metric : { options.metric, std::string("loss"), std::string("val.loss") }) {
            m_catalog.requireWhole(run, metric);
        }
    }
    if (!isChecked(m_baseline)) {
        // What a new run is compared with is the one that was there before it.
        m_baseline = m_checked.size() >= 2 ? *std::min_element(m_checked.begin(), m_checked.end()) : 0;
    }
}

std::vector<ComparisonColumn> CompareChoice::columns() const
{
    return compareColumns(lookupIn(m_catalog), ordered(), options.grouped);
}

bool CompareChoice::canGroup() const
{
    return hasGroups(compareColumns(lookupIn(m_catalog), ordered(), true));
}

CompareLook CompareChoice::look() const
{
    CompareLook look { {}, QString::fromStdString(options.metric), options.xUnit, options.logY, options.grouped, {} };
    for (const storage::RunId run : m_checked) { // loaded or not
        look.runs.insert(run == m_baseline ? 0 : look.runs.size(), run);
    }
    for (const ComparisonColumn& column : compareColumns(lookupIn(m_catalog), ordered(), look.grouped)) {
        look.colors[column.runs.front()] = onPaper(column.color);
    }
    return look;
}

// Fewer where there are not as many.
QList<qint64> CompareChoice::newestTwo() const
{
    QList<qint64> newest;
    for (const storage::RunOverview& overview : m_catalog.runs()) {
        if (overview.summary.batches > 0 && newest.size() < 2) {
            newest.append(overview.run.id);
        }
    }
    return newest;
}

void CompareChoice::keep(QJsonObject& state) const
{
    state.insert(kUnit, static_cast<int>(options.xUnit));
    if (m_metricChosen)
        state.insert(kMetric, QString::fromStdString(options.metric));
}

void CompareChoice::restore(const QJsonObject& state)
{
    options.xUnit = unitOfNumber(state.value(kUnit).toInt());
    if (const QString metric = state.value(kMetric).toString(); !metric.isEmpty())
        setMetric(metric.toStdString());
}

} // namespace nabiz::ui
