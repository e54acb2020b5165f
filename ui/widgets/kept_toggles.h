// SPDX-License-Identifier: GPL-3.0-or-later
// The switches of a page as they stand, by object name: buttons, check boxes, folds and actions that can be checked.
// For the program's settings. GUI thread.
#pragma once

#include <QJsonObject>
#include <initializer_list>

class QWidget;

namespace nabiz::ui {

using ToggleNames = std::initializer_list<const char*>;

QJsonObject keptToggles(const QWidget& page, ToggleNames names);
// Those that `kept` does not have stay as they are.
void restoreToggles(const QWidget& page, ToggleNames names, const QJsonObject& kept);

} // namespace nabiz::ui
