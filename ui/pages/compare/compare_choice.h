// SPDX-License-Identifier: GPL-3.0-or-later
// What Compare compares: which runs, which of them is the baseline, by what metric and how it is shown. Asks the
// catalogue for what it lacks. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/models/compare_look.h"
#include "ui/pages/compare/compare_content.h"

#include <QJsonObject>
#include <QList>
#include <string>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

class CompareChoice {
public:
    explicit CompareChoice(RunCatalog& catalog);

    const std::vector<storage::RunId>& checked() const { return m_checked; }
    // Whether they are others.
    bool setChecked(const std::vector<storage::RunId>& runs);
    bool isChecked(storage::RunId run) const;
    // 0 while there is nothing to compare; only one of the runs compared stays it.
    storage::RunId baseline() const { return m_baseline; }
    void setBaseline(storage::RunId run) { m_baseline = run; }
    // Until then it is the usual one of the runs.
    void setMetric(const std::string& metric);
    // Leaves out what has gone, asks for what is not loaded, and chooses what was not chosen.
    void settle();
    // The checked runs that are loaded, the baseline first.
    std::vector<storage::RunId> ordered() const;
    std::vector<ComparisonColumn> columns() const;
    bool canGroup() const;
    // For a report that is to say the same.
    CompareLook look() const;
    // Fewer where there are not as many.
    QList<qint64> newestTwo() const;
    void keep(QJsonObject& state) const;
    void restore(const QJsonObject& state);

    CompareOptions options;

private:
    RunCatalog& m_catalog;
    std::vector<storage::RunId> m_checked;
    storage::RunId m_baseline = 0;
    bool m_metricChosen = false;
};

} // namespace nabiz::ui
