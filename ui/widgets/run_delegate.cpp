// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_delegate.h"

#include "storage/records/records.h"
#include "ui/theme/theme.h"
#include "ui/widgets/run_list_model.h"

#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace nabiz::ui {

namespace {

constexpr int kTextLeft = 54;
constexpr int kTextRight = 12;
constexpr int kStar = 12;

QRect nameRect(const QRect& row, int fontHeight)
{
    return { row.left() + kTextLeft, row.top() + 6, row.width() - kTextLeft - kTextRight, fontHeight + 1 };
}

} // namespace

void RunDelegate::paintCheck(QPainter* painter, const QRect& box, bool checked)
{
    const ThemeColors& colors = Theme::colors();
    QColor border = colors.dim;
    border.setAlphaF(0.55F);
    painter->setPen(QPen(checked ? colors.accent : border, 1));
    painter->setBrush(checked ? colors.accent : colors.panel);
    painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5);
    if (!checked)
        return;
    QPainterPath path;
    path.moveTo(box.left() + 3.5, box.top() + 7.3);
    path.lineTo(box.left() + 6.0, box.top() + 9.8);
    path.lineTo(box.left() + 10.6, box.top() + 4.6);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(
        QPen(Theme::isDark() ? colors.background : colors.panel, 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(path);
}

void RunDelegate::paintStar(QPainter* painter, const QRectF& square, bool starred)
{
    constexpr double kPi = 3.14159265358979;
    QPolygonF star;
    for (int i = 0; i < 10; ++i) {
        const double radius = square.width() / 2 * (i % 2 == 0 ? 1 : 0.45);
        const double angle = kPi * (i / 5.0 - 0.5);
        star << square.center() + QPointF(std::cos(angle), std::sin(angle) + 0.06) * radius;
    }
    const ThemeColors& colors = Theme::colors();
    painter->setPen(QPen(starred ? colors.warn : colors.dim, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(starred ? QBrush(colors.warn) : QBrush(Qt::NoBrush));
    painter->drawPolygon(star);
}

QColor RunDelegate::statusColor(int status)
{
    switch (static_cast<storage::RunStatus>(status)) {
    case storage::RunStatus::Failed:
    case storage::RunStatus::Diverged:
        return Theme::colors().bad;
    case storage::RunStatus::Interrupted:
        return Theme::colors().warn;
    default:
        return Theme::colors().dim;
    }
}

// Before the loss, in a column of its own: behind a short name people click to choose the run.
QRect RunDelegate::starRect(const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const QFontMetrics metrics(option.font);
    const QRect name = nameRect(option.rect, metrics.height());
    const int loss = std::max(metrics.horizontalAdvance(QStringLiteral("0.0000")),
        metrics.horizontalAdvance(index.data(RunListModel::LossTextRole).toString()));
    return { name.right() - loss - kGap - kStar, name.top() + (name.height() - kStar) / 2, kStar, kStar };
}

QRect RunDelegate::checkRect(const QRect& row)
{
    return { row.left() + 12, row.top() + (row.height() - kBox) / 2, kBox, kBox };
}

void RunDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::colors();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colors.selected);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, colors.background);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colors.accent);

    const QRect box = checkRect(option.rect);
    paintCheck(painter, box, index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
    painter->setPen(Qt::NoPen);
    painter->setBrush(index.data(Qt::DecorationRole).value<QColor>());
    painter->drawRoundedRect(QRectF(option.rect.left() + 35, box.center().y() - 4.5, 10, 10), 3, 3);

    const QString loss = index.data(RunListModel::LossTextRole).toString();
    painter->setFont(option.font);
    const QFontMetrics metrics(option.font);
    const int lossWidth = metrics.horizontalAdvance(loss);
    painter->setPen(colors.text);
    painter->drawText(option.rect.adjusted(0, 0, -kTextRight, 0), Qt::AlignRight | Qt::AlignVCenter, loss);

    QRect name = nameRect(option.rect, metrics.height());
    name.setRight(name.right() - lossWidth - kGap);
    const bool starred = index.data(RunListModel::StarredRole).toBool();
    if (starred || (option.state & QStyle::State_MouseOver)) {
        const QRect star = starRect(option, index);
        paintStar(painter, star, starred);
        name.setRight(star.left() - 4);
        painter->setPen(colors.text);
    }
    painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data().toString().left(200), Qt::ElideRight, name.width()));
    name.setRight(option.rect.right() - kTextRight - lossWidth - kGap);
    const QFont small = Theme::smallFont();
    const QFontMetrics smallMetrics(small);
    painter->setFont(small);
    painter->setPen(statusColor(index.data(RunListModel::StatusRole).toInt()));
    painter->drawText(QRect(name.left(), name.bottom() + 2, name.width(), smallMetrics.height() + 1),
        Qt::AlignLeft | Qt::AlignVCenter,
        smallMetrics.elidedText(index.data(RunListModel::StatusTextRole).toString(), Qt::ElideRight, name.width()));
    painter->restore();
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const int text = QFontMetrics(option.font).height() + QFontMetrics(Theme::smallFont()).height();
    return { 160, text + 16 };
}

QWidget* RunDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const
{
    auto* edit = new QLineEdit(parent);
    edit->setObjectName(QStringLiteral("runNameEdit"));
    edit->setAccessibleName(tr("Name of the run"));
    return edit;
}

void RunDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const
{
    QRect rect = nameRect(option.rect, QFontMetrics(option.font).height());
    rect.setHeight(editor->sizeHint().height());
    rect.moveTop(option.rect.top() + (option.rect.height() - rect.height()) / 2);
    editor->setGeometry(rect.adjusted(-9, 0, 0, 0));
}

bool RunDelegate::editorEvent(
    QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto toggle = [model, &index] {
        const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        return model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    };
    const QRect target = checkRect(option.rect).adjusted(-8, -12, 6, 12);
    const QRect star = starRect(option, index).adjusted(-2, -2, 2, 2);
    switch (event->type()) {
    case QEvent::MouseButtonRelease: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() != Qt::LeftButton)
            return false;
        if (star.contains(mouse->position().toPoint()))
            return model->setData(index, !index.data(RunListModel::StarredRole).toBool(), RunListModel::StarredRole);
        return target.contains(mouse->position().toPoint()) && toggle();
    }
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick: {
        const QPoint at = static_cast<QMouseEvent*>(event)->position().toPoint();
        return target.contains(at) || star.contains(at); // the row stays as it is
    }
    case QEvent::KeyPress:
        return static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space && toggle();
    default:
        return false;
    }
}

} // namespace nabiz::ui
