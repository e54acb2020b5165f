// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a comparison by colour and name, each a switch for its curve, with its value under the cursor. GUI
// thread.
#pragma once

#include "storage/records.h"
#include "ui/pages/compare_content.h"

#include <QWidget>
#include <map>
#include <optional>
#include <vector>

class QHBoxLayout;
class QPushButton;

namespace nabiz::ui {

class RunCatalog;

class CompareLegend : public QWidget {
    Q_OBJECT
public:
    explicit CompareLegend(QWidget* parent = nullptr);
    void setRuns(const RunCatalog& catalog, const std::vector<storage::RunId>& runs, const CompareOptions& options);

public Q_SLOTS:
    // Values at the last sample at or before x; without a cursor the last ones.
    void showAt(std::optional<double> x);

Q_SIGNALS:
    void toggled(qint64 run, bool shown);

private:
    const RunCatalog* m_catalog = nullptr;
    CompareOptions m_options;
    std::vector<storage::RunId> m_runs;
    std::map<storage::RunId, QPushButton*> m_buttons;
    QHBoxLayout* m_line;
};

} // namespace nabiz::ui
