// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/parameter_row.h"

#include "ui/charts/render/flow_layout.h"
#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/parameter_editor.h"
#include "ui/text/message_text.h"
#include "ui/text/number_input.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kLabelWidth = 200;
constexpr qsizetype kLongestBefore = 14; // letters of the value that was there
constexpr int kLongestWord = 14; // what is wrong has no wider words

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

ParameterRow::ParameterRow(
    ConfigureDraft& draft, const trainer::Parameter& parameter, const trainer::Parameter* companion, QWidget* parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_parameter(parameter)
    , m_companion(companion)
    , m_available(!parameter.fixed)
    , m_label(new QLabel(this))
    , m_key(new ElidedLabel(this))
    , m_note(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_after(new QWidget(this))
{
    setObjectName(QStringLiteral("param_%1_row").arg(toQString(parameter.key)));
    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    names->addWidget(m_label);
    names->addWidget(m_key);
    names->addStretch(1);
    m_line = new QHBoxLayout;
    m_line->setSpacing(6);
    m_editor = addEditor(parameter, m_line);
    auto* after = new FlowLayout(m_after, 6);
    if (companion) {
        m_times = new QLabel(QStringLiteral("×"), this);
        Theme::setRole(m_times, "dim");
        m_line->addWidget(m_times);
        m_secondEditor = addEditor(*companion, m_line);
        m_editor->setCompact();
        m_secondEditor->setCompact();
    } else {
        after->addWidget(m_note);
    }
    m_reset = addReset(parameter, after);
    if (companion)
        m_secondReset = addReset(*companion, after);
    else
        m_note->setMinimumHeight(m_reset->sizeHint().height()); // one line with it
    m_line->addWidget(m_after, m_editor->isWide() ? 0 : 1, Qt::AlignVCenter);
    m_line->addStretch(0); // for an input that stands alone
    auto* values = new QVBoxLayout;
    m_values = values;
    values->setSpacing(3);
    values->addLayout(m_line);
    if (companion)
        values->addWidget(m_note); // two settings fill their line
    values->addWidget(m_problem);
    m_layout = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_layout->setContentsMargins(0, 5, 0, 5);
    m_layout->setSpacing(kGap);
    m_layout->addLayout(names);
    m_layout->addLayout(values, 1);

    dress();
    retranslateUi();
}

// Names, roles and widths of the labels.
void ParameterRow::dress()
{
    m_label->setFixedWidth(kLabelWidth);
    m_label->setWordWrap(true);
    m_label->setBuddy(m_editor);
    m_key->setElideMode(Qt::ElideMiddle);
    m_key->setFullText(toQString(m_parameter.key));
    m_key->setFixedWidth(kLabelWidth);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("param_%1_problem").arg(toQString(m_parameter.key)));
    m_note->setObjectName(QStringLiteral("param_%1_note").arg(toQString(m_parameter.key)));
    Theme::setRole(m_key, "monosmall");
    m_key->setAccessibleName(toQString(m_parameter.key));
    Theme::setRole(m_note, "dim");
}

ParameterEditor* ParameterRow::addEditor(const trainer::Parameter& parameter, QHBoxLayout* line)
{
    ParameterEditor* editor = ParameterEditor::make(parameter, this);
    line->addWidget(editor, editor->isWide() ? 1 : 0);
    const std::string key(parameter.key);
    connect(editor, &ParameterEditor::edited, &m_draft,
        [this, key](const trainer::Value& value) { m_draft.edits().setValue(key, value); });
    connect(editor, &ParameterEditor::unreadable, &m_draft,
        [this, key](const trainer::Message& why) { m_draft.edits().setTypingProblem(key, why); });
    return editor;
}

QToolButton* ParameterRow::addReset(const trainer::Parameter& parameter, QLayout* line)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("param_%1_resetButton").arg(toQString(parameter.key)));
    button->setProperty("changed", true);
    button->setIcon(Theme::icon(QStringLiteral("reset")));
    button->setIconSize(QSize(14, 14));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setLayoutDirection(Qt::RightToLeft); // the arrow behind the words
    line->addWidget(button);
    connect(button, &QToolButton::clicked, &m_draft,
        [this, key = std::string(parameter.key)] { m_draft.edits().reset(key); });
    return button;
}

bool ParameterRow::holds(std::string_view key) const
{
    return key == m_parameter.key || (m_companion && key == m_companion->key);
}

bool ParameterRow::isChanged() const
{
    return m_draft.isChanged(m_parameter.key) || (m_companion && m_draft.isChanged(m_companion->key));
}

bool ParameterRow::isWrong() const
{
    return trainer::hasErrors(m_draft.inspection().problemsOf(m_parameter.key))
        || (m_companion && trainer::hasErrors(m_draft.inspection().problemsOf(m_companion->key)));
}

