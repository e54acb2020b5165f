// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_words.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kPause = 700; // milliseconds without a key
constexpr int kFewestLines = 2, kMostLines = 8;

} // namespace

ReportWords::ReportWords(QWidget* parent)
    : Card(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &ReportWords::commit);
    for (Field& field : m_fields) {
        field.label = new QLabel(this);
        Theme::setRole(field.label, "dim");
        field.edit = new QPlainTextEdit(this);
        field.edit->setObjectName(QStringLiteral("report_%1_edit").arg(QLatin1String(field.name)));
        field.edit->setTabChangesFocus(true);
        field.label->setBuddy(field.edit);
        field.edit->installEventFilter(this);
        body()->addWidget(field.label);
        body()->addWidget(field.edit);
        field.take = new QPushButton(this);
        field.take->setObjectName(QStringLiteral("report_%1_propose").arg(QLatin1String(field.name)));
        field.take->setProperty("small", true);
        body()->addWidget(field.take, 0, Qt::AlignRight);
        connect(field.take, &QPushButton::clicked, this, [&field] {
            field.edit->setPlainText(field.proposed);
            field.edit->setFocus();
        });
        connect(field.edit, &QPlainTextEdit::textChanged, this, [this, &field] {
            fit(field);
            showProposal(field);
            if (field.edit->toPlainText() != field.kept)
                m_pause.start();
        });
        fit(field);
        showProposal(field);
    }
    retranslateUi();
}

void ReportWords::showRun(qint64 run, const std::map<std::string, std::string>& texts)
{
    const bool isOther = run != m_run;
    if (isOther)
        commit();
    m_run = run;
    for (Field& field : m_fields) {
        const auto found = texts.find(field.name);
        const QString text = found == texts.end() ? QString() : QString::fromStdString(found->second);
        const bool isBeingWritten = field.edit->hasFocus() || field.edit->toPlainText() != field.kept;
        if (!isOther && isBeingWritten)
            continue;
        field.kept = text;
        if (field.edit->toPlainText() != text)
            field.edit->setPlainText(text);
    }
    setEnabled(run != 0);
}

void ReportWords::propose(const QString& problem, const QString& solution)
{
    m_fields[0].proposed = problem;
    m_fields[1].proposed = solution;
    for (Field& field : m_fields)
        showProposal(field);
}

void ReportWords::showProposal(Field& field)
{
    field.take->setVisible(!field.proposed.isEmpty() && field.edit->toPlainText().isEmpty());
    field.take->setToolTip(field.proposed);
}

void ReportWords::commit()
{
    m_pause.stop();
    if (m_run == 0)
        return;
    for (Field& field : m_fields) {
        const QString text = field.edit->toPlainText();
        if (text == field.kept)
            continue;
        field.kept = text;
        Q_EMIT edited(m_run, QLatin1String(field.name), text);
    }
}

bool ReportWords::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide)
        commit();
    return Card::eventFilter(watched, event);
}

// As high as what stands in it, within bounds.
void ReportWords::fit(Field& field)
{
    int lines = 0;
    for (QTextBlock block = field.edit->document()->begin(); block.isValid(); block = block.next())
        lines += std::max(1, block.lineCount());
    const int frame = 2 * field.edit->frameWidth() + qRound(2 * field.edit->document()->documentMargin());
    field.edit->setFixedHeight(
        std::clamp(lines, kFewestLines, kMostLines) * field.edit->fontMetrics().lineSpacing() + frame + 2);
}

void ReportWords::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    else if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        for (Field& field : m_fields)
            if (field.edit)
                fit(field);
}

void ReportWords::retranslateUi()
{
    setTitle(tr("Your words"));
    const QString labels[] = { tr("&Problem"), tr("&Applied solution"), tr("C&onclusion") };
    const QString hints[] = { tr("What was not well?"), tr("What was done about it?"), tr("What follows from it?") };
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        m_fields[i].label->setText(labels[i]);
        m_fields[i].edit->setPlaceholderText(hints[i]);
        m_fields[i].edit->setAccessibleName(QString(labels[i]).remove(u'&'));
        m_fields[i].take->setText(tr("Propose from the failed run before"));
    }
}

} // namespace nabiz::ui
