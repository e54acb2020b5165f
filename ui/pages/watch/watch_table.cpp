// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_table.h"

#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QAction>
#include <QClipboard>
#include <QFrame>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kLongestWord = 14; // what is longer, a fingerprint or a path, does not wrap
constexpr int kNameCharacters = 20; // of a column of names; longer ones wrap

bool hasLongWord(const QString& text)
{
    int length = 0, longest = 0;
    for (const QChar c : text) {
        length = c.isSpace() || c == QLatin1Char('-') ? 0 : length + 1;
        longest = std::max(longest, length);
    }
    return longest > kLongestWord;
}

// Shortened in the middle; all of it is the tool tip's and the clipboard's.
ElidedLabel* longWord(QWidget* parent)
{
    auto* const label = new ElidedLabel(parent);
    label->setElideMode(Qt::ElideMiddle);
    label->setFocusPolicy(Qt::StrongFocus);
    label->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* const copy = new QAction(WatchTable::tr("Copy"), label);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(
        copy, &QAction::triggered, label, [label] { QGuiApplication::clipboard()->setText(label->fullText()); });
    label->addAction(copy);
    return label;
}

QLabel* wrappedLabel(QWidget* parent)
{
    auto* const label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    return label;
}

void setText(QWidget* widget, const QString& text)
{
    if (auto* const elided = qobject_cast<ElidedLabel*>(widget)) {
        elided->setFullText(text);
    } else if (auto* const label = qobject_cast<QLabel*>(widget); label->text() != text) {
        label->setText(text);
    }
}

} // namespace

WatchTable::WatchTable(bool wraps, QWidget* parent)
    : QWidget(parent)
    , m_wraps(wraps)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(2 * kGap);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(wraps ? 1 : 0, 1);
    if (wraps) {
        m_grid->setColumnMinimumWidth(0, kNameCharacters * fontMetrics().averageCharWidth());
    }
}

// Names whole where they are facts' own; elsewhere a run's, which may be a thousand characters long.
QWidget* WatchTable::makeName()
{
    if (m_wraps) {
        QLabel* const label = wrappedLabel(this);
        label->setFixedWidth(kNameCharacters * fontMetrics().averageCharWidth());
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        return label;
    }
    auto* const name = new ElidedLabel(this);
    name->setElideMode(Qt::ElideMiddle);
    return name;
}

QWidget* WatchTable::makeValue(const QString& text)
{
    QLabel* const value = m_wraps && hasLongWord(text) ? longWord(this)
        : m_wraps                                      ? wrappedLabel(this)
                                                       : new QLabel(this);
    value->setTextFormat(Qt::PlainText);
    value->setAlignment(Qt::AlignRight | (m_wraps ? Qt::AlignTop : Qt::AlignVCenter));
    if (!qobject_cast<ElidedLabel*>(value)) {
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    return value;
}

// Labels are made only when the rows are others: values change twenty times a second.
void WatchTable::setRows(const std::vector<WatchRow>& rows)
{
    if (rows == m_rows) {
        return;
    }
    const bool sameShape = std::equal(
        rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), [this](const WatchRow& a, const WatchRow& b) {
            return !m_wraps || hasLongWord(a.value) == hasLongWord(b.value);
        });
    if (!sameShape) {
        makeRows(rows);
    }
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        const WatchRow& next = rows[static_cast<std::size_t>(row)];
        QWidget* const name = m_grid->itemAtPosition(2 * row, 0)->widget();
        setText(name, m_wraps ? breakableText(next.name) : next.name);
        setText(m_grid->itemAtPosition(2 * row, 1)->widget(), next.value);
        const char* const role = next.dim ? "dim" : "";
        if (name->property("role").toByteArray() != role) {
            Theme::setRole(name, role);
        }
    }
    m_rows = rows;
}

void WatchTable::makeRows(const std::vector<WatchRow>& rows)
{
    while (QLayoutItem* const item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        m_grid->addWidget(makeName(), 2 * row, 0);
        m_grid->addWidget(makeValue(rows[static_cast<std::size_t>(row)].value), 2 * row, 1);
        if (row + 1 < static_cast<int>(rows.size())) {
            auto* const line = new QFrame(this);
            line->setProperty("hairline", true);
            line->setFixedHeight(1);
            m_grid->addWidget(line, 2 * row + 1, 0, 1, 2);
        }
    }
}

} // namespace nabiz::ui
