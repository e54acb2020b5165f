// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/settings.h"

#include <array>

namespace nabiz::app {

namespace {

constexpr int kRecentDatabases = 8;

struct Row {
    Setting setting;
    const char* key;
    QVariant defaultValue;
};

const Row& row(Setting setting)
{
    static const std::array<Row, std::size_t(Setting::Count)> table { {
        { Setting::Language, "language", QString() },
        { Setting::Theme, "theme", 0 },
        { Setting::Geometry, "window/geometry", QByteArray() },
        { Setting::WindowState, "window/state", QByteArray() },
        { Setting::LastPage, "window/page", 0 },
        { Setting::LastPreset, "preset", QStringLiteral("quick") },
        { Setting::Database, "database", QString() },
        { Setting::RecentDatabases, "recent_databases", QStringList() },
        { Setting::ReportLanguage, "report/language", QString() },
        { Setting::ReportFolder, "report/folder", QString() },
        { Setting::Selections, "runs/selections", QByteArray() },
        { Setting::FollowedFolders, "follow/folders", QStringList() },
        { Setting::IgnoredKeys, "compare/ignored_keys", QStringList() },
        { Setting::Layouts, "panels/layouts", QByteArray() },
        { Setting::ToldCrash, "crash", QString() },
    } };
    return table.at(std::size_t(setting));
}

QString pageKey(const char* id)
{
    return QStringLiteral("pages/") + QLatin1String(id);
}

} // namespace

Settings::Settings()
    : m_settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("nabiz"), QStringLiteral("nabiz"))
{
}

Settings::Settings(const QString& file)
    : m_settings(file, QSettings::IniFormat)
{
}

QVariant Settings::value(Setting setting) const
{
    const auto& [_, key, defaultValue] = row(setting);
    auto stored = m_settings.value(QLatin1String(key), defaultValue);
    return stored.convert(defaultValue.metaType()) ? stored : defaultValue;
}

void Settings::set(Setting setting, const QVariant& value)
{
    m_settings.setValue(QLatin1String(row(setting).key), value);
}

bool Settings::has(Setting setting) const
{
    return m_settings.contains(QLatin1String(row(setting).key));
}

QByteArray Settings::page(const char* id) const
{
    const QString key = pageKey(id);
    if (!m_settings.contains(key) && qstrcmp(id, "runs") == 0)
        return m_settings.value(QStringLiteral("runs/table")).toByteArray(); // where it stood before
    return m_settings.value(key).toByteArray();
}

void Settings::setPage(const char* id, const QByteArray& state)
{
    m_settings.setValue(pageKey(id), state);
}

void Settings::rememberDatabase(const QString& file)
{
    auto recent = value(Setting::RecentDatabases).toStringList();
    recent.removeAll(file);
    recent.prepend(file);
    set(Setting::RecentDatabases, QStringList(recent.mid(0, kRecentDatabases)));
    set(Setting::Database, file);
}

} // namespace nabiz::app
