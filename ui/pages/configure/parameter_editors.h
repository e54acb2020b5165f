// SPDX-License-Identifier: GPL-3.0-or-later
// The inputs that ParameterEditor::make() chooses from, one a kind of value; each in its own source.
// GUI thread.
#pragma once

#include "ui/pages/configure/parameter_editor.h"

namespace nabiz::ui {

ParameterEditor* makeNumberEditor(const trainer::Parameter& parameter, QWidget* parent);
// A text, with a list of usual ones where there are any, and a button to browse where it is a path.
ParameterEditor* makeTextEditor(const trainer::Parameter& parameter, QWidget* parent);
ParameterEditor* makeChoiceEditor(const trainer::Parameter& parameter, QWidget* parent);
ParameterEditor* makeFlagEditor(const trainer::Parameter& parameter, QWidget* parent);
// The elements of a list as check boxes. Order and repetitions of what stays checked are kept.
ParameterEditor* makeListEditor(const trainer::Parameter& parameter, QWidget* parent);

} // namespace nabiz::ui
