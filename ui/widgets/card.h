// SPDX-License-Identifier: GPL-3.0-or-later
// A panel with a title line and a body: the one frame that pages are made of.
// GUI thread.
#pragma once

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace nabiz::ui {

class ElidedLabel;

class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);

    // Shortened to the room there is. An empty title leaves the title line away.
    void setTitle(const QString& title);
    void setSubtitle(const QString& subtitle);
    // For what stands at the right end of the title line.
    QHBoxLayout* titleLine() const { return m_titleLine; }
    QVBoxLayout* body() const { return m_body; }

private:
    QHBoxLayout* m_titleLine;
    QVBoxLayout* m_body;
    ElidedLabel* m_title;
    ElidedLabel* m_subtitle;
};

} // namespace nabiz::ui
