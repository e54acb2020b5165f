// SPDX-License-Identifier: GPL-3.0-or-later
// What a recorded batch changes in what the window holds of its run: its figures in the list, its curves. The
// database's own figures replace these when the run's record is read again. GUI thread.
#pragma once

#include "storage/records/records.h"

#include <memory>
#include <vector>

namespace nabiz::ui {

class RunSeries;
struct RunDetail;

// `metrics` names the numbers used in the row.
void takeRow(storage::Summary& summary, const std::vector<storage::Metric>& metrics, const storage::Row& row);
// Into the series it belongs to, a new one where there is none; what they hold already is left out.
void takeRow(RunDetail& detail, const std::vector<storage::Metric>& metrics, const storage::Row& row);
// Whether a run went on from before this batch, so that what is held from there on was given up.
bool supersedes(const RunDetail& detail, const storage::Row& row);
// The figures that follow from a run's curves: steps, and the mean of the last losses.
void finishSummary(storage::Summary& summary, const RunDetail& detail);

// False when it is known.
bool takeEvent(RunDetail& detail, const storage::Event& event);
// Of a run that is read again: a series that is loaded already and goes at least as far stays, since charts point to
// it.
std::unique_ptr<RunSeries> keepOrMake(RunDetail* before, storage::Series& column);

} // namespace nabiz::ui
