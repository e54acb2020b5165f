// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tab_accessible.h"

#include <QAbstractButton>

namespace nabiz::ui {

namespace {

QAccessibleInterface* makeTab(const QString& className, QObject* object)
{
    if (className != QLatin1String("QPushButton")
        || !(object->property("tab").toBool() || object->property("pageTab").toBool()))
        return nullptr;
    return new TabAccessible(static_cast<QAbstractButton*>(object));
}

} // namespace

TabAccessible::TabAccessible(QAbstractButton* button)
    : QAccessibleWidget(button, QAccessible::PageTab)
{
}

void TabAccessible::install()
{
    static const bool once = [] {
        QAccessible::installFactory(&makeTab);
        return true;
    }();
    Q_UNUSED(once)
}

QAbstractButton& TabAccessible::button() const
{
    return *static_cast<QAbstractButton*>(widget());
}

QString TabAccessible::text(QAccessible::Text kind) const
{
    const QString given = QAccessibleWidget::text(kind);
    return kind == QAccessible::Name && given.isEmpty() ? button().text().remove(u'&') : given;
}

QAccessible::State TabAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.selectable = true;
    state.selected = button().isChecked();
    return state;
}

QStringList TabAccessible::actionNames() const
{
    return QStringList { pressAction() } + QAccessibleWidget::actionNames();
}

void TabAccessible::doAction(const QString& name)
{
    if (name == pressAction())
        button().click();
    else
        QAccessibleWidget::doAction(name);
}

} // namespace nabiz::ui
