// SPDX-License-Identifier: GPL-3.0-or-later
// Two small pages of help: the keyboard, and what this program is.
// GUI thread.
#pragma once

#include <QDialog>

class QAction;

namespace nabiz::ui {

// Every shortcut, read from the actions themselves.
QDialog* makeShortcutsDialog(const QList<QAction*>& actions, QWidget* parent);
QDialog* makeAboutDialog(QWidget* parent);

} // namespace nabiz::ui
