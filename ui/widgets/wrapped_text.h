// SPDX-License-Identifier: GPL-3.0-or-later
// A text to be read and copied, as high as it needs: it breaks at blanks, and inside a word that is longer than the
// line, so that no word makes the column wider. GUI thread.
#pragma once

#include <QPlainTextEdit>

namespace nabiz::ui {

class WrappedText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit WrappedText(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void resizeEvent(QResizeEvent* event) override;
};

} // namespace nabiz::ui
