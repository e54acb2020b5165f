// SPDX-License-Identifier: GPL-3.0-or-later
// The composition root of the window. The window shows before the database is opened and long before LibTorch is
// loaded.
#include "app/cli/gui_commands.h"
#include "app/gui/application.h"
#include "app/gui/display_loss.h"
#include "app/gui/language.h"
#include "app/gui/layout_keeper.h"
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
#include "ui/window/window_notices.h"

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

void openDatabase(
    WindowController& controller, ui::MainWindow& window, const Settings& settings, const WindowOptions& options)
{
    auto file = QString::fromStdString(options.database.string());
    if (file.isEmpty() && !qEnvironmentVariableIsSet("NABIZ_DB"))
        file = settings.text(Setting::Database); // where it was
    try {
        if (file.isEmpty())
            file = QString::fromStdString(storage::defaultDatabase().string());
        controller.openDatabase(file);
    } catch (const storage::StorageError& error) {
        window.notices().show(text(error), true);
    }
}

} // namespace

int openWindow(int argc, char** argv, const WindowOptions& options)
{
    initDesktopResource();
    StopSignals signals;
    auto machine = std::async(std::launch::async, trainer::probeMachine);
    Application application(argc, argv);
    name(application);
    Settings settings;
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
    window.show();
    QTimer::singleShot(0, &controller, [&] { openDatabase(controller, window, settings, options); });
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
