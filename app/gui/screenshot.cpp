// SPDX-License-Identifier: GPL-3.0-or-later
// nabiz screenshot PAGE FILE.png: draws one page of the window offscreen, with what is in the database, read before
// anything is shown. Nothing is written but the picture.
#include "app/cli/gui_commands.h"
#include "app/cli/usage_error.h"
#include "app/gui/language.h"
#include "app/gui/layout_keeper.h"
#include "app/gui/readers/reason_reader.h"
#include "app/gui/report_desk.h"
#include "app/report/report_error.h"
#include "storage/run_store.h"
#include "trainer/base/output_file.h"
#include "trainer/data/preview.h"
#include "trainer/memory/hardware.h"
#include "ui/charts/view/plot_view.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/configure/draft_samples.h"
#include "ui/pages/report/report_page.h"
#include "ui/panels/layout_shelf.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QApplication>
#include <QBuffer>
#include <QEventLoop>
#include <QImageWriter>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPixmap>
#include <QTimer>
#include <algorithm>
#include <optional>

namespace nabiz::app {

namespace {

ui::Page pageOf(const std::string& name)
{
    const auto names = pageNames();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        throw UsageError("there is no page '" + name + "'; nabiz screenshot --help lists them");
    return static_cast<ui::Page>(found - names.begin());
}

// The runs asked for, else the newest: two where they are compared.
std::vector<storage::RunId> chooseRuns(
    const storage::RunStore& store, const ui::RunCatalog& catalog, const ScreenshotOptions& options)
{
    std::vector<storage::RunId> runs;
    for (const auto& wanted : options.runs) {
        const auto id = store.find(wanted);
        if (!id)
            throw UsageError(
                "there is no run '" + wanted + "' in " + options.database.string() + "; nabiz runs lists them");
        runs.push_back(*id);
    }
    const std::size_t most = pageOf(options.page) == ui::Page::Compare ? 2 : 1;
    for (const auto& run : catalog.runs())
        if (options.runs.empty() && runs.size() < most)
            runs.push_back(run.run.id);
    return runs;
}

// Layout, polish and queued signals settle within a few turns of the event loop, the averages of long curves in some
// more.
void settle(const ui::MainWindow& window)
{
    const auto charts = window.findChildren<ui::PlotView*>();
    constexpr int kMost = 2000; // a chart that nothing paints is never finished
    for (int turn = 0, all = 0; turn < 8 && all < kMost; ++turn, ++all) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        if (std::any_of(charts.begin(), charts.end(), [](const auto* chart) { return chart->isUnfinished(); }))
            turn = 0;
    }
}

// Configure asks for the first samples a moment after it is shown, as it does while somebody types.
void waitForSamples(const ui::MainWindow& window)
{
    QEventLoop loop;
    QObject::connect(
        &window.pages().find<ui::ConfigurePage>()->samples(), &ui::DraftSamples::wanted, &loop, &QEventLoop::quit);
    QTimer::singleShot(5000, &loop, &QEventLoop::quit);
    loop.exec();
}

bool isStream(const std::filesystem::path& file)
{
    return file == "-" || file == "/dev/stdout";
}

// As Qt calls it, by the file's ending; a picture is what it says it is.
const char* formatOf(const std::filesystem::path& file)
{
    static const std::map<QByteArray, const char*> formats { { "png", "PNG" }, { "jpg", "JPEG" }, { "jpeg", "JPEG" },
        { "webp", "WEBP" } };
    if (isStream(file))
        return "PNG";
    const auto ending = QByteArray::fromStdString(file.extension().string()).mid(1).toLower();
    const auto found = formats.find(ending);
    if (found != formats.end() && QImageWriter::supportedImageFormats().contains(ending))
        return found->second;
    QStringList known;
    for (const auto& [name, format] : formats)
        if (QImageWriter::supportedImageFormats().contains(name))
            known << QStringLiteral(".%1").arg(QString::fromLatin1(name));
    throw UsageError("'" + file.string() + "' names no kind of picture that can be written here; let it end in "
        + known.join(QStringLiteral(" or ")).toStdString());
}

void draw(ui::MainWindow& window, const ScreenshotOptions& options, const char* format)
{
    constexpr int kQuality = 92; // of a JPEG or WebP: letters stay sharp
    settle(window);
    const QPixmap picture = window.grab();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (picture.isNull() || !picture.save(&buffer, format, qstrcmp(format, "PNG") == 0 ? -1 : kQuality))
        throw UsageError(
            "a picture of this size cannot be drawn as " + std::string(format) + "; make it smaller, or a .png");
    trainer::writeFile(options.file == "-" ? "/dev/stdout" : options.file, { bytes.data(), std::size_t(bytes.size()) });
}

// The database with what trains and what waits in it.
void showDatabase(ui::MainWindow& window, const storage::RunStore& store, const ui::RunCatalog& catalog,
    const std::filesystem::path& file)
{
    window.setDatabase(QString::fromStdString(file.string()));
    const storage::QueueState queue = store.queue();
    window.setQueue({ queue.waiting.begin(), queue.waiting.end() }, queue.served && !queue.isPaused);
    for (const auto& overview : catalog.runs()) {
        if (storage::isLive(overview.run.status) && overview.run.status != storage::RunStatus::Queued)
            window.setActiveRun(overview.run.id);
    }
}

ui::ReportPreview previewFor(const storage::RunStore& store, const trainer::PresetStore& presets,
    const std::vector<storage::RunId>& runs, const ui::ReportRequest& request, const ScreenshotOptions& options)
{
    const ReportChoice choice = choiceOf(request, QString::fromStdString(options.database.string()));
    return makePreview(makeReport(readRuns(store, presets, runs, request.look.metric.toStdString(), choice.panels),
        ReportText(options.language), choice));
}

// A layout of panels, shipped or the user's own, on the page that is shown.
void showPanels(ui::MainWindow& window, ui::Page page, const std::string& name)
{
    Settings settings;
    LayoutKeeper keeper(window.layouts(), settings);
    const auto* layout = window.layouts().find(QString::fromStdString(name));
    if (!layout)
        throw UsageError("there is no layout '" + name + "'; Training, GPU and Router are there always");
    const QJsonObject state { { QStringLiteral("panels"), ui::toJson(*layout) } };
    window.pages().restore(page, QJsonDocument(state).toJson(QJsonDocument::Compact));
}

// What the catalog asks for is read at once.
void fill(ui::RunCatalog& catalog, const storage::RunStore& store)
{
    QObject::connect(&catalog, &ui::RunCatalog::detailWanted, &catalog, [&](qint64 run) {
        if (auto detail = store.outline(run))
            catalog.setDetail(std::move(*detail));
    });
    QObject::connect(
        &catalog, &ui::RunCatalog::seriesWanted, &catalog,
        [&](qint64 run, const std::string& metric) {
            if (auto packed = store.packed(run, metric))
                catalog.setSeries(run, std::make_shared<ui::RunSeries>(std::move(*packed)));
        },
        Qt::QueuedConnection); // pages ask while they are being filled
    (new ui::RunReasons(catalog))->put(readReasons(store, store.runs()));
    catalog.setRuns(store.runs());
    catalog.putParameters(store.parameterTable());
    catalog.setTrash(store.trash());
}

void takePicture(QApplication& application, const ScreenshotOptions& options)
{
    const auto page = pageOf(options.page);
    const char* const format = formatOf(options.file);
    trainer::refuseKept(options.file);
    const storage::RunStore store(options.database);
    Language language;
    language.apply(QString::fromStdString(options.language));
    ui::Theme::apply(application, options.dark ? ui::ThemeMode::Dark : ui::ThemeMode::Light);

    const trainer::PresetStore presets(trainer::PresetStore::defaultUserFolder());
    ui::RunCatalog catalog;
    fill(catalog, store);
    const auto runs = chooseRuns(store, catalog, options);

    ui::MainWindow window(catalog, presets, trainer::probeMachine());
    auto* configure = window.pages().find<ui::ConfigurePage>();
    auto* reports = window.pages().find<ui::ReportPage>();
    auto* samples = &configure->samples();
    QObject::connect(samples, &ui::DraftSamples::wanted, samples,
        [samples](const trainer::Config& config) { samples->setPreview(trainer::previewSamples(config, {})); });
    QObject::connect(reports, &ui::ReportPage::previewWanted, reports, [&](const ui::ReportRequest& request) {
        const std::vector<storage::RunId> ids(request.runs.begin(), request.runs.end());
        if (!ids.empty())
            reports->setPreview(previewFor(store, presets, ids, request, options));
    });
    window.resize(options.width, options.height);
    showDatabase(window, store, catalog, options.database);
    const auto* first = runs.empty() ? nullptr : catalog.overview(runs.front());
    const auto preset = first ? presets.load(first->run.preset) : presets.load("quick");
    configure->open(QString::fromStdString(trainer::hasErrors(preset.problems) ? "quick" : preset.name));
    window.selection().select(runs);
    window.showPage(page);
    if (!options.panels.empty())
        showPanels(window, page, options.panels);
    window.show();
    if (page == ui::Page::Configure && !options.runs.empty())
        configure->editAsNew(runs.front());
    if (page == ui::Page::Configure)
        waitForSamples(window);
    draw(window, options, format);
}

} // namespace

std::vector<std::string> pageNames()
{
    std::vector<std::string> names;
    for (const auto& row : ui::pageTable())
        names.emplace_back(row.id);
    return names;
}

void screenshotCommand(int argc, char** argv, const ScreenshotOptions& options)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
    QApplication application(argc, argv);
    application.setApplicationName(QStringLiteral("Nabız"));
    try {
        takePicture(application, options);
    } catch (const ReportError& error) {
        throw UsageError(error.what());
    }
}

} // namespace nabiz::app
