// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/parameter_editors.h"

#include "ui/text/message_text.h"
#include "ui/text/number_input.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

namespace nabiz::ui {

using trainer::Message;
using trainer::Parameter;
using trainer::Value;

namespace {

constexpr int kCompactWidth = 72;

class NumberEditor : public ParameterEditor {
public:
    NumberEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parameter, parent)
        , m_edit(new QLineEdit(this))
        , m_unit(new ElidedLabel(this))
    {
        m_edit->setObjectName(nameFor("edit"));
        m_edit->setFixedWidth(kNumberWidth);
        m_unit->setBuddy(m_edit);
        Theme::setRole(m_unit, "dim");
        auto* layout = makeLine();
        layout->addWidget(m_edit);
        layout->addWidget(m_unit);
        setFocusProxy(m_edit);
        connect(m_edit, &QLineEdit::textEdited, this, [this](const QString& text) {
            const auto result = readNumber(this->parameter(), text);
            if (const Value* value = std::get_if<Value>(&result))
                send(*value);
            else
                sendUnreadable(std::get<Message>(result));
        });
        m_edit->installEventFilter(this);
        NumberEditor::retranslateUi();
    }
    // Up and Down count whole numbers, with Shift in tens, within the row's range.
    bool eventFilter(QObject* object, QEvent* event) override
    {
        const auto* key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent*>(event) : nullptr;
        if (!key || (key->key() != Qt::Key_Up && key->key() != Qt::Key_Down))
            return ParameterEditor::eventFilter(object, event);
        const auto result = readNumber(parameter(), m_edit->text());
        const Value* value = std::get_if<Value>(&result);
        const auto* number = value ? std::get_if<std::int64_t>(value) : nullptr;
        if (!number)
            return true;
        const std::int64_t step = (key->modifiers() & Qt::ShiftModifier ? 10 : 1) * (key->key() == Qt::Key_Up ? 1 : -1);
        const auto next = static_cast<double>(*number) + static_cast<double>(step);
        if (next < parameter().minimum || next > parameter().maximum || next >= 9e15)
            return true;
        m_edit->setText(editText(*number + step));
        send(*number + step);
        return true;
    }
    void setValue(const Value& value) override
    {
        if (const QString text = editText(value); text != m_edit->text())
            m_edit->setText(text);
    }
    void setWrong(bool wrong) override { markWrong(m_edit, wrong); }
    void setCompact() override
    {
        m_edit->setFixedWidth(kCompactWidth);
        m_compact = true;
        retranslateUi();
    }
    void retranslateUi() override
    {
        m_edit->setAccessibleName(parameterLabel(parameter()));
        m_edit->setToolTip(parameterHelp(parameter()));
        m_unit->setFullText(parameterUnit(parameter()));
        m_unit->setVisible(!m_compact && !m_unit->fullText().isEmpty());
    }

private:
    QLineEdit* m_edit;
    ElidedLabel* m_unit;
    bool m_compact = false;
};

} // namespace

ParameterEditor* makeNumberEditor(const Parameter& parameter, QWidget* parent)
{
    return new NumberEditor(parameter, parent);
}

} // namespace nabiz::ui
