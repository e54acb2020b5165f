// SPDX-License-Identifier: GPL-3.0-or-later
// A tree whose first column stays in sight while the others are scrolled, as its header's first section does.
// GUI thread.
#pragma once

#include <QTreeView>

namespace nabiz::ui {

class PinnedHeader;

class PinnedTree : public QTreeView {
    Q_OBJECT
public:
    explicit PinnedTree(QWidget* parent = nullptr);

    QModelIndex indexAt(const QPoint& point) const override;
    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

protected:
    PinnedHeader& pinnedHeader() const { return *m_header; }
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void paintPinned(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

    PinnedHeader* m_header;
};

} // namespace nabiz::ui
