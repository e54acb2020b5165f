// SPDX-License-Identifier: GPL-3.0-or-later
// The presets there are: what each is for, which runs were made from it, what two of them differ in. Those of a
// person's own are renamed, put into the trash and taken out of it again; the settings being edited are saved under a
// name. GUI thread.
#pragma once

#include "trainer/config/presets/preset_store.h"

#include <QDialog>
#include <filesystem>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace nabiz::ui {

class ConfigureDraft;
class RunCatalog;

class PresetsDialog : public QDialog {
    Q_OBJECT
public:
    PresetsDialog(ConfigureDraft& draft, const trainer::PresetStore& presets, const RunCatalog& catalog,
        QWidget* parent = nullptr);

Q_SIGNALS:
    void changed(); // which presets there are

private:
    void assemble();
    void connectParts();
    void fill();
    void showChosen();
    void showDifferences();
    // Says what goes wrong, and fills anew.
    template <typename Function> void edit(Function function);
    void openChosen();
    void rename();
    void remove();
    void undo();
    void saveAs();
    std::vector<std::string> chosen() const; // names

    ConfigureDraft& m_draft;
    const trainer::PresetStore& m_presets;
    const RunCatalog& m_catalog;
    std::vector<trainer::Preset> m_all;
    std::vector<std::filesystem::path> m_trashed; // the last one last
    QTreeWidget* m_list;
    QPushButton* m_open;
    QPushButton* m_remove;
    QPushButton* m_undo;
    QLineEdit* m_name;
    QPushButton* m_rename;
    QPushButton* m_saveAs;
    QLabel* m_said;
    QLabel* m_differencesTitle;
    QTreeWidget* m_differences;
};

} // namespace nabiz::ui
