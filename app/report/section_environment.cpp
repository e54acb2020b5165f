// SPDX-License-Identifier: GPL-3.0-or-later
// The run's record: when, where, with what, on which data; and the one line that repeats it.
#include "app/report/markdown.h"
#include "app/report/sections.h"
#include "app/report/stretches.h"
#include "storage/records/run_clock.h"
#include "trainer/base/plain_number.h"
#include "trainer/base/shell_quote.h"
#include "trainer/estimate/memory_ledger.h"
#include "trainer/loop/facts.h"

#include <ctime>
#include <set>
#include <string_view>
#include <utility>

namespace nabiz::app {

namespace {

// As the clock on the wall had it, and how far that was from UTC: 2026-05-04 13:05:06 (UTC+03:00).
std::string localTime(std::int64_t milliseconds)
{
    const std::time_t seconds = milliseconds / 1000;
    std::tm parts {};
    if (!localtime_r(&seconds, &parts))
        return std::to_string(milliseconds);
    char buffer[64];
    std::string time(buffer, std::strftime(buffer, sizeof buffer, "%Y-%m-%d %H:%M:%S (UTC%z)", &parts));
    return time.size() < 3 ? time : time.insert(time.size() - 3, ":");
}

// 957 448
std::string grouped(std::string digits)
{
    for (std::size_t i = digits.size(); i > 3; i -= 3)
        digits.insert(i - 3, "\u202F");
    return digits;
}

std::string sizeText(double bytes)
{
    for (const auto& [size, unit] : { std::pair { 1e9, " GB" }, { 1e6, " MB" }, { 1e3, " kB" } }) {
        if (bytes >= size)
            return figure(bytes / size) + unit;
    }
    return figure(bytes) + " B";
}

// A stored fact as people read it: sizes with their unit, counts in groups, times by the clock.
std::string factText(const std::string& key, const std::string& value, const ReportText& text)
{
    static const std::set<std::string_view> kSizes { "memory.total", "memory.loaded", "memory.predicted", "data.bytes",
        "data.training_bytes", "data.validation_bytes", "reference.memory.steady", "reference.memory.peak",
        "reference.memory.predicted" };
    static const std::set<std::string_view> kCounts { "model.parameters", "model.trained_parameters",
        "data.training_lines", "data.validation_lines" };
    const auto number = trainer::finiteNumber(value);
    if (!number)
        return markdown::escape(value);
    if (kSizes.contains(key))
        return text.figures(sizeText(*number));
    if (key == "data.entropy")
        return text.figures(figure(number));
    if (key == storage::kTimeZero)
        return localTime(static_cast<std::int64_t>(*number));
    const bool isCount = kCounts.contains(key) && value.find_first_not_of("0123456789") == std::string::npos;
    return isCount ? grouped(value) : markdown::escape(value);
}

// "language weights 6.3 MB, model weights 3.2 MB"
std::string partsText(const std::string& value, const ReportText& text)
{
    const auto ledger = trainer::ledgerFrom(value);
    std::string said;
    for (const trainer::MemoryPart& part : trainer::memoryParts()) {
        const std::int64_t bytes = ledger ? (*ledger).*part.bytes : 0;
        if (bytes > 0)
            said += (said.empty() ? "" : ", ") + text(std::string("ledger.") + part.key) + ' '
                + text.figures(sizeText(static_cast<double>(bytes)));
    }
    return ledger ? said : markdown::escape(value);
}

std::string stretchText(const Stretch& stretch, const ReportText& text)
{
    std::string said = text("stretch.began",
        { std::to_string(stretch.firstBatch), localTime(stretch.began), text.duration(stretch.stoodStill) });
    for (const Stretch::Change& change : stretch.changes)
        said += text("stretch.changed",
            { markdown::code(change.key), markdown::escape(change.after), markdown::escape(change.before) });
    return said;
}

std::string factsTable(const ReportRun& run, const ReportText& text)
{
    const auto& record = run.overview.run;
    std::vector<std::vector<std::string>> rows {
        { text("fact.run"), std::to_string(record.id) },
        { text("fact.status"), text("status." + std::string(storage::name(record.status))) },
    };
    if (!record.preset.empty())
        rows.push_back({ text("fact.preset"), markdown::code(record.preset) });
    if (record.parent)
        rows.push_back({ text("fact.parent"), std::to_string(*record.parent) });
    if (record.started)
        rows.push_back({ text("fact.started"), localTime(*record.started) });
    if (record.ended)
        rows.push_back({ text("fact.ended"), localTime(*record.ended) });
    if (record.status != storage::RunStatus::Reference)
        rows.push_back({ text("fact.seed"), std::to_string(record.seed) });
    // Known facts under their names, in the order of the names; others under their keys, so that none is lost.
    for (const auto& [key, value] : record.facts) {
        if (key == storage::kTimeStretches)
            continue; // said in words below
        rows.push_back({ text.has("fact." + key) ? text("fact." + key) : markdown::code(key),
            key == trainer::kFactMemoryLedger ? partsText(value, text) : factText(key, value, text) });
    }
    int number = 1;
    for (const Stretch& stretch : laterStretches(run))
        rows.push_back({ text("fact.stretch", { std::to_string(++number) }), stretchText(stretch, text) });
    return markdown::table({ text("column.fact"), text("column.value") }, rows, true) + "\n";
}

} // namespace

std::string environmentSection(const ReportRun& run, const ReportText& text, int level)
{
    return markdown::heading(level, text("section.environment")) + factsTable(run, text);
}

std::string originLine(const std::vector<ReportRun>& runs, const ReportText& text, const ReportChoice& choice)
{
    std::string ids;
    for (const auto& run : runs)
        ids += (ids.empty() ? "" : ", ") + std::to_string(run.overview.run.id);
    return "---\n\n"
        + text(
            runs.size() == 1 ? "origin.run" : "origin.runs", { choice.version, ids, markdown::code(choice.database) })
        + "\n\n";
}

std::string reproduceSection(const ReportRun& run, const ReportText& text, int level)
{
    const auto lines = reproduceLines(run, text);
    return lines.empty()
        ? lines
        : markdown::heading(level, text("section.reproduce")) + text("reproduce.line") + "\n\n" + lines;
}

std::string reproduceLines(const ReportRun& run, const ReportText& text)
{
    const storage::Run& record = run.overview.run;
    if (record.command.empty())
        return {};
    std::string lines = markdown::block(record.command, "sh") + "\n";
    std::string later;
    for (const Stretch& stretch : laterStretches(run)) {
        later += "nabiz resume " + trainer::shellQuote(record.name);
        for (const Stretch::Change& change : stretch.changes)
            later += ' ' + change.key + '=' + trainer::shellQuote(change.after);
        later += text("reproduce.from", { std::to_string(stretch.firstBatch) }) + '\n';
    }
    if (!later.empty())
        lines += text("reproduce.resumed") + "\n\n" + markdown::block(later.substr(0, later.size() - 1), "sh") + "\n";
    return lines;
}

} // namespace nabiz::app
