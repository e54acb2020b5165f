// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a row of the run list: check box, colour, name over its state, loss at the right; edits the name in place.
// GUI thread.
#pragma once

#include <QStyledItemDelegate>

namespace nabiz::ui {

class RunDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
    // Where the check box lies in a row.
    static QRect checkRect(const QRect& row);

    // The same in the run table.
    static constexpr int kBox = 14;
    static void paintCheck(QPainter* painter, const QRect& box, bool checked);
    static void paintStar(QPainter* painter, const QRectF& square, bool starred);
    static QColor statusColor(int status);

private:
    static QRect starRect(const QStyleOptionViewItem& option, const QModelIndex& index);
};

} // namespace nabiz::ui
