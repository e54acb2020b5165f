// SPDX-License-Identifier: GPL-3.0-or-later
// A header whose first section stays at the left while the others are scrolled: a row without its name tells nothing.
// GUI thread.
#pragma once

#include <QHeaderView>

namespace nabiz::ui {

class PinnedHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit PinnedHeader(QWidget* parent = nullptr);

    // Where the text of the first section begins, as that of its rows does.
    void setFirstIndent(int pixels) { m_firstIndent = pixels; }
    // Whether the first section covers others.
    bool isOverlaid() const { return offset() > 0; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    bool isPinned(const QPoint& position) const;
    // The event as if the first section stood where it would without pinning.
    template <typename Handler> void pass(QMouseEvent* event, const Handler& handler);

    bool m_pressedPinned = false;
    int m_firstIndent = 0;
};

} // namespace nabiz::ui
