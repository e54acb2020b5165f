// SPDX-License-Identifier: GPL-3.0-or-later
// Compare's table: the settings that differ, or all of them by section, above the results. Keys that say nothing can be
// ignored, and brought back.
// GUI thread.
#pragma once

#include "ui/analysis/setting_rows.h"

#include <QStringList>
#include <QWidget>
#include <set>

class QMenu;
class QPushButton;
class QTreeView;

namespace nabiz::ui {

class CompareDelegate;
class ComparisonModel;
struct Comparison;

class CompareTable : public QWidget {
    Q_OBJECT
public:
    explicit CompareTable(QWidget* parent = nullptr);

    void show(Comparison comparison);
    const SettingChoice& choice() const { return m_choice; }
    void setIgnored(const QStringList& keys);
    // What belongs to the table, for the title line above it.
    QWidget* controls() const { return m_controls; }
    void retranslateUi();

Q_SIGNALS:
    void choiceChanged();
    void ignoredChanged(const QStringList& keys);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectParts();
    void ignore(const QString& key);
    void restore(const QString& key);
    void changeIgnored();
    void showMenu(const QPoint& position);
    void ignoreCurrent();
    void copyCurrent();
    void fitColumns();
    void openSections();

    SettingChoice m_choice;
    std::set<QString> m_closed; // sections
    ComparisonModel* m_model;
    QTreeView* m_view;
    CompareDelegate* m_delegate;
    QWidget* m_controls;
    QPushButton* m_all;
    QPushButton* m_ignored;
    QMenu* m_ignoredMenu;
    QAction* m_ignoreAction;
    QAction* m_copyAction;
};

} // namespace nabiz::ui
