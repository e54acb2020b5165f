// SPDX-License-Identifier: GPL-3.0-or-later
// What the program remembers of its user: one table of settings over QSettings, each with its key and default. Settings
// of a run are not here, they stand in presets. GUI thread.
#pragma once

#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace nabiz::app {

enum class Setting {
    Language, // "" (the system's), "en", "tr"
    Theme, // ui::ThemeMode as a number
    Geometry,
    WindowState,
    LastPage, // its place in the table of pages
    LastPreset,
    Database,
    RecentDatabases, // newest first
    ReportLanguage,
    ReportFolder,
    Selections, // by database: the current run, the checked ones, the baseline
    FollowedFolders,
    IgnoredKeys, // settings that Compare does not show
    Layouts, // of panels: those of a person's own, each with how often it was changed, and which go into reports
    ToldCrash, // that a diagnosis was offered for
    Count
};

class Settings {
public:
    // The user's, in the config folder's nabiz/nabiz.ini.
    Settings();
    // In `file`; for tests.
    explicit Settings(const QString& file);

    // The default when nothing is stored, or when what is stored has another type.
    QVariant value(Setting setting) const;
    QString text(Setting setting) const { return value(setting).toString(); }
    int number(Setting setting) const { return value(setting).toInt(); }
    void set(Setting setting, const QVariant& value);
    bool has(Setting setting) const;

    // What a page keeps, under its id: drafts that are not saved, columns, how charts are drawn …
    QByteArray page(const char* id) const;
    void setPage(const char* id, const QByteArray& state);

    // Puts `file` first among the recent databases, and keeps eight.
    void rememberDatabase(const QString& file);
    void sync() { m_settings.sync(); }

private:
    QSettings m_settings;
};

} // namespace nabiz::app
