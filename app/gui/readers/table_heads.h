// SPDX-License-Identifier: GPL-3.0-or-later
// The heads of the tables in a page, Markdown's and CSV's, whether they are known or not, so that a person can say what
// each column is. Pure; any thread.
#pragma once

#include "ui/requests/reference_preview.h"

namespace nabiz::app {

std::vector<ui::TableHead> tableHeads(const QString& page);

} // namespace nabiz::app
