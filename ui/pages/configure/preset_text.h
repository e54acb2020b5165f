// SPDX-License-Identifier: GPL-3.0-or-later
// The draft as YAML: the text itself, and what is wrong with it, by line.
// GUI thread.
#pragma once

#include "ui/widgets/card.h"

class QLabel;

namespace nabiz::ui {

class ConfigureDraft;
class YamlEditor;

class PresetText : public Card {
    Q_OBJECT
public:
    explicit PresetText(ConfigureDraft& draft, QWidget* parent = nullptr);

    void goToLine(int line);
    void retranslateUi();

private:
    void refresh();

    ConfigureDraft& m_draft;
    YamlEditor* m_edit;
    QLabel* m_problems;
    bool m_refreshing = false;
};

} // namespace nabiz::ui
