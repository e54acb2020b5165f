// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/parameter_editor.h"

#include "ui/pages/configure/parameter_editors.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QStyle>

namespace nabiz::ui {

using trainer::Message;
using trainer::Parameter;
using trainer::Value;
using trainer::ValueType;

ParameterEditor::ParameterEditor(const Parameter& parameter, QWidget* parent)
    : QWidget(parent)
    , m_parameter(parameter)
{
}

void ParameterEditor::send(const Value& value)
{
    m_typed = true;
    const QScopedValueRollback sending(m_sending, true);
    Q_EMIT edited(value);
}

void ParameterEditor::sendUnreadable(const Message& why)
{
    m_typed = true;
    const QScopedValueRollback sending(m_sending, true);
    Q_EMIT unreadable(why);
}

QString ParameterEditor::nameFor(const char* kind) const
{
    return QStringLiteral("param_%1_%2")
        .arg(QLatin1StringView(m_parameter.key.data(), static_cast<qsizetype>(m_parameter.key.size())),
            QLatin1String(kind));
}

void ParameterEditor::markWrong(QWidget* widget, bool wrong)
{
    if (widget->property("wrong").toBool() == wrong)
        return;
    widget->setProperty("wrong", wrong);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void ParameterEditor::makeNarrowable(QComboBox& box)
{
    box.setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box.setMinimumContentsLength(5);
}

QHBoxLayout* ParameterEditor::makeLine()
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    return layout;
}

ParameterEditor* ParameterEditor::make(const Parameter& parameter, QWidget* parent)
{
    switch (trainer::typeOf(parameter.defaultValue)) {
    case ValueType::Boolean:
        return makeFlagEditor(parameter, parent);
    case ValueType::List:
        return makeListEditor(parameter, parent);
    case ValueType::Text:
        if (!parameter.choices.empty())
            return makeChoiceEditor(parameter, parent);
        return makeTextEditor(parameter, parent);
    case ValueType::Integer:
    case ValueType::Real:
        break;
    }
    return makeNumberEditor(parameter, parent);
}

} // namespace nabiz::ui
