// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/chart_accessible.h"

#include <QAccessibleWidget>

namespace nabiz::ui {
namespace {

constexpr const char* kIsChart = "accessibleChart";

QAccessibleInterface* chartInterface(const QString&, QObject* object)
{
    auto* const widget = qobject_cast<QWidget*>(object);
    return widget && widget->property(kIsChart).toBool() ? new QAccessibleWidget(widget, QAccessible::Chart) : nullptr;
}

} // namespace

void makeAccessibleChart(QWidget& widget)
{
    QAccessible::installFactory(chartInterface); // one that is there is not added again
    widget.setProperty(kIsChart, true);
}

} // namespace nabiz::ui
