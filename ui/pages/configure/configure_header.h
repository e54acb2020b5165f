// SPDX-License-Identifier: GPL-3.0-or-later
// The line over Configure: which preset, what it is a copy of, Form or YAML, undo, and the search for a setting.
// GUI thread.
#pragma once

#include "trainer/config/presets/preset_store.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStandardItemModel;
class QToolButton;

namespace nabiz::ui {

class ConfigureDraft;
class ElidedLabel;
class RunCatalog;

class ConfigureHeader : public QWidget {
    Q_OBJECT
public:
    ConfigureHeader(ConfigureDraft& draft, const trainer::PresetStore& presets, const RunCatalog& catalog,
        QWidget* parent = nullptr);

    void setYaml(bool yaml);
    void refreshPresets();
    void retranslateUi();

Q_SIGNALS:
    void presetChosen(const QString& name);
    void yamlToggled(bool yaml);
    void settingChosen(const QString& key);
    void saveRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void fitState();
    void makeSearch();
    void makeUndo();
    void openPresets();
    void fillSearch();
    void refresh();

    ConfigureDraft& m_draft;
    const trainer::PresetStore& m_presets;
    const RunCatalog& m_catalog;
    QComboBox* m_preset;
    QToolButton* m_all;
    ElidedLabel* m_state;
    QPushButton* m_form;
    QPushButton* m_yaml;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QPushButton* m_discard;
    QPushButton* m_save;
    QLineEdit* m_search;
    QStandardItemModel* m_settings;
};

} // namespace nabiz::ui
