// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences of the layers below, in the window's language: their English literal is the key of its translation.
// GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/base/message.h"
#include "trainer/config/parameters/metric_table.h"
#include "trainer/config/parameters/parameter_table.h"

#include <QString>
#include <string>

namespace nabiz::ui {

QString text(const trainer::Message& message);
QString text(const storage::Event& event);
// "running", "finished" …
QString statusName(storage::RunStatus status);

QString parameterLabel(const trainer::Parameter& parameter);
QString parameterHelp(const trainer::Parameter& parameter);
QString parameterUnit(const trainer::Parameter& parameter);
QString groupName(const char* group);
// A name that is not in the table (an imported metric) is its own label.
QString metricLabel(const std::string& name);

// A name within a sentence: on one line, and not longer than the sentence.
QString shortName(const QString& name);
// What a young model writes knows no spaces: it may break anywhere, or the column would grow as wide as its longest
// word.
QString breakableText(const QString& text, int longest = 24);

} // namespace nabiz::ui
