// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/window_keeper.h"

#include "ui/pages/configure/configure_page.h"
#include "ui/theme/theme.h"
#include "ui/window/main_menu.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"

#include <QApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QScreen>
#include <algorithm>

namespace nabiz::app {

namespace {

constexpr int kSaveSoon = 1000; // milliseconds: what a killed program forgets
constexpr QSize kFrame(16, 48); // as the window reckons it

QJsonObject object(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

WindowKeeper::WindowKeeper(ui::MainWindow& window, WindowController& controller, Settings& settings)
    : m_window(window)
    , m_controller(controller)
    , m_settings(settings)
{
    m_window.installEventFilter(this);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSaveSoon);
    connect(&m_soon, &QTimer::timeout, this, &WindowKeeper::save);
    connect(&window, &ui::MainWindow::stateChanged, this, [this] { m_soon.start(); });
    connect(&controller, &WindowController::databaseOpened, this, &WindowKeeper::onOpened);
    connect(&controller, &WindowController::becameIdle, this, &WindowKeeper::endWhenDone);
}

// The screen may be a smaller one than last time, or gone.
void WindowKeeper::restoreGeometry()
{
    m_window.restoreGeometry(m_settings.value(Setting::Geometry).toByteArray());
    const QRect place = m_window.geometry();
    const QScreen* screen = QGuiApplication::screenAt(place.center());
    if (!screen)
        screen = QGuiApplication::primaryScreen();
    if (!screen || m_window.windowState() != Qt::WindowNoState)
        return;
    const QRect room = screen->availableGeometry();
    if (m_settings.has(Setting::Geometry) && room.contains(place))
        return; // where a person has left it
    const QSize size = place.size().boundedTo((room.size() - kFrame).expandedTo(m_window.minimumSize()));
    if (size != place.size())
        m_window.resize(size);
    if (m_settings.has(Setting::Geometry) && !room.contains(QRect(place.topLeft(), size)))
        m_window.move(std::clamp(place.left(), room.left(), std::max(room.left(), room.right() + 1 - size.width())),
            std::clamp(place.top(), room.top(), std::max(room.top(), room.bottom() + 1 - size.height())));
}

void WindowKeeper::restore(const QString& preset)
{
    restoreGeometry();
    m_window.restoreState(m_settings.value(Setting::WindowState).toByteArray());
    auto* configure = m_window.pages().find<ui::ConfigurePage>();
    if (m_settings.page(ui::pageTable().front().id).isEmpty())
        configure->open(m_settings.text(Setting::LastPreset));
    for (std::size_t page = 0; page < ui::pageTable().size(); ++page)
        m_window.pages().restore(ui::Page(page), m_settings.page(ui::pageTable()[page].id));
    if (!preset.isEmpty())
        configure->open(preset);
    const auto last = std::clamp(m_settings.number(Setting::LastPage), 0, int(ui::pageTable().size()) - 1);
    m_window.showPage(preset.isEmpty() ? ui::Page(last) : ui::Page::Configure);
}

void WindowKeeper::save()
{
    m_soon.stop();
    m_settings.set(Setting::Geometry, m_window.saveGeometry());
    m_settings.set(Setting::WindowState, m_window.saveState());
    m_settings.set(Setting::LastPage, int(m_window.pages().page()));
    for (std::size_t page = 0; page < ui::pageTable().size(); ++page)
        m_settings.setPage(ui::pageTable()[page].id, m_window.pages().state(ui::Page(page)));
    saveSelection();
    m_settings.sync();
}

void WindowKeeper::followChoices(Language& language)
{
    m_window.menu().setChoices(m_settings.text(Setting::Language), m_settings.number(Setting::Theme));
    connect(&m_window.menu(), &ui::MainMenu::languageChosen, this, [this, &language](const QString& wanted) {
        m_settings.set(Setting::Language, wanted);
        m_settings.sync();
        language.apply(wanted);
    });
    connect(&m_window.menu(), &ui::MainMenu::themeChosen, this, [this](int mode) {
        m_settings.set(Setting::Theme, mode);
        m_settings.sync();
        ui::Theme::apply(*qApp, ui::ThemeMode(mode));
    });
}

// Of the databases that are remembered at all.
void WindowKeeper::saveSelection()
{
    if (m_database.isEmpty())
        return;
    QJsonObject selections = object(m_settings.value(Setting::Selections).toByteArray());
    selections.insert(m_database, m_window.selection().state());
    const auto recent = m_settings.value(Setting::RecentDatabases).toStringList();
    for (const QString& file : selections.keys()) {
        if (file != m_database && !recent.contains(file))
            selections.remove(file);
    }
    m_settings.set(Setting::Selections, QJsonDocument(selections).toJson(QJsonDocument::Compact));
}

void WindowKeeper::onOpened(const QString& file)
{
    saveSelection(); // of the one that was open
    m_database = file;
    m_window.selection().await(object(m_settings.value(Setting::Selections).toByteArray()).value(file).toObject());
}

bool WindowKeeper::eventFilter(QObject* object, QEvent* event)
{
    // With a run, the window asks what becomes of it first.
    if (event->type() == QEvent::Close && m_controller.isIdle() && m_controller.keepsOpen()) {
        event->ignore();
        m_controller.secureAndClose();
        return true;
    }
    // A window that is minimised or on another desktop hides too, but spontaneously.
    if (event->type() == QEvent::Hide && !event->spontaneous()) {
        save();
        QMetaObject::invokeMethod(this, &WindowKeeper::endWhenDone, Qt::QueuedConnection);
    }
    return QObject::eventFilter(object, event);
}

void WindowKeeper::endWhenDone()
{
    if (!m_window.isVisible() && m_controller.isIdle())
        QCoreApplication::exit(0);
}

} // namespace nabiz::app
