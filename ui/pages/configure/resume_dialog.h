// SPDX-License-Identifier: GPL-3.0-or-later
// How a run that has ended goes on: the settings that may be others from there on, as the run declared them last. The
// others are not offered: what was trained depends on them. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/requests/start_request.h"

#include <QDialog>
#include <map>
#include <string>

class QDialogButtonBox;
class QFormLayout;
class QLabel;

namespace nabiz::ui {

class ParameterEditor;

class ResumeDialog : public QDialog {
    Q_OBJECT
public:
    ResumeDialog(
        const storage::RunOverview& run, const std::vector<storage::Parameter>& parameters, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const nabiz::ui::StartRequest& request);

protected:
    void accept() override;

private:
    void addSettings(QFormLayout* form, const std::vector<storage::Parameter>& parameters);
    void showProblems();

    const storage::RunId m_run;
    std::map<std::string, trainer::Value> m_before, m_now;
    std::map<std::string, QString> m_unreadable; // why, by key
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
};

} // namespace nabiz::ui
