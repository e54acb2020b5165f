// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz screenshot PAGE FILE.png: draws one page of the window offscreen, with what is in the database, read before anything
// is shown. Nothing is written but the picture.
#include "app/cli/gui_commands.h"
#include "app/gui/language.h"
#include "app/gui/report_desk.h"
#include "app/report/report_error.h"
#include "storage/run_store.h"
#include "storage/storage_error.h"
#include "trainer/data/preview.h"
#include "trainer/memory/hardware.h"
#include "ui/main_window.h"
#include "ui/models/run_catalog.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QEventLoop>
#include <QPixmap>
#include <QSaveFile>
#include <QTimer>
#include <cstdio>
#include <optional>

namespace nabiz::app {

namespace {

class BadInput : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

ui::Page pageOf(const std::string& name)
{
    static const std::map<std::string, ui::Page> pages { { "configure", ui::Page::Configure }, { "watch", ui::Page::Watch },
        { "runs", ui::Page::Runs }, { "compare", ui::Page::Compare }, { "report", ui::Page::Report } };
    const auto found = pages.find(name);
    if (found == pages.end())
        throw BadInput("There is no page \"" + name + "\": use configure, watch, runs, compare or report.");
    return found->second;
}

// The runs asked for, else the newest: two where they are compared.
std::vector<storage::RunId> chooseRuns(const storage::RunStore& store, const ui::RunCatalog& catalog, const ScreenshotOptions& options)
{
    std::vector<storage::RunId> runs;
    for (const auto& wanted : options.runs) {
        const auto id = store.find(wanted);
        if (!id)
            throw BadInput("There is no run \"" + wanted + "\" in " + options.database.string() + ": see nabiz runs.");
        runs.push_back(*id);
    }
    const std::size_t most = options.page == "compare" ? 2 : 1;
    for (const auto& run : catalog.runs())
        if (options.runs.empty() && runs.size() < most)
            runs.push_back(run.run.id);
    return runs;
}

// Layout, polish and queued signals settle within a few turns of the event loop.
void settle()
{
    for (int turn = 0; turn < 8; ++turn) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

// Configure asks for the first samples a moment after it is shown, as it does while somebody types.
void waitForSamples(const ui::MainWindow& window)
{
    QEventLoop loop;
    QObject::connect(&window, &ui::MainWindow::samplesWanted, &loop, &QEventLoop::quit);
    QTimer::singleShot(5000, &loop, &QEventLoop::quit);
    loop.exec();
}

void draw(ui::MainWindow& window, const ScreenshotOptions& options)
{
    settle();
    const auto file = QString::fromStdString(options.file.string());
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || !window.grab().save(&out, "PNG") || !out.commit())
        throw BadInput("The picture cannot be written to " + options.file.string() + ": " + out.errorString().toStdString()
            + ". Choose another place.");
}

void takePicture(QApplication& application, const ScreenshotOptions& options)
{
    const auto page = pageOf(options.page);
    const storage::RunStore store(options.database);
    Language language;
    language.apply(QString::fromStdString(options.language));
    ui::Theme::apply(application, options.dark ? ui::ThemeMode::Dark : ui::ThemeMode::Light);

    const trainer::PresetStore presets(trainer::PresetStore::defaultUserFolder());
    ui::RunCatalog catalog;
    QObject::connect(&catalog, &ui::RunCatalog::detailWanted, &catalog, [&](qint64 run) {
        if (auto detail = store.detail(run))
            catalog.setDetail(std::move(*detail));
    });
    catalog.setRuns(store.runs());
    catalog.putParameters(store.parameterTable());
    catalog.setTrash(store.trash());
    const auto runs = chooseRuns(store, catalog, options);

    ui::MainWindow window(catalog, presets, trainer::probeMachine());
    QObject::connect(&window, &ui::MainWindow::samplesWanted, &window,
        [&](const trainer::Config& config) { window.setSamples(trainer::previewSamples(config, {})); });
    QObject::connect(&window, &ui::MainWindow::reportPreviewWanted, &window,
        [&](const ui::ReportRequest& request) {
            const std::vector<storage::RunId> ids(request.runs.begin(), request.runs.end());
            if (!ids.empty())
                window.setReportPreview(makePreview(makeReport(readRuns(store, presets, ids), ReportText(options.language),
                    choiceOf(request.sections, QString::fromStdString(options.database.string())))));
        });
    window.resize(options.width, options.height);
    window.setDatabase(QString::fromStdString(options.database.string()));
    const auto* first = runs.empty() ? nullptr : catalog.overview(runs.front());
    const auto preset = first ? presets.load(first->run.preset) : presets.load("quick");
    window.openPreset(QString::fromStdString(trainer::hasErrors(preset.problems) ? "quick" : preset.name));
    window.selectRuns(runs);
    window.showPage(page);
    window.show();
    if (page == ui::Page::Configure && !options.runs.empty())
        window.editAsNew(runs.front());
    if (page == ui::Page::Configure)
        waitForSamples(window);
    draw(window, options);
}

} // namespace

int screenshotCommand(int argc, char** argv, const ScreenshotOptions& options)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
    QApplication application(argc, argv);
    application.setApplicationName(QStringLiteral("Nabız"));
    try {
        takePicture(application, options);
        return 0;
    } catch (const storage::StorageError& error) {
        std::fprintf(stderr, "nabiz: %s\n", error.what());
    } catch (const BadInput& error) {
        std::fprintf(stderr, "nabiz: %s\n", error.what());
    } catch (const ReportError& error) {
        std::fprintf(stderr, "nabiz: %s\n", error.what());
    }
    return 2;
}

} // namespace nabiz::app
