// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/reference_changes.h"

#include "ui/widgets/quiet_combo_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QTextCursor>
#include <QTreeWidget>

#include <algorithm>
#include <functional>

namespace nabiz::ui {

ReferenceChanges::ReferenceChanges(QPlainTextEdit& page, QTreeWidget& lines, QWidget* parent)
    : QWidget(parent)
    , m_page(page)
    , m_lines(lines)
    , m_heads(new QuietComboBox(this))
    , m_kinds(new QuietComboBox(this))
    , m_strike(new QPushButton(tr("&Strike chosen lines"), this))
{
    m_lines.setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_strike->setObjectName(QStringLiteral("referenceStrikeButton"));
    m_strike->setAutoDefault(false);
    m_strike->setEnabled(false);
    connect(&m_lines, &QTreeWidget::itemSelectionChanged, this,
        [this] { m_strike->setEnabled(!m_lines.selectedItems().isEmpty()); });
    connect(m_strike, &QPushButton::clicked, this, &ReferenceChanges::strikeChosen);
    auto* label = new QLabel(tr("&Column"), this);
    label->setBuddy(m_heads);
    m_heads->setObjectName(QStringLiteral("referenceHeadBox"));
    m_heads->setMinimumContentsLength(16);
    m_heads->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kinds->setObjectName(QStringLiteral("referenceKindBox"));
    m_kinds->setAccessibleName(tr("What the column is"));
    m_kinds->addItem(tr("is what its head says"));
    m_kinds->addItem(tr("counts the batches"), QStringLiteral("step"));
    m_kinds->addItem(tr("is the loss"), QStringLiteral("loss"));
    m_kinds->addItem(tr("is the validation's loss"), QStringLiteral("val.loss"));
    m_kinds->addItem(tr("is left out"), QStringLiteral("–"));
    connect(m_kinds, &QComboBox::activated, this, &ReferenceChanges::nameColumn);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(label);
    row->addWidget(m_heads);
    row->addWidget(m_kinds);
    row->addStretch(1);
    row->addWidget(m_strike);
    show({});
}

void ReferenceChanges::show(const ReferencePreview& preview)
{
    m_text = preview.page;
    m_known = preview.heads;
    const int before = m_heads->currentIndex();
    m_heads->clear();
    for (const TableHead& head : m_known)
        m_heads->addItem(tr("%1 (line %2)").arg(head.text, locale().toString(head.line)));
    if (before >= 0 && before < m_heads->count())
        m_heads->setCurrentIndex(before);
    m_heads->setEnabled(!m_known.empty());
    m_kinds->setEnabled(!m_known.empty());
    m_kinds->setCurrentIndex(0);
}

// Not when a key has changed it since.
bool ReferenceChanges::isOfThisPage() const
{
    return m_text == m_page.toPlainText();
}

void ReferenceChanges::nameColumn(int kind)
{
    const auto name = m_kinds->itemData(kind).toString();
    const auto place = static_cast<std::size_t>(std::max(m_heads->currentIndex(), 0));
    if (name.isEmpty() || place >= m_known.size() || !isOfThisPage())
        return;
    const TableHead& head = m_known[place];
    const auto begin = m_page.document()->findBlockByNumber(head.line - 1).position() + head.begin;
    QTextCursor cursor(m_page.document());
    cursor.setPosition(begin);
    cursor.setPosition(begin + head.length, QTextCursor::KeepAnchor);
    cursor.insertText(name);
}

void ReferenceChanges::strikeChosen()
{
    if (!isOfThisPage())
        return;
    QList<int> lines;
    for (const auto* item : m_lines.selectedItems())
        lines << item->text(0).toInt() - 1;
    std::sort(lines.begin(), lines.end(), std::greater<>());
    QTextCursor cursor(m_page.document());
    cursor.beginEditBlock();
    for (const int line : lines) {
        const auto block = m_page.document()->findBlockByNumber(line);
        cursor.setPosition(block.position());
        cursor.movePosition(
            block.next().isValid() ? QTextCursor::NextBlock : QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
    }
    cursor.endEditBlock();
}

} // namespace nabiz::ui
