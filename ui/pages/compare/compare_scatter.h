// SPDX-License-Identifier: GPL-3.0-or-later
// Compare's scatter: any parameter against any figure over the runs that are listed, as points or as a table.
// GUI thread.
#pragma once

#include "storage/records/run_fields.h"
#include "ui/widgets/later.h"

#include <QJsonObject>
#include <QWidget>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace nabiz::ui {

class RunCatalog;
class ScatterTable;
class ScatterView;

class CompareScatter : public QWidget {
    Q_OBJECT
public:
    explicit CompareScatter(RunCatalog& catalog, QWidget* parent = nullptr);

    // Those that a filter leaves; without one all runs of the catalogue.
    void setRuns(std::optional<std::vector<storage::RunId>> runs);
    void setCurrentRun(storage::RunId run);
    // The switches, for the title line above.
    QWidget* controls() const { return m_controls; }
    QJsonObject choices() const;
    void restoreChoices(const QJsonObject& choices);
    void retranslateUi();

Q_SIGNALS:
    void runChosen(qint64 run);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void connectParts();
    void later();
    void fillParameters();
    void showData();
    void tellPointed(qint64 run);
    std::vector<storage::RunId> runs() const;
    // Where the runs differ in a parameter, a scatter says something.
    bool varies(std::size_t parameter, const std::vector<storage::RunId>& runs) const;

    RunCatalog& m_catalog;
    std::optional<std::vector<storage::RunId>> m_runs;
    std::string m_parameter = "training.learning_rate";
    storage::RunField m_figure = storage::RunField::BestValLoss;
    bool m_stale = true;
    QWidget* m_controls;
    QComboBox* m_parameters;
    QComboBox* m_figures;
    QPushButton* m_logX;
    QPushButton* m_logY;
    QPushButton* m_asTable;
    QStackedLayout* m_stack;
    ScatterView* m_view;
    ScatterTable* m_model;
    QTableView* m_table;
    QLabel* m_empty;
    QLabel* m_note;
    Later m_fillLater;
};

} // namespace nabiz::ui
