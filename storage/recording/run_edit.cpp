// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/run_edit.h"
#include "storage/recording/run_writer.h"

#include <stdexcept>
#include <string_view>

namespace nabiz::storage {

namespace {

using Json = nlohmann::json;

struct EditRow {
    std::string_view what;
    void (*apply)(RunWriter&, const RunEdit&, bool late);
};

void setStatus(RunWriter& runs, const RunEdit& edit, bool late)
{
    const auto status = runStatus(edit.values.at(0).get<std::string>());
    if (!status)
        throw std::logic_error("a status that is none: " + edit.values.dump());
    if (!late || !isLive(*status))
        runs.setStatus(edit.run, *status, edit.values.at(1), edit.time);
    else if (*status != RunStatus::Queued)
        runs.setStarted(edit.run, edit.time);
}

void setPrepared(RunWriter& runs, const RunEdit& edit, bool)
{
    std::vector<Parameter> parameters;
    for (const Json& item : edit.values.at(0))
        parameters.push_back({ item.at(0), item.at(1), item.at(2) });
    runs.setPrepared(edit.run, parameters, edit.values.at(1), edit.values.at(2));
}

void addEvent(RunWriter& runs, const RunEdit& edit, bool)
{
    const Json& item = edit.values;
    runs.addEvent(edit.run,
        { .kind = item.at(0),
            .batch = item.at(1),
            .time = edit.time,
            .text = item.at(2),
            .message = item.at(3),
            .arguments = item.at(4) });
}

void addReport(RunWriter& runs, const RunEdit& edit, bool)
{
    const Json& item = edit.values;
    runs.addReport({ .run = edit.run,
        .folder = item.at(0),
        .language = item.at(1),
        .written = item.at(2),
        .version = item.at(3) });
}

constexpr EditRow kEdits[] = {
    { "status", setStatus },
    { "prepared", setPrepared },
    { "event", addEvent },
    { "report", addReport },
    { "checkpoint",
        [](RunWriter& runs, const RunEdit& edit, bool) {
            runs.addCheckpoint(edit.run, { edit.values.at(0), edit.values.at(1), edit.values.at(2) });
        } },
    { "no checkpoint",
        [](RunWriter& runs, const RunEdit& edit, bool) { runs.removeCheckpoint(edit.run, edit.values.at(0)); } },
    { "name", [](RunWriter& runs, const RunEdit& edit, bool) { runs.rename(edit.run, edit.values.at(0)); } },
    { "why", [](RunWriter& runs, const RunEdit& edit, bool) { runs.setWhy(edit.run, edit.values.at(0)); } },
    { "note", [](RunWriter& runs, const RunEdit& edit, bool) { runs.setNote(edit.run, edit.values.at(0)); } },
    { "text",
        [](RunWriter& runs, const RunEdit& edit, bool) {
            runs.setText(edit.run, edit.values.at(0), edit.values.at(1));
        } },
    { "tags", [](RunWriter& runs, const RunEdit& edit, bool) { runs.setTags(edit.run, edit.values); } },
    { "starred", [](RunWriter& runs, const RunEdit& edit, bool) { runs.setStarred(edit.run, edit.values.at(0)); } },
    { "restore", [](RunWriter& runs, const RunEdit& edit, bool) { runs.restore(edit.run); } },
};

} // namespace

void apply(const RunEdit& edit, RunWriter& runs, bool late)
{
    for (const EditRow& row : kEdits) {
        if (row.what == edit.what)
            return row.apply(runs, edit, late);
    }
    throw std::logic_error("an edit that is none: " + edit.what);
}

Json toJson(const Event& event)
{
    return Json::array({ event.kind, event.batch, event.text, event.message, event.arguments });
}

Json toJson(const Parameter& parameter)
{
    return Json::array({ parameter.key, parameter.declared, parameter.applied });
}

} // namespace nabiz::storage
