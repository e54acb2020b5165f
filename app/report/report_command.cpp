// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz report RUN…: writes the folder and prints it. Needs no display: Qt's offscreen platform draws the charts.
#include "app/cli/gui_commands.h"
#include "app/report/report.h"
#include "app/report/report_charts.h"
#include "app/report/report_error.h"
#include "app/report/report_folder.h"
#include "app/run/environment.h"
#include "storage/storage_error.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace nabiz::app {

namespace {

int badInput(const std::string& sentence)
{
    std::fprintf(stderr, "nabiz: %s\n", sentence.c_str());
    return 2;
}

void print(const std::filesystem::path& folder, const Report& report, bool json)
{
    if (!json) {
        std::printf("%s\n", folder.c_str());
        return;
    }
    QJsonArray files;
    for (const auto& file : report.files())
        files.append(QString::fromStdString(file));
    const QJsonObject document { { "folder", QString::fromStdString(folder.string()) }, { "files", files } };
    std::printf("%s", QJsonDocument(document).toJson(QJsonDocument::Indented).constData());
}

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
            throw ReportError("There is no section \"" + name + "\": see nabiz report --help.");
        sections.insert(*section);
    }
    return sections.empty() ? ReportChoice().sections : sections;
}

// The report is there, whatever comes of this.
void note(const std::filesystem::path& database, const Report& report, const std::filesystem::path& folder)
{
    try {
        storage::Recorder recorder(database);
        logReport(recorder, report, folder, nabizVersion());
        recorder.flush();
    } catch (const storage::StorageError& error) {
        std::fprintf(stderr, "note: the report is written, but nabiz show will not list it: %s\n", error.what());
    }
}

} // namespace

int writeReportCommand(int argc, char** argv, const ReportOptions& options)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    try {
        const storage::RunStore store(options.database);
        std::vector<storage::RunId> runs;
        for (const auto& wanted : options.runs) {
            const auto id = store.find(wanted);
            if (!id)
                return badInput("There is no run \"" + wanted + "\" in " + options.database.string() + ": see nabiz runs.");
            runs.push_back(*id);
        }
        const trainer::PresetStore presets(trainer::PresetStore::defaultUserFolder());
        const ReportChoice choice { .sections = chosenSections(options.sections),
            .database = shownPath(std::filesystem::absolute(options.database).lexically_normal().string()),
            .version = nabizVersion() };
        const auto report = makeReport(readRuns(store, presets, runs), ReportText(options.language), choice);
        std::map<std::string, std::string> pictures;
        for (const auto& chart : report.charts)
            pictures.merge(drawChart(chart));
        const auto folder = writeReport(report, pictures, store, options.folder);
        note(options.database, report, folder);
        print(folder, report, options.json);
        return 0;
    } catch (const storage::StorageError& error) {
        return badInput(error.what());
    } catch (const ReportError& error) {
        return badInput(error.what());
    }
}

} // namespace nabiz::app
