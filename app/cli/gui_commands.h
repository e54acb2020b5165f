// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that need Qt, as the command line sees them; defined in app/gui and app/report, absent from a build
// without the window. They print nothing; what fails is thrown, for runCommandLine to say.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nabiz::app {

struct WindowOptions {
    std::filesystem::path database;
    std::string preset; // to load into Configure; empty = where it was
    std::vector<std::string> files; // to open: presets, text, databases, runs
};

struct ReportOptions {
    std::filesystem::path database;
    std::vector<std::string> runs; // ids or names
    std::filesystem::path folder; // of the reports: the report gets a folder of its own in it
    std::string language = "en"; // or "tr"
    std::vector<std::string> sections; // their names; empty = all
    std::string title; // empty = made of the runs
    std::vector<std::string> panels; // names and patterns of metrics, commas between: a chart each
    bool zip = false; // one file in place of a folder
    bool json = false;
};

struct ReportWritten {
    std::filesystem::path folder;
    std::vector<std::string> files; // in it
    std::string note; // what did not go well beside it
};

struct ScreenshotOptions {
    std::filesystem::path database;
    std::string page; // one of pageNames()
    std::filesystem::path file; // - is stdout
    std::vector<std::string> runs;
    std::string language = "en";
    bool dark = false;
    std::string panels; // a layout of Watch or Compare; empty = as they begin
    double scale = 1;
    int width = 1400, height = 860; // at scale 1
};

// `argc` and `argv` are the process's: Qt takes its own options from them.
// Where there is a display. Returns the process's exit code.
int openWindow(int argc, char** argv, const WindowOptions& options);
std::vector<std::string> pageNames(); // in the order of the tabs
ReportWritten writeReportCommand(int argc, char** argv, const ReportOptions& options);
void screenshotCommand(int argc, char** argv, const ScreenshotOptions& options);

} // namespace nabiz::app
