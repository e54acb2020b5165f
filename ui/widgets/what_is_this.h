// SPDX-License-Identifier: GPL-3.0-or-later
// A small button behind a word that not everybody knows: it says what that is.
// GUI thread.
#pragma once

#include <QToolButton>

namespace nabiz::ui {

class WhatIsThis : public QToolButton {
    Q_OBJECT
public:
    explicit WhatIsThis(QWidget* parent = nullptr);

    // `subject` is the word, for who cannot see what stands beside the button.
    void setText(const QString& subject, const QString& explanation);
};

} // namespace nabiz::ui
