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
        { Setting::ConfigurePage, "pages/configure", QByteArray() },
        { Setting::WatchPage, "pages/watch", QByteArray() },
        { Setting::RunTable, "runs/table", QByteArray() },
        { Setting::ComparePage, "pages/compare", QByteArray() },
        { Setting::ReportPage, "pages/report", QByteArray() },
        { Setting::Selections, "runs/selections", QByteArray() },
        { Setting::IgnoredKeys, "compare/ignored_keys", QStringList() },
    } };
    return table.at(std::size_t(setting));
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

void Settings::rememberDatabase(const QString& file)
{
    auto recent = value(Setting::RecentDatabases).toStringList();
    recent.removeAll(file);
    recent.prepend(file);
    set(Setting::RecentDatabases, QStringList(recent.mid(0, kRecentDatabases)));
    set(Setting::Database, file);
}

} // namespace nabiz::app
