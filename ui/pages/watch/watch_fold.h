// SPDX-License-Identifier: GPL-3.0-or-later
// A card whose body opens and closes by its title.
// GUI thread.
#pragma once

#include "ui/widgets/card.h"

class QToolButton;
class QWidget;

namespace nabiz::ui {

class WatchFold : public Card {
    Q_OBJECT
public:
    // `name` is the object name of the button.
    explicit WatchFold(const QString& name, QWidget* parent = nullptr);

    void setFoldTitle(const QString& title);
    QVBoxLayout* content() const { return m_content; }
    bool isOpen() const;
    void setOpen(bool open);

Q_SIGNALS:
    void opened(bool open);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showState();

    QToolButton* m_button;
    QWidget* m_inside;
    QVBoxLayout* m_content;
};

} // namespace nabiz::ui
