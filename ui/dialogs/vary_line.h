// SPDX-License-Identifier: GPL-3.0-or-later
// One setting of a grid: which one, and the values that it takes, written as on the command line (1e-4, 3e-4 or 1..3).
// GUI thread.
#pragma once

#include "trainer/config/presets/grid.h"

#include <QWidget>
#include <string>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace nabiz::ui {

class VaryLine : public QWidget {
    Q_OBJECT
public:
    // `config` says what the settings are now, and outlives this.
    explicit VaryLine(const trainer::Config& config, QWidget* parent = nullptr);

    std::string key() const;
    void setKey(const std::string& key); // and the values that are proposed for it
    void setValues(const QString& values);
    trainer::AxisReading read() const;
    // Setting, values, remove: as the tabulator goes.
    QWidgetList controls() const;
    void setRemovable(bool isRemovable);

Q_SIGNALS:
    void changed();
    void removeRequested();

private:
    void propose();

    const trainer::Config& m_config;
    QComboBox* m_key;
    QLineEdit* m_values;
    QToolButton* m_remove;
};

} // namespace nabiz::ui
