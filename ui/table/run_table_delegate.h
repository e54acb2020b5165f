// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the cells of the run table: check box, colour and name; star; numbers at the right; and the rows of groups
// across all columns. Edits names, tags and notes in place. GUI thread.
#pragma once

#include <QStyledItemDelegate>

namespace nabiz::ui {

class RunTableDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int kNameLeft = 52; // behind check box and colour
    static constexpr int kInset = 8; // as the header's
    using QStyledItemDelegate::QStyledItemDelegate;

    // Which column has the star.
    void setStarColumn(int column) { m_starColumn = column; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paintGroup(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, bool isOpen) const;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
    static QRect checkRect(const QRect& cell);

Q_SIGNALS:
    void starClicked(const QModelIndex& index);

private:
    void paintName(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, QRect& text) const;
    void paintText(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QRect& text) const;

    int m_starColumn = 1;
};

} // namespace nabiz::ui
