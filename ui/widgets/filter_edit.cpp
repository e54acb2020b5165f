// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_edit.h"

#include "ui/text/message_text.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QStringListModel>
#include <QStyle>

namespace nabiz::ui {

namespace {

constexpr int kPause = 120; // milliseconds

bool isOfName(QChar c)
{
    return c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'-';
}

} // namespace

FilterEdit::FilterEdit(QWidget* parent)
    : QLineEdit(parent)
    , m_candidates(new QStringListModel(this))
    , m_completer(new QCompleter(m_candidates, this))
{
    setClearButtonEnabled(true);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("filterCompletions"));
    connect(&m_pause, &QTimer::timeout, this, &FilterEdit::read);
    connect(this, &QLineEdit::textChanged, this, [this] { m_pause.start(); });
    connect(this, &QLineEdit::textEdited, this, &FilterEdit::complete);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &FilterEdit::insertCompletion);
}

void FilterEdit::setNames(std::function<std::vector<trainer::FilterName>()> names)
{
    m_names = std::move(names);
}

void FilterEdit::setValues(std::function<QStringList(const QString&)> values)
{
    m_values = std::move(values);
}

void FilterEdit::readAgain()
{
    if (!text().isEmpty())
        read();
}

void FilterEdit::read()
{
    m_pause.stop();
    const auto names = m_names();
    const auto reading = trainer::FilterExpression::read(text().toStdString(), names);
    const bool isWrong = reading.problem && !reading.problem->isUnfinished;
    if (property("wrong").toBool() != isWrong) {
        setProperty("wrong", isWrong);
        style()->unpolish(this);
        style()->polish(this);
    }
    if (!reading.problem) {
        Q_EMIT filterChanged(reading.expression);
        Q_EMIT problemChanged({}, false);
        return;
    }
    const QString sentence = ui::text(reading.problem->message);
    Q_EMIT problemChanged(
        isWrong ? tr("Character %1: %2").arg(reading.problem->position + 1).arg(sentence) : sentence, !isWrong);
}

void FilterEdit::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_completer->popup()->isVisible()) {
        m_completer->popup()->hide(); // what was typed stays
        return;
    }
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        read();
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        complete();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

int FilterEdit::tokenBegin() const
{
    int begin = cursorPosition();
    while (begin > 0 && isOfName(text().at(begin - 1)))
        --begin;
    return begin;
}

// Behind an operator the values of the name before it; else names.
QStringList FilterEdit::candidates(const QString& token) const
{
    static const QRegularExpression comparison(QStringLiteral("([\\w.]+)\\s*(?:!=|<>|==|!~|=|~)\\s*$"));
    const auto match = comparison.match(text().left(tokenBegin()));
    QStringList all;
    if (match.hasMatch()) {
        all = m_values(match.captured(1));
    } else if (!token.isEmpty()) {
        for (const trainer::FilterName& name : m_names())
            all.append(QString::fromStdString(name.name));
    }
    QStringList begin, inside;
    for (const QString& candidate : all) {
        if (candidate.startsWith(token, Qt::CaseInsensitive))
            begin.append(candidate);
        else if (candidate.contains(token, Qt::CaseInsensitive))
            inside.append(candidate);
    }
    return begin + inside;
}

void FilterEdit::complete()
{
    const int begin = tokenBegin();
    const QString token = text().mid(begin, cursorPosition() - begin);
    const QStringList found = candidates(token);
    if (found.isEmpty() || (found.size() == 1 && found.front() == token)) {
        m_completer->popup()->hide();
        return;
    }
    m_candidates->setStringList(found);
    QRect place = cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) + 40);
    m_completer->complete(place);
}

void FilterEdit::insertCompletion(const QString& completion)
{
    const int begin = tokenBegin();
    static const QRegularExpression plain(
        QStringLiteral("^[\\w.+-]+$"), QRegularExpression::UseUnicodePropertiesOption);
    const QString quoted = plain.match(completion).hasMatch()
        ? completion
        : u'"' + QString(completion).replace(u'"', QStringLiteral("\\\"")) + u'"';
    const QString rest = text().mid(cursorPosition());
    setText(text().left(begin) + quoted + u' ' + rest);
    setCursorPosition(begin + static_cast<int>(quoted.size()) + 1);
}

} // namespace nabiz::ui
