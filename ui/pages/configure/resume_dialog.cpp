// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/resume_dialog.h"

#include "trainer/config/presets/preset_document.h"
#include "ui/pages/configure/parameter_editor.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace nabiz::ui {

ResumeDialog::ResumeDialog(
    const storage::RunOverview& run, const std::vector<storage::Parameter>& parameters, QWidget* parent)
    : QDialog(parent)
    , m_run(run.run.id)
    , m_problem(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("resumeDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Resume %1").arg(shortName(QString::fromStdString(run.run.name))));
    auto* const about = new QLabel(
        tr("It goes on behind its newest whole checkpoint, with these settings from there on. What is changed is "
           "noted with the batch. All others stay as they were."),
        this);
    about->setWordWrap(true);
    auto* const place = new QWidget;
    auto* const form = new QFormLayout(place);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    addSettings(form, parameters);
    auto* const scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(place);
    m_problem->setObjectName(QStringLiteral("resumeProblem"));
    m_problem->setWordWrap(true);
    Theme::setRole(m_problem, "bad");
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Resume"));
    m_buttons->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("resumeWithButton"));
    for (QAbstractButton* const button : m_buttons->buttons()) {
        button->setIcon({}); // of the desktop's style, which is not this window's
    }
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ResumeDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* const layout = new QVBoxLayout(this);
    layout->setSpacing(kGap);
    layout->addWidget(about);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 32);
    showProblems();
}

void ResumeDialog::addSettings(QFormLayout* form, const std::vector<storage::Parameter>& parameters)
{
    for (const storage::Parameter& parameter : parameters) {
        const trainer::Parameter* const row = trainer::findParameter(parameter.key);
        trainer::Override declared = trainer::parseOverride(parameter.key + "=" + parameter.declared);
        if (!row || !row->resumable || declared.problem) {
            continue;
        }
        m_before[parameter.key] = m_now[parameter.key] = declared.value;
        auto* const editor = ParameterEditor::make(*row, this);
        editor->retranslateUi();
        editor->setValue(declared.value);
        connect(editor, &ParameterEditor::edited, this, [this, key = parameter.key](const trainer::Value& value) {
            m_now[key] = value;
            m_unreadable.erase(key);
            showProblems();
        });
        connect(editor, &ParameterEditor::unreadable, this, [this, key = parameter.key](const trainer::Message& why) {
            m_unreadable[key] = text(why);
            showProblems();
        });
        auto* const label = new QLabel(parameterLabel(*row), this);
        label->setToolTip(parameterHelp(*row));
        label->setBuddy(editor);
        auto* const line = new QHBoxLayout;
        line->addWidget(editor, 1, editor->isWide() ? Qt::Alignment() : Qt::AlignLeft);
        form->addRow(label, line);
    }
}

void ResumeDialog::showProblems()
{
    m_problem->setText(m_unreadable.empty() ? QString() : m_unreadable.begin()->second);
    m_problem->setVisible(!m_unreadable.empty());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_unreadable.empty());
}

void ResumeDialog::accept()
{
    StartRequest request = resumeRequest(m_run);
    for (const auto& [key, value] : m_now) {
        if (value != m_before.at(key)) {
            request.changes.emplace_back(key, value);
        }
    }
    QDialog::accept();
    Q_EMIT chosen(request);
}

} // namespace nabiz::ui
