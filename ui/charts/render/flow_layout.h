// SPDX-License-Identifier: GPL-3.0-or-later
// Widgets one after another, in as many lines as the width asks for: legends of many curves, at any font and scale.
// GUI thread.
#pragma once

#include <QLayout>
#include <vector>

namespace nabiz::ui {

class FlowLayout : public QLayout {
public:
    explicit FlowLayout(QWidget* parent, int gap);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool apply) const; // the height

    std::vector<QLayoutItem*> m_items; // owned
    int m_gap;
};

} // namespace nabiz::ui