bool ParameterRow::matters() const
{
    if (!m_available)
        return false;
    const std::string_view when = m_parameter.visibleWhen;
    if (when.empty())
        return true;
    const std::size_t equals = when.find('=');
    const trainer::Value& value = m_draft.config().value(when.substr(0, equals));
    if (equals == std::string_view::npos)
        return std::get<bool>(value);
    return trainer::toYaml(value) == when.substr(equals + 1);
}

void ParameterRow::forgetTyping()
{
    m_editor->forgetTyping();
    if (m_secondEditor)
        m_secondEditor->forgetTyping();
}

// What is said after a value stands under it then: beside it, it would push the row out of its place.
void ParameterRow::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_layout->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_layout->setSpacing(narrow ? 3 : kGap);
    m_narrow = narrow;
    if (narrow)
        m_values->insertWidget(1, m_after);
    else
        m_line->insertWidget(m_line->count() - 1, m_after, m_editor->isWide() ? 0 : 1, Qt::AlignVCenter);
    for (QLabel* label : { m_label, static_cast<QLabel*>(m_key) }) {
        QSizePolicy policy = label->sizePolicy(); // its hint would still be the width that it had
        policy.setHorizontalPolicy(narrow ? QSizePolicy::Ignored : QSizePolicy::Preferred);
        label->setSizePolicy(policy);
        label->setMinimumWidth(narrow ? 0 : kLabelWidth);
        label->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : kLabelWidth);
    }
    if (m_times)
        m_times->setText(narrow ? QStringLiteral("×") : tr("× accumulation"));
}

void ParameterRow::focusEditor()
{
    m_editor->setFocus(Qt::OtherFocusReason);
}

QString ParameterRow::derivedNote() const
{
    const trainer::Config& config = m_draft.config();
    const auto accumulation = config.integer("training.gradient_accumulation_steps");
    if (m_parameter.key == "training.batch_size")
        return tr("= %1 samples a step").arg(countText(config.integer("training.batch_size") * accumulation));
    if (m_parameter.key == "training.max_steps") {
        const auto batches = config.integer("training.max_steps") * accumulation;
        if (const auto seconds = m_draft.inspection().batchSeconds())
            return tr("= %1 batches, ≈ %2")
                .arg(countText(batches), durationText(*seconds * static_cast<double>(batches)));
        return accumulation > 1 ? tr("= %1 batches").arg(countText(batches)) : QString();
    }
    return {};
}

void ParameterRow::refreshOne(const trainer::Parameter& parameter, ParameterEditor* editor, QToolButton* reset)
{
    const bool wrong = trainer::hasErrors(m_draft.inspection().problemsOf(parameter.key));
    if (!editor->keepsText(wrong))
        editor->setValue(m_draft.config().value(parameter.key));
    editor->setWrong(wrong);
    editor->setEnabled(!m_draft.inspection().isBroken());
    const bool changed = m_draft.isChanged(parameter.key);
    reset->setVisible(changed);
    if (!changed)
        return;
    QString before = editText(m_draft.origin().value(parameter.key));
    if (before.size() > kLongestBefore)
        before = before.left(kLongestBefore - 1) + QChar(0x2026);
    reset->setText(QStringLiteral("● ") + tr("was %1").arg(before));
    reset->setToolTip(tr("Set it back to %1").arg(editText(m_draft.origin().value(parameter.key))));
    reset->setAccessibleName(tr("Reset %1").arg(parameterLabel(parameter)));
}

void ParameterRow::refresh()
{
    refreshOne(m_parameter, m_editor, m_reset);
    if (m_companion)
        refreshOne(*m_companion, m_secondEditor, m_secondReset);
    const QString note = derivedNote();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    QStringList sentences;
    bool error = false;
    for (const trainer::Parameter* parameter : { &m_parameter, m_companion }) {
        if (!parameter)
            continue;
        for (const trainer::Problem& problem : m_draft.inspection().problemsOf(parameter->key)) {
            sentences << text(problem.message);
            error = error || problem.severity == trainer::Severity::Error;
        }
    }
    m_problem->setText(breakableText(sentences.join(u'\n'), kLongestWord));
    m_problem->setVisible(!sentences.isEmpty());
    Theme::setRole(m_problem, error ? "bad" : "dim");
}

void ParameterRow::retranslateUi()
{
    m_label->setText(parameterLabel(m_parameter));
    m_label->setToolTip(parameterHelp(m_parameter));
    if (m_companion)
        m_times->setText(m_narrow ? QStringLiteral("×") : tr("× accumulation"));
    m_editor->retranslateUi();
    if (m_secondEditor)
        m_secondEditor->retranslateUi();
    refresh();
}

} // namespace nabiz::ui
