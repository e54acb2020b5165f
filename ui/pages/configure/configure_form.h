// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a preset, made from the parameter table: groups at the left with their marks, the settings of one group
// at the right, essential ones first, the rest folded into one line that opens by itself when something in it is
// changed or wrong. GUI thread.
#pragma once

#include <QStringList>
#include <QWidget>
#include <string>
#include <vector>

class QListWidget;
class QStackedWidget;

namespace nabiz::ui {

class ConfigureDraft;
class ConfigureGroup;

class ConfigureForm : public QWidget {
    Q_OBJECT
public:
    explicit ConfigureForm(ConfigureDraft& draft, QWidget* parent = nullptr);

    // The list of groups, which the page places.
    QListWidget* groups() const { return m_groups; }
    // Brings the setting to sight, opens its fold and gives it the focus.
    void showParameter(const std::string& key);
    // Groups whose folded settings are shown.
    QStringList openFolds() const;
    void openFolds(const QStringList& groups);
    void retranslateUi();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void refresh();

    ConfigureDraft& m_draft;
    QListWidget* m_groups;
    QStackedWidget* m_stack;
    std::vector<ConfigureGroup*> m_pages;
};

} // namespace nabiz::ui
