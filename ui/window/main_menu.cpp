// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_menu.h"

#include "ui/dialogs/help_dialog.h"
#include "ui/window/page_table.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QMainWindow>

namespace nabiz::ui {

using storage::RunStatus;

namespace {
constexpr int kWidestFile = 480; // pixels; beginning and end of a path tell which it is
}

MainMenu::MainMenu(QMainWindow* window)
    : QObject(window)
    , m_window(window)
    , m_menu(new QMenu(window))
    , m_file(m_menu->addMenu(QString()))
    , m_view(m_menu->addMenu(QString()))
    , m_run(m_menu->addMenu(QString()))
    , m_help(m_menu->addMenu(QString()))
    , m_languages(new QActionGroup(this))
    , m_themes(new QActionGroup(this))
{
    m_menu->setObjectName(QStringLiteral("mainMenu"));
    open = add(m_file, "openDatabaseAction", QKeySequence::Open);
    m_recent = m_file->addMenu(QString());
    m_recent->setObjectName(QStringLiteral("recentMenu"));
    m_recent->menuAction()->setVisible(false);
    m_recent->setToolTipsVisible(true);
    importRuns = add(m_file, "importAction", QKeySequence(Qt::CTRL | Qt::Key_I));
    followFolders = add(m_file, "followAction");
    reference = add(m_file, "referenceAction", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    m_file->addSeparator();
    quit = add(m_file, "quitAction", QKeySequence(Qt::CTRL | Qt::Key_Q));
    for (const PageRow& row : pageTable()) {
        const auto key = static_cast<Qt::Key>(Qt::Key_1 + pages.size());
        pages.append(add(m_view, row.objectName("PageAction").toLatin1().constData(), QKeySequence(Qt::CTRL | key)));
    }
    m_view->addSeparator();
    m_language = m_view->addMenu(QString());
    m_theme = m_view->addMenu(QString());
    addChoices();
    fullScreen = add(m_view, "fullScreenAction", QKeySequence(Qt::Key_F11));
    fullScreen->setCheckable(true);
    start = add(m_run, "startAction", QKeySequence(Qt::CTRL | Qt::Key_R));
    pause = add(m_run, "pauseAction", QKeySequence(Qt::CTRL | Qt::Key_P));
    resume = add(m_run, "resumeAction", QKeySequence(Qt::CTRL | Qt::Key_P));
    stop = add(m_run, "stopAction", QKeySequence(Qt::CTRL | Qt::Key_Period));
    checkpoint = add(m_run, "checkpointAction", QKeySequence(Qt::CTRL | Qt::Key_K));
    sample = add(m_run, "sampleAction", QKeySequence(Qt::CTRL | Qt::Key_T));
    m_run->addSeparator();
    editAsNew = add(m_run, "editAsNewAction", QKeySequence(Qt::CTRL | Qt::Key_D));
    report = add(m_run, "reportAction", QKeySequence(Qt::CTRL | Qt::Key_E));
    m_run->addSeparator();
    guard = add(m_run, "guardAction");
    shortcuts = add(m_help, "shortcutsAction", QKeySequence::HelpContents);
    shortcuts->setShortcuts({ QKeySequence(QKeySequence::HelpContents), QKeySequence(Qt::Key_Question) });
    diagnose = add(m_help, "diagnoseAction");
    about = add(m_help, "aboutAction");
    openMenu = new QAction(window);
    openMenu->setShortcut(Qt::Key_F10);
    window->addAction(openMenu);
    connectWindow();
    setStatus({});
    setHasCurrentRun(false);
    retranslateUi();
}

QAction* MainMenu::add(QMenu* menu, const char* name, const QKeySequence& key)
{
    auto* action = new QAction(m_window);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    menu->addAction(action);
    m_window->addAction(action);
    return action;
}

// What needs nothing but the window.
void MainMenu::connectWindow()
{
    QMainWindow* window = m_window;
    connect(quit, &QAction::triggered, window, &QWidget::close);
    connect(fullScreen, &QAction::triggered, window,
        [window](bool on) { window->setWindowState(window->windowState().setFlag(Qt::WindowFullScreen, on)); });
    connect(
        shortcuts, &QAction::triggered, window, [window] { makeShortcutsDialog(window->actions(), window)->open(); });
    connect(about, &QAction::triggered, window, [window] { makeAboutDialog(window)->open(); });
}

template <typename Then> void MainMenu::later(Then then)
{
    QMetaObject::invokeMethod(this, std::move(then), Qt::QueuedConnection);
}

void MainMenu::addChoices()
{
    for (const char* language : { "", "en", "tr" }) {
        QAction* action = m_language->addAction(QString());
        action->setObjectName(QStringLiteral("language_%1_action").arg(QLatin1String(language)));
        action->setData(QLatin1String(language));
        action->setCheckable(true);
        m_languages->addAction(action);
    }
    for (int mode = 0; mode < 3; ++mode) {
        QAction* action = m_theme->addAction(QString());
        action->setObjectName(QStringLiteral("theme_%1_action").arg(mode));
        action->setData(mode);
        action->setCheckable(true);
        m_themes->addAction(action);
    }
    // What follows changes style, texts and entries: only when the menu is done with the click that chose it.
    connect(m_languages, &QActionGroup::triggered, this, [this](const QAction* action) {
        later([this, language = action->data().toString()] { Q_EMIT languageChosen(language); });
    });
    connect(m_themes, &QActionGroup::triggered, this,
        [this](const QAction* action) { later([this, mode = action->data().toInt()] { Q_EMIT themeChosen(mode); }); });
}

void MainMenu::setChoices(const QString& language, int theme)
{
    for (QAction* action : m_languages->actions())
        action->setChecked(action->data().toString() == language);
    for (QAction* action : m_themes->actions())
        action->setChecked(action->data().toInt() == theme);
}

void MainMenu::setRecent(const QStringList& files)
{
    m_recent->clear();
    for (const QString& file : files) {
        QString shown = m_recent->fontMetrics().elidedText(file, Qt::ElideMiddle, kWidestFile);
        QAction* action = m_recent->addAction(shown.replace(QLatin1Char('&'), QLatin1String("&&")), this,
            [this, file] { later([this, file] { Q_EMIT recentChosen(file); }); });
        action->setToolTip(file);
        action->setEnabled(QFileInfo::exists(file));
    }
    m_recent->menuAction()->setVisible(!files.isEmpty());
}

void MainMenu::setStatus(std::optional<RunStatus> status)
{
    const bool running = status == RunStatus::Running;
    const bool paused = status == RunStatus::Paused;
    // Hidden and disabled: what cannot be done now is not there, and its shortcut does nothing.
    const auto show = [](QAction* action, bool on) {
        action->setVisible(on);
        action->setEnabled(on);
    };
    show(pause, running);
    show(resume, paused);
    show(checkpoint, running || paused);
    show(sample, running || paused);
    show(stop, status && storage::isLive(*status) && status != RunStatus::Stopping);
}

void MainMenu::setHasCurrentRun(bool has)
{
    editAsNew->setEnabled(has);
    report->setEnabled(has);
}

void MainMenu::retranslateUi()
{
    m_file->setTitle(tr("&File"));
    m_view->setTitle(tr("&View"));
    m_run->setTitle(tr("&Run"));
    m_help->setTitle(tr("&Help"));
    m_language->setTitle(tr("&Language"));
    m_theme->setTitle(tr("&Theme"));
    open->setText(tr("&Open Database…"));
    m_recent->setTitle(tr("Open &Recent"));
    importRuns->setText(tr("&Import Runs…"));
    followFolders->setText(tr("&Follow a Folder…"));
    reference->setText(tr("Add &Published Run…"));
    quit->setText(tr("&Quit"));
    for (qsizetype page = 0; page < pages.size(); ++page)
        pages[page]->setText(pageTable()[static_cast<std::size_t>(page)].menuTitle());
    m_languages->actions()[0]->setText(tr("As the system"));
    m_languages->actions()[1]->setText(QStringLiteral("English"));
    m_languages->actions()[2]->setText(QStringLiteral("Türkçe"));
    const QString themes[] = { tr("As the system"), tr("Light"), tr("Dark") };
    for (int mode = 0; mode < 3; ++mode)
        m_themes->actions()[mode]->setText(themes[mode]);
    fullScreen->setText(tr("&Full Screen"));
    start->setText(tr("&Start"));
    pause->setText(tr("&Pause"));
    resume->setText(tr("&Resume"));
    stop->setText(tr("S&top"));
    checkpoint->setText(tr("&Checkpoint Now"));
    sample->setText(tr("Sample &Now"));
    editAsNew->setText(tr("&Edit as New"));
    report->setText(tr("Re&port"));
    guard->setText(tr("&After a Crash…"));
    shortcuts->setText(tr("&Keyboard Shortcuts"));
    diagnose->setText(tr("Save a &Diagnosis…"));
    about->setText(tr("&About Nabız"));
}

} // namespace nabiz::ui
