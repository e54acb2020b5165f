// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/parameter_editors.h"

#include "ui/charts/render/flow_layout.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <algorithm>

namespace nabiz::ui {

using trainer::Parameter;
using trainer::Value;

namespace {

class ChoiceEditor : public ParameterEditor {
public:
    ChoiceEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parameter, parent)
        , m_box(new QuietComboBox(this))
    {
        m_box->setObjectName(nameFor("box"));
        m_box->setMinimumWidth(kNumberWidth);
        makeNarrowable(*m_box);
        for (const std::string_view choice : parameter.choices)
            m_box->addItem(QString::fromUtf8(choice.data(), static_cast<qsizetype>(choice.size())));
        makeLine()->addWidget(m_box);
        setFocusProxy(m_box);
        connect(m_box, &QComboBox::activated, this, [this] { send(m_box->currentText().toStdString()); });
        ChoiceEditor::retranslateUi();
    }
    void setValue(const Value& value) override
    {
        const QString text = QString::fromStdString(std::get<std::string>(value));
        if (m_box->findText(text) < 0)
            m_box->addItem(text); // set by a preset, though it cannot be chosen here
        m_box->setCurrentIndex(m_box->findText(text));
    }
    void setWrong(bool wrong) override { markWrong(m_box, wrong); }
    void retranslateUi() override
    {
        m_box->setAccessibleName(parameterLabel(parameter()));
        m_box->setToolTip(parameterHelp(parameter()));
    }

private:
    QuietComboBox* m_box;
};

class FlagEditor : public ParameterEditor {
public:
    FlagEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parameter, parent)
        , m_box(new QCheckBox(this))
    {
        m_box->setObjectName(nameFor("check"));
        makeLine()->addWidget(m_box);
        setFocusProxy(m_box);
        connect(m_box, &QCheckBox::clicked, this, [this](bool on) {
            m_box->setText(on ? ParameterEditor::tr("on") : ParameterEditor::tr("off"));
            send(Value(on));
        });
        FlagEditor::retranslateUi();
    }
    void setValue(const Value& value) override
    {
        m_box->setChecked(std::get<bool>(value));
        m_box->setText(std::get<bool>(value) ? ParameterEditor::tr("on") : ParameterEditor::tr("off"));
    }
    void setWrong(bool wrong) override { markWrong(m_box, wrong); }
    void retranslateUi() override
    {
        m_box->setAccessibleName(parameterLabel(parameter()));
        m_box->setToolTip(parameterHelp(parameter()));
        m_box->setText(m_box->isChecked() ? ParameterEditor::tr("on") : ParameterEditor::tr("off"));
    }

private:
    QCheckBox* m_box;
};

// The elements of a list as check boxes. Order and repetitions of what stays checked are kept.
class ListEditor : public ParameterEditor {
public:
    ListEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parameter, parent)
    {
        auto* layout = new FlowLayout(this, kGap);
        layout->setContentsMargins(0, 4, 0, 4);
        for (const std::string_view choice : parameter.choices) {
            const QString name = QString::fromUtf8(choice.data(), static_cast<qsizetype>(choice.size()));
            auto* box = new QCheckBox(name, this);
            box->setObjectName(nameFor("check") + u'_' + name);
            connect(box, &QCheckBox::clicked, this, [this, name](bool on) { toggle(name.toStdString(), on); });
            layout->addWidget(box);
            m_boxes.push_back(box);
        }
        setFocusProxy(m_boxes.empty() ? nullptr : m_boxes.front());
        ListEditor::retranslateUi();
    }
    void setValue(const Value& value) override
    {
        m_list = std::get<std::vector<std::string>>(value);
        for (QCheckBox* box : m_boxes) {
            box->setChecked(std::find(m_list.begin(), m_list.end(), box->text().toStdString()) != m_list.end());
        }
    }
    void setWrong(bool) override { }
    void retranslateUi() override
    {
        for (QCheckBox* box : m_boxes) {
            box->setAccessibleName(QStringLiteral("%1: %2").arg(parameterLabel(parameter()), box->text()));
            box->setToolTip(parameterHelp(parameter()));
        }
    }

private:
    void toggle(const std::string& name, bool on)
    {
        if (on)
            m_list.push_back(name);
        else
            std::erase(m_list, name);
        send(Value(m_list));
    }

    std::vector<QCheckBox*> m_boxes;
    std::vector<std::string> m_list;
};

} // namespace

ParameterEditor* makeChoiceEditor(const Parameter& parameter, QWidget* parent)
{
    return new ChoiceEditor(parameter, parent);
}

ParameterEditor* makeFlagEditor(const Parameter& parameter, QWidget* parent)
{
    return new FlagEditor(parameter, parent);
}

ParameterEditor* makeListEditor(const Parameter& parameter, QWidget* parent)
{
    return new ListEditor(parameter, parent);
}

} // namespace nabiz::ui
