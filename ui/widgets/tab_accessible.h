// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader is told of the buttons that go from page to page: tabs, not check boxes. Those with the property
// "tab" or "pageTab". GUI thread.
#pragma once

#include <QAccessibleWidget>

class QAbstractButton;

namespace nabiz::ui {

class TabAccessible : public QAccessibleWidget {
public:
    explicit TabAccessible(QAbstractButton* button);

    // For the whole program; more calls do nothing.
    static void install();

    QString text(QAccessible::Text kind) const override;
    QAccessible::State state() const override;
    QStringList actionNames() const override;
    void doAction(const QString& name) override;

private:
    QAbstractButton& button() const;
};

} // namespace nabiz::ui
