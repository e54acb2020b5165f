// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/run_table_delegate.h"

#include "storage/records/records.h"
#include "ui/models/run_table_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_delegate.h"

#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

namespace nabiz::ui {

namespace {

constexpr int kStar = 14;

} // namespace

QRect RunTableDelegate::checkRect(const QRect& cell)
{
    constexpr int kBox = RunDelegate::kBox;
    return { cell.left() + 12, cell.top() + (cell.height() - kBox) / 2, kBox, kBox };
}

void RunTableDelegate::paintName(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, QRect& text) const
{
    const QRect box = checkRect(option.rect);
    RunDelegate::paintCheck(painter, box, index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
    painter->setPen(Qt::NoPen);
    painter->setBrush(index.data(Qt::DecorationRole).value<QColor>());
    painter->drawRoundedRect(QRectF(option.rect.left() + 35, box.center().y() - 4.5, 10, 10), 3, 3);
    text.setLeft(option.rect.left() + kNameLeft);
}

void RunTableDelegate::paintText(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QRect& text) const
{
    const ThemeColors& colors = Theme::colors();
    const QString shown = index.data().toString();
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    painter->setFont(option.font);
    painter->setPen(colors.text);
    const QFontMetrics metrics(option.font);
    if (shown.isEmpty()) {
        if (alignment & Qt::AlignRight) { // an empty cell of numbers says that it is empty
            painter->setPen(colors.dim);
            painter->drawText(text, alignment, QStringLiteral("–"));
        }
        return;
    }
    if (index.data(RunTableModel::RawRole).toBool()) {
        painter->setPen(colors.dim);
        const int number = metrics.horizontalAdvance(shown);
        painter->setFont(Theme::smallFont());
        painter->drawText(text.adjusted(0, 0, -number - 6, 0), alignment, tr("raw"));
        painter->setFont(option.font);
    }
    const auto* model = qobject_cast<const RunTableModel*>(index.model());
    if (model && model->columns().at(index.column()).field == storage::RunField::Status)
        painter->setPen(RunDelegate::statusColor(index.data(RunTableModel::StatusRole).toInt()));
    painter->drawText(text, alignment, metrics.elidedText(shown, Qt::ElideRight, text.width()));
}

void RunTableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::colors();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colors.selected);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, colors.background);
    if (index.column() == m_starColumn) {
        const bool starred = !index.data().toString().isEmpty();
        if (starred || (option.state & QStyle::State_MouseOver)) {
            QRectF square(0, 0, kStar, kStar);
            square.moveCenter(QRectF(option.rect).center());
            RunDelegate::paintStar(painter, square, starred);
        }
    } else {
        QRect text = option.rect.adjusted(kInset, 0, -kInset, 0);
        if (index.column() == 0)
            paintName(painter, option, index, text);
        paintText(painter, option, index, text);
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(colors.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3);
    }
    painter->restore();
}

// ▾ 0.0003   12 runs · best 1.584 · mean 1.702
void RunTableDelegate::paintGroup(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, bool isOpen) const
{
    const ThemeColors& colors = Theme::colors();
    painter->save();
    painter->fillRect(option.rect, option.state & QStyle::State_Selected ? colors.selected : colors.background);
    painter->setPen(colors.line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRect chevron(option.rect.left() + 11, option.rect.center().y() - 7, 16, 16);
    Theme::icon(isOpen ? QStringLiteral("chevron-open") : QStringLiteral("chevron-right")).paint(painter, chevron);
    QRect text = option.rect.adjusted(35, 0, -kInset, 0);
    const QFont strong = Theme::strongFont();
    const QFontMetrics metrics(strong);
    painter->setFont(strong);
    painter->setPen(colors.text);
    const QString title = metrics.elidedText(index.data().toString(), Qt::ElideRight, text.width() / 2);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter, title);
    text.setLeft(text.left() + metrics.horizontalAdvance(title) + kMargin);
    QString facts = tr("%n run(s)", nullptr, index.data(RunTableModel::GroupCountRole).toInt());
    if (const QString best = index.data(RunTableModel::GroupBestRole).toString(); !best.isEmpty())
        facts += tr(" · best %1 · mean %2").arg(best, index.data(RunTableModel::GroupMeanRole).toString());
    painter->setFont(Theme::smallFont());
    painter->setPen(colors.dim);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter, facts);
    painter->restore();
}

QSize RunTableDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return { 40, QFontMetrics(option.font).height() + 12 };
}

QWidget* RunTableDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    auto* edit = new QLineEdit(parent);
    edit->setObjectName(QStringLiteral("runTableEdit"));
    edit->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
    return edit;
}

void RunTableDelegate::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QRect rect = option.rect;
    if (index.column() == 0)
        rect.setLeft(rect.left() + kNameLeft - 9);
    rect.setWidth(std::max(rect.width(), editor->fontMetrics().averageCharWidth() * 24));
    const int height = editor->sizeHint().height();
    rect.setTop(rect.top() + (rect.height() - height) / 2);
    rect.setHeight(height);
    editor->setGeometry(rect);
}

bool RunTableDelegate::editorEvent(
    QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const bool isRelease = event->type() == QEvent::MouseButtonRelease;
    if (!isRelease && event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseButtonDblClick)
        return false; // the view has the keys
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton || index.data(RunTableModel::RunIdRole).toLongLong() == 0)
        return false;
    if (index.column() == m_starColumn) {
        QRect star(0, 0, kStar + 8, kStar + 8);
        star.moveCenter(option.rect.center());
        if (!isRelease || !star.contains(mouse->position().toPoint()))
            return false; // beside it the row is chosen
        Q_EMIT starClicked(index);
        return true;
    }
    if (index.column() != 0 || !checkRect(option.rect).adjusted(-10, -8, 6, 8).contains(mouse->position().toPoint()))
        return false;
    const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return !isRelease || model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace nabiz::ui
