// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a cell of the comparison: the value, bold with a star where it is the best, and the change from the baseline
// beside it, green where it is for the better. GUI thread.
#pragma once

#include <QStyledItemDelegate>

namespace nabiz::ui {

class CompareDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace nabiz::ui
