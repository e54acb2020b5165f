// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as they are typed into the form and shown there: the C locale's and the window's locale's, 3e-4 and 0,1
// alike. Any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/parameter_table.h"

#include <QString>
#include <variant>

namespace nabiz::ui {

// The value that `text` stands for, or why it is none.
std::variant<trainer::Value, trainer::Message> readNumber(const trainer::Parameter& parameter, const QString& text);
// 3e-4, 0,1 under a decimal comma.
QString editText(const trainer::Value& value);

} // namespace nabiz::ui
