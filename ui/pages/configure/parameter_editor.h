// SPDX-License-Identifier: GPL-3.0-or-later
// The input of one parameter, by its type: a line for numbers and texts, a list for choices, check boxes. Numbers are
// read in the C locale and with the locale's decimal comma alike. GUI thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/parameter_table.h"

#include <QWidget>
#include <memory>

class QComboBox;
class QHBoxLayout;

namespace nabiz::ui {

class ParameterEditor : public QWidget {
    Q_OBJECT
public:
    // The widget for a row of the table.
    static ParameterEditor* make(const trainer::Parameter& parameter, QWidget* parent);

    virtual void setValue(const trainer::Value& value) = 0;
    virtual void setWrong(bool wrong) = 0;
    virtual void retranslateUi() = 0;
    // Whether what was typed here must stay: it is being sent this moment, or it is wrong and has to be mended where it
    // stands.
    bool keepsText(bool wrong) const { return m_sending || (m_typed && wrong); }
    // What was typed belongs to a preset that is gone.
    void forgetTyping() { m_typed = false; }
    // Texts get all the room there is, numbers only theirs.
    virtual bool isWide() const { return false; }
    // For two settings in one line: narrow, without a unit.
    virtual void setCompact() { }

Q_SIGNALS:
    void edited(const nabiz::trainer::Value& value);
    void unreadable(const nabiz::trainer::Message& why);

protected:
    ParameterEditor(const trainer::Parameter& parameter, QWidget* parent);
    const trainer::Parameter& parameter() const { return m_parameter; }
    void send(const trainer::Value& value);
    void sendUnreadable(const trainer::Message& why);
    // param_training.learning_rate_edit
    QString nameFor(const char* kind) const;
    static void markWrong(QWidget* widget, bool wrong);
    // Its own layout: input, unit and buttons beside each other.
    QHBoxLayout* makeLine();
    static constexpr int kNumberWidth = 120;
    // As wide as its longest entry where there is room, and no wider than a number where there is not.
    static void makeNarrowable(QComboBox& box);

private:
    const trainer::Parameter& m_parameter;
    bool m_sending = false;
    bool m_typed = false;
};

} // namespace nabiz::ui
