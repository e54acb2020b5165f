// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a cell of the comparison: the value, bold with a star where it is the best, where it was, and the change from
// the baseline, green where it is for the better; each in a column of its own, so that numbers stand under each other.
// GUI thread.
#pragma once

#include <QStyledItemDelegate>
#include <array>
#include <vector>

namespace nabiz::ui {

class CompareDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    // Measures what the model holds; to be called when that changes.
    void measure(const QAbstractItemModel& model, const QFont& font);

private:
    std::array<double, 4> widths(int column) const;
    // Widths of value, star, place and change, by the model's column.
    std::vector<std::array<double, 4>> m_widths;
};

} // namespace nabiz::ui
