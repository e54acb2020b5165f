// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of one group: essential ones, and a fold with the rest.
// GUI thread.
#pragma once

#include "ui/widgets/card.h"

#include <string>
#include <vector>

class QLabel;
class QScrollArea;
class QToolButton;

namespace nabiz::ui {

class ConfigureDraft;
class ElidedLabel;
class ParameterRow;

class ConfigureGroup : public Card {
    Q_OBJECT
public:
    // `group` is a literal of the parameter table.
    ConfigureGroup(ConfigureDraft& draft, const char* group, QWidget* parent = nullptr);

    const char* group() const { return m_group; }
    bool holds(const std::string& key) const;
    int changedCount() const;
    int problemCount() const;
    void fold();
    bool isOpen() const { return m_open; }
    void setOpen(bool open);
    void showParameter(const std::string& key);
    void refresh();
    void retranslateUi();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void addRows();
    void showFold();

    ConfigureDraft& m_draft;
    const char* m_group;
    std::vector<ParameterRow*> m_essential;
    std::vector<ParameterRow*> m_more;
    QScrollArea* m_scroll;
    QWidget* m_content;
    QFrame* m_line;
    QWidget* m_foldLine;
    QToolButton* m_foldButton;
    ElidedLabel* m_foldKeys;
    std::string m_sought; // shown whether it matters or not
    bool m_open = false;
};

} // namespace nabiz::ui
