// SPDX-License-Identifier: GPL-3.0-or-later
// What a run that has ended is to go on from, how long and how freely: Sample now of a checkpoint.
// GUI thread.
#pragma once

#include "ui/requests/sample_request.h"

#include <QDialog>

class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;

namespace nabiz::ui {

class SampleDialog : public QDialog {
    Q_OBJECT
public:
    // `prompt`: the run's own, taken where none is given.
    SampleDialog(qint64 run, const QString& name, const QString& prompt, QWidget* parent = nullptr);

Q_SIGNALS:
    void sampleRequested(const nabiz::ui::SampleRequest& request);

private:
    void assemble(const QString& name);

    const qint64 m_run;
    QLineEdit* m_prompt;
    QSpinBox* m_length;
    QDoubleSpinBox* m_temperature;
};

} // namespace nabiz::ui
