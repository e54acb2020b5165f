// SPDX-License-Identifier: GPL-3.0-or-later
// The composition root of the window. The window shows before the database is opened and long before LibTorch is
// loaded.
#include "app/cli/gui_commands.h"
#include "app/gui/display_loss.h"
#include "app/gui/language.h"
#include "app/gui/layout_keeper.h"
#include "app/gui/process/application.h"
#include "app/gui/process/window_door.h"
#include "app/gui/settings.h"
#include "app/gui/storage_error_text.h"
#include "app/gui/window_controller.h"
#include "app/gui/window_keeper.h"
#include "app/run/current_failure.h"
#include "app/run/exit_code.h"
#include "app/run/stop_signals.h"
#include "storage/run_store.h"
#include "trainer/memory/hardware.h"
#include "ui/theme/theme.h"
#include "ui/window/file_opener.h"
#include "ui/window/window_notices.h"

#include <QFileInfo>
#include <QIcon>
#include <QTimer>
#include <future>

// Q_INIT_RESOURCE must not stand in a namespace.
static void initDesktopResource()
{
    Q_INIT_RESOURCE(desktop);
}

namespace nabiz::app {

namespace {

constexpr auto kId = "org.nabiz.Nabiz";

void name(QApplication& application)
{
    application.setApplicationName(QStringLiteral("Nabız"));
    application.setDesktopFileName(QLatin1String(kId));
    application.setWindowIcon(
        QIcon::fromTheme(QLatin1String(kId), QIcon(QStringLiteral(":/desktop/org.nabiz.Nabiz.svg"))));
    application.setQuitOnLastWindowClosed(false); // a run may go on behind a closed window
}

// Of a database that is named nowhere, empty: opening it says so.
QString databaseOf(const Settings& settings, const WindowOptions& options)
{
    auto file = QString::fromStdString(options.database.string());
    if (file.isEmpty() && !qEnvironmentVariableIsSet("NABIZ_DB"))
        file = settings.text(Setting::Database); // where it was
    try {
        return file.isEmpty() ? QString::fromStdString(storage::defaultDatabase().string()) : file;
    } catch (const storage::StorageError&) {
        return {};
    }
}

QStringList filesOf(const WindowOptions& options)
{
    QStringList files;
    for (const std::string& file : options.files)
        files << QFileInfo(QFile::decodeName(file.c_str())).absoluteFilePath();
    return files;
}

void comeToFront(ui::MainWindow& window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

void openDatabase(WindowController& controller, ui::MainWindow& window, const QString& file)
{
    try {
        controller.openDatabase(file.isEmpty() ? QString::fromStdString(storage::defaultDatabase().string()) : file);
    } catch (const storage::StorageError& error) {
        window.notices().show(text(error), true);
    }
}

} // namespace

int openWindow(int argc, char** argv, const WindowOptions& options)
{
    initDesktopResource();
    StopSignals signals;
    qputenv("RESOURCE_NAME", kId); // X11 then calls the window what Wayland does
    auto machine = std::async(std::launch::async, trainer::probeMachine);
    Application application(argc, argv);
    name(application);
    Settings settings;
    const QString database = databaseOf(settings, options);
    const QStringList files = filesOf(options);
    if (!database.isEmpty() && WindowDoor::knock(database, files))
        return kExitDone; // the window that has it open has come to the front
    Language language;
    language.apply(settings.text(Setting::Language));
    ui::Theme::apply(application, ui::ThemeMode(settings.number(Setting::Theme)));

    const trainer::PresetStore presets(trainer::PresetStore::defaultUserFolder());
    ui::RunCatalog catalog;
    ui::MainWindow window(catalog, presets, machine.get());
    WindowController controller(window, catalog, presets, settings);
    WindowKeeper keeper(window, controller, settings);
    const LayoutKeeper layouts(window.layouts(), settings);
    QObject::connect(&layouts, &LayoutKeeper::collided, &window,
        [&window](const QString& sentence) { window.notices().show(sentence, false); });
    keeper.followChoices(language);
    keeper.restore(QString::fromStdString(options.preset));
    ui::FileOpener opener(window);
    WindowDoor door;
    QObject::connect(&controller, &WindowController::databaseOpened, &door, &WindowDoor::listen);
    QObject::connect(&door, &WindowDoor::knocked, &window, [&](const QStringList& more) {
        comeToFront(window);
        opener.open(more);
    });
    QObject::connect(&application, &QGuiApplication::commitDataRequest, &keeper, &WindowKeeper::save);
    window.show();
    QTimer::singleShot(0, &controller, [&] {
        openDatabase(controller, window, database);
        opener.open(files);
    });
    const DisplayLoss loss([&controller] {
        printFailure(trainer::message(
            "The display has gone: what trains goes on without a window. SIGTERM stops and saves it."));
        controller.outliveWindow();
    });
    signals.listen([&controller] {
        controller.stopOutliving();
        QMetaObject::invokeMethod(&controller, &WindowController::stopAndClose, Qt::QueuedConnection);
    });
    const int code = application.exec();
    signals.close();
    return signals.stopped() ? kExitSignal : code;
}

} // namespace nabiz::app
