// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/kept_toggles.h"

#include <QAbstractButton>
#include <QAction>

namespace nabiz::ui {

namespace {

// Calls `with` for the switch of that name.
template <typename With> void visit(const QWidget& page, const char* name, const With& with)
{
    const QLatin1String wanted(name);
    if (auto* button = page.findChild<QAbstractButton*>(wanted))
        with(*button);
    else if (auto* action = page.findChild<QAction*>(wanted))
        with(*action);
}

} // namespace

QJsonObject keptToggles(const QWidget& page, ToggleNames names)
{
    QJsonObject kept;
    for (const char* name : names)
        visit(page, name, [&](const auto& toggle) { kept.insert(QLatin1String(name), toggle.isChecked()); });
    return kept;
}

void restoreToggles(const QWidget& page, ToggleNames names, const QJsonObject& kept)
{
    for (const char* name : names) {
        if (const QJsonValue value = kept.value(QLatin1String(name)); value.isBool())
            visit(page, name, [&](auto& toggle) { toggle.setChecked(value.toBool()); });
    }
}

} // namespace nabiz::ui
