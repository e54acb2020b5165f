// SPDX-License-Identifier: GPL-3.0-or-later
// One setting in the form: its label over its key, its input, what it was before, and what is wrong with it.
// GUI thread.
#pragma once

#include "trainer/config/parameters/parameter_table.h"

#include <QWidget>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QLayout;
class QToolButton;
class QVBoxLayout;

namespace nabiz::ui {

class ConfigureDraft;
class ElidedLabel;
class ParameterEditor;

class ParameterRow : public QWidget {
    Q_OBJECT
public:
    // `companion` is a second setting that stands in the same line: accumulation beside the batch size.
    ParameterRow(ConfigureDraft& draft, const trainer::Parameter& parameter, const trainer::Parameter* companion,
        QWidget* parent = nullptr);

    const trainer::Parameter& parameter() const { return m_parameter; }
    bool holds(std::string_view key) const;
    bool isChanged() const;
    bool isWrong() const;
    // Whether the row matters with the other settings as they are, and this version can honour it.
    bool matters() const;
    // The label over the input, where there is no room beside it.
    void setNarrow(bool narrow);
    void focusEditor();
    // Another preset was loaded.
    void forgetTyping();
    void refresh();
    void retranslateUi();

private:
    void dress();
    QToolButton* addReset(const trainer::Parameter& parameter, QLayout* line);
    ParameterEditor* addEditor(const trainer::Parameter& parameter, QHBoxLayout* line);
    void refreshOne(const trainer::Parameter& parameter, ParameterEditor* editor, QToolButton* reset);
    QString derivedNote() const;

    ConfigureDraft& m_draft;
    const trainer::Parameter& m_parameter;
    const trainer::Parameter* m_companion;
    const bool m_available;
    QBoxLayout* m_layout;
    QLabel* m_label;
    ElidedLabel* m_key;
    QLabel* m_note;
    QLabel* m_problem;
    QWidget* m_after; // note and resets, in the line or under it
    QHBoxLayout* m_line = nullptr;
    QVBoxLayout* m_values = nullptr;
    QLabel* m_times = nullptr;
    ParameterEditor* m_editor;
    QToolButton* m_reset;
    ParameterEditor* m_secondEditor = nullptr;
    QToolButton* m_secondReset = nullptr;
    bool m_narrow = false;
};

} // namespace nabiz::ui
