// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/preset_text.h"

#include "ui/pages/configure/configure_draft.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/yaml_editor.h"

#include <QLabel>
#include <QVBoxLayout>

namespace nabiz::ui {

PresetText::PresetText(ConfigureDraft& draft, QWidget* parent)
    : Card(parent)
    , m_draft(draft)
    , m_edit(new YamlEditor(this))
    , m_problems(new QLabel(this))
{
    m_edit->setObjectName(QStringLiteral("yamlEdit"));
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setProperty("bare", true);
    m_problems->setObjectName(QStringLiteral("yamlProblemsLabel"));
    m_problems->setWordWrap(true);
    m_problems->setTextFormat(Qt::RichText);
    body()->addWidget(m_edit, 1);
    body()->addWidget(m_problems);
    connect(m_edit, &YamlEditor::textChanged, this, [this] {
        if (!m_refreshing)
            m_draft.edits().setText(m_edit->toPlainText());
    });
    connect(m_problems, &QLabel::linkActivated, this, [this](const QString& line) { goToLine(line.toInt()); });
    connect(&draft, &ConfigureDraft::changed, this, &PresetText::refresh);
    retranslateUi();
}

void PresetText::goToLine(int line)
{
    m_edit->goToLine(line);
}

void PresetText::refresh()
{
    m_refreshing = true;
    m_edit->showText(QString::fromStdString(m_draft.yaml()));
    m_refreshing = false;
    std::vector<YamlEditor::Mark> marks;
    QString list;
    for (const trainer::Problem& problem : m_draft.inspection().problems()) {
        const bool error = problem.severity == trainer::Severity::Error;
        if (problem.line > 0)
            marks.push_back({ problem.line, problem.column, text(problem.message), error });
        const ThemeColors& colors = Theme::colors();
        const QString where = problem.line > 0 ? tr("line %1").arg(problem.line) : QString::fromStdString(problem.key);
        list += QStringLiteral(
            "<div style='margin-top:3px'><a href='%1' style='color:%2;text-decoration:none'>%3</a>&nbsp; %4</div>")
                    .arg(problem.line)
                    .arg((error ? colors.bad : colors.warn).name(), where.toHtmlEscaped(),
                        text(problem.message).toHtmlEscaped());
    }
    m_edit->setMarks(std::move(marks));
    m_problems->setText(list);
    m_problems->setVisible(!list.isEmpty());
}

void PresetText::retranslateUi()
{
    m_edit->setAccessibleName(tr("The preset as YAML"));
    refresh();
}

} // namespace nabiz::ui
