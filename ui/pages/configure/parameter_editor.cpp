// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/parameter_editor.h"

#include "ui/pages/configure/number_input.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace nabiz::ui {

using trainer::Message;
using trainer::Parameter;
using trainer::Value;
using trainer::ValueType;

namespace {

constexpr int kNumberWidth = 120;
constexpr int kCompactWidth = 72;

void markWrong(QWidget* widget, bool wrong)
{
    if (widget->property("wrong").toBool() == wrong)
        return;
    widget->setProperty("wrong", wrong);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QHBoxLayout* lineOf(QWidget* widget)
{
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    return layout;
}

class NumberEditor : public ParameterEditor {
public:
    NumberEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parameter, parent)
        , m_edit(new QLineEdit(this))
        , m_unit(new QLabel(this))
    {
        m_edit->setObjectName(nameFor("edit"));
        m_edit->setFixedWidth(kNumberWidth);
        m_unit->setBuddy(m_edit);
        Theme::setRole(m_unit, "dim");
        auto* layout = lineOf(this);
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
        m_unit->setText(parameterUnit(parameter()));
        m_unit->setVisible(!m_compact && !m_unit->text().isEmpty());
    }

private:
    QLineEdit* m_edit;
    QLabel* m_unit;
    bool m_compact = false;
};

// A text, with a list of usual ones where there are any, and a button to browse where it is a path.
class TextEditor : public ParameterEditor {
public:
    TextEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parameter, parent)
    {
        auto* layout = lineOf(this);
        if (!parameter.suggestions.empty()) {
            m_box = new QuietComboBox(this);
            m_box->setObjectName(nameFor("box"));
            m_box->setEditable(true);
            m_box->setInsertPolicy(QComboBox::NoInsert);
            m_box->setCompleter(nullptr);
            for (const std::string_view suggestion : parameter.suggestions)
                m_box->addItem(QString::fromUtf8(suggestion.data(), static_cast<qsizetype>(suggestion.size())));
            m_edit = m_box->lineEdit();
            connect(m_box, &QComboBox::activated, this, [this] { sendText(); });
            layout->addWidget(m_box, 1);
        } else {
            m_edit = new QLineEdit(this);
            layout->addWidget(m_edit, 1);
        }
        m_edit->setObjectName(nameFor("edit"));
        setFocusProxy(m_box ? static_cast<QWidget*>(m_box) : m_edit);
        if (parameter.isPath)
            layout->addWidget(makeBrowse());
        connect(m_edit, &QLineEdit::textEdited, this, [this] { sendText(); });
        TextEditor::retranslateUi();
    }
    void setValue(const Value& value) override
    {
        const QString text = QString::fromStdString(std::get<std::string>(value));
        if (text != m_edit->text())
            m_edit->setText(text);
    }
    void setWrong(bool wrong) override { markWrong(m_box ? static_cast<QWidget*>(m_box) : m_edit, wrong); }
    bool isWide() const override { return true; }
    void retranslateUi() override
    {
        m_edit->setAccessibleName(parameterLabel(parameter()));
        m_edit->setToolTip(parameterHelp(parameter()));
        m_edit->setPlaceholderText(parameter().isPath ? ParameterEditor::tr("A file or a folder") : QString());
        if (m_box)
            m_box->setAccessibleName(parameterLabel(parameter()));
        if (m_browse) {
            m_browse->setToolTip(ParameterEditor::tr("Browse for a file or a folder"));
            m_browse->setAccessibleName(ParameterEditor::tr("Browse: %1").arg(parameterLabel(parameter())));
        }
    }

private:
    QToolButton* makeBrowse()
    {
        m_browse = new QToolButton(this);
        m_browse->setObjectName(nameFor("browseButton"));
        m_browse->setIcon(Theme::icon(QStringLiteral("folder")));
        connect(m_browse, &QToolButton::clicked, this, [this] {
            auto* menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            menu->addAction(
                ParameterEditor::tr("Choose a &file…"), this, [this] { take(QFileDialog::getOpenFileName(this)); });
            menu->addAction(ParameterEditor::tr("Choose a f&older…"), this,
                [this] { take(QFileDialog::getExistingDirectory(this)); });
            menu->popup(m_browse->mapToGlobal(QPoint(0, m_browse->height())));
        });
        return m_browse;
    }
    void take(const QString& path)
    {
        if (path.isEmpty())
            return;
        m_edit->setText(path);
        sendText();
    }
    void sendText() { send(m_edit->text().toStdString()); }

    QuietComboBox* m_box = nullptr;
    QLineEdit* m_edit = nullptr;
    QToolButton* m_browse = nullptr;
};

class ChoiceEditor : public ParameterEditor {
public:
    ChoiceEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parameter, parent)
        , m_box(new QuietComboBox(this))
    {
        m_box->setObjectName(nameFor("box"));
        m_box->setMinimumWidth(kNumberWidth);
        for (const std::string_view choice : parameter.choices)
            m_box->addItem(QString::fromUtf8(choice.data(), static_cast<qsizetype>(choice.size())));
        lineOf(this)->addWidget(m_box);
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
        lineOf(this)->addWidget(m_box);
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
        auto* layout = new QGridLayout(this);
        layout->setContentsMargins(0, 4, 0, 4);
        layout->setHorizontalSpacing(kMargin);
        for (const std::string_view choice : parameter.choices) {
            const QString name = QString::fromUtf8(choice.data(), static_cast<qsizetype>(choice.size()));
            auto* box = new QCheckBox(name, this);
            box->setObjectName(nameFor("check") + u'_' + name);
            connect(box, &QCheckBox::clicked, this, [this, name](bool on) { toggle(name.toStdString(), on); });
            const auto place = static_cast<int>(m_boxes.size());
            layout->addWidget(box, place / 3, place % 3);
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

ParameterEditor* ParameterEditor::make(const Parameter& parameter, QWidget* parent)
{
    switch (trainer::typeOf(parameter.defaultValue)) {
    case ValueType::Boolean:
        return new FlagEditor(parameter, parent);
    case ValueType::List:
        return new ListEditor(parameter, parent);
    case ValueType::Text:
        if (!parameter.choices.empty())
            return new ChoiceEditor(parameter, parent);
        return new TextEditor(parameter, parent);
    case ValueType::Integer:
    case ValueType::Real:
        break;
    }
    return new NumberEditor(parameter, parent);
}

} // namespace nabiz::ui
