// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz report RUN…: writes the folder. Needs no display: Qt's offscreen platform draws the charts.
#include "app/cli/gui_commands.h"
#include "app/cli/usage_error.h"
#include "app/report/report.h"
#include "app/report/report_charts.h"
#include "app/report/report_error.h"
#include "app/report/report_folder.h"
#include "app/run/environment.h"
#include "storage/records/storage_error.h"
#include "ui/panels/panel_content.h"

#include <QApplication>

namespace nabiz::app {

namespace {

// Names with commas between.
Sections chosenSections(const std::vector<std::string>& lists)
{
    Sections sections;
    QStringList names;
    for (const auto& list : lists)
        names << QString::fromStdString(list).split(u',', Qt::SkipEmptyParts);
    for (const auto& entry : names) {
        const auto name = entry.trimmed().toStdString();
        const auto section = sectionCalled(name);
        if (!section)
            throw ReportError("there is no section '" + name + "'; nabiz report --help lists them");
        sections.insert(*section);
    }
    if (sections.empty() && !lists.empty())
        throw ReportError("--sections names no section; nabiz report --help lists them");
    return lists.empty() ? ReportChoice().sections : sections;
}

// Each with what it is to show; one without a name of a metric is refused.
std::vector<ui::PanelSpec> chosenPanels(const std::vector<std::string>& lists)
{
    std::vector<ui::PanelSpec> panels;
    for (const auto& list : lists) {
        ui::PanelSpec panel;
        for (const QString& name : QString::fromStdString(list).split(u',', Qt::SkipEmptyParts))
            if (!name.trimmed().isEmpty())
                panel.metrics << name.trimmed();
        if (panel.metrics.isEmpty())
            throw ReportError("--panel names no metric; give names or patterns, such as router.*");
        panels.push_back(panel);
    }
    return panels;
}

// What none of the runs has is said rather than left out.
void refuseEmptyPanels(const std::vector<ReportRun>& runs, const std::vector<ui::PanelSpec>& panels)
{
    ui::PanelRuns shown;
    for (const ReportRun& run : runs)
        shown.push_back(&run);
    for (const ui::PanelSpec& panel : panels)
        if (ui::panelMetrics(shown, panel).empty())
            throw ReportError("none of the runs has a metric called " + panel.metrics.join(u',').toStdString()
                + "; nabiz show RUN --metrics lists them");
}

// The report is there, whatever comes of this: what went wrong, or nothing.
std::string note(const std::filesystem::path& database, const Report& report, const std::filesystem::path& folder)
{
    try {
        storage::Recorder recorder(database);
        logReport(recorder, report, folder, nabizVersion());
        recorder.flush();
        return {};
    } catch (const storage::StorageError& error) {
        return std::string("the report is written, but nabiz show will not list it: ") + error.what();
    }
}

ReportWritten write(const ReportOptions& options)
{
    const storage::RunStore store(options.database);
    std::vector<storage::RunId> runs;
    for (const auto& wanted : options.runs) {
        const auto id = store.find(wanted);
        if (!id)
            throw UsageError(
                "there is no run '" + wanted + "' in " + options.database.string() + "; nabiz runs lists them");
        runs.push_back(*id);
    }
    const trainer::PresetStore presets(trainer::PresetStore::defaultUserFolder());
    const ReportChoice choice { .sections = chosenSections(options.sections),
        .database = shownPath(std::filesystem::absolute(options.database).lexically_normal().string()),
        .version = nabizVersion(),
        .title = options.title,
        .panels = chosenPanels(options.panels) };
    auto read = readRuns(store, presets, runs, {}, choice.panels);
    refuseEmptyPanels(read, choice.panels);
    const auto report = makeReport(std::move(read), ReportText(options.language), choice);
    std::map<std::string, std::string> pictures;
    for (const auto& chart : report.charts)
        pictures.merge(drawChart(chart));
    const auto folder
        = writeReport(report, pictures, store, options.folder, options.zip ? ReportForm::Zip : ReportForm::Folder);
    return { folder, report.files(), note(options.database, report, folder) };
}

} // namespace

ReportWritten writeReportCommand(int argc, char** argv, const ReportOptions& options)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    try {
        return write(options);
    } catch (const ReportError& error) {
        throw UsageError(error.what());
    }
}

} // namespace nabiz::app
