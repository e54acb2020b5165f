// SPDX-License-Identifier: GPL-3.0-or-later
// A one-line label that shortens its text to the room there is and shows all of it as a tool tip.
// GUI thread.
#pragma once

#include <QLabel>

namespace nabiz::ui {

class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setFullText(const QString& text);
    const QString& fullText() const { return m_text; }
    void setElideMode(Qt::TextElideMode mode);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void shorten();

    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace nabiz::ui
