// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

static void initTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace nabiz::app {

namespace {

// As keyboards have them. Qt's own Turkish takes Home for the first page of a site.
[[maybe_unused]] constexpr const char* kKeys[] = { QT_TRANSLATE_NOOP("QShortcut", "Home"),
    QT_TRANSLATE_NOOP("QShortcut", "End"), QT_TRANSLATE_NOOP("QShortcut", "Del"), QT_TRANSLATE_NOOP("QShortcut", "Esc"),
    QT_TRANSLATE_NOOP("QShortcut", "Return"), QT_TRANSLATE_NOOP("QShortcut", "Enter"),
    QT_TRANSLATE_NOOP("QShortcut", "Left"), QT_TRANSLATE_NOOP("QShortcut", "Right"),
    QT_TRANSLATE_NOOP("QShortcut", "Up"), QT_TRANSLATE_NOOP("QShortcut", "Down") };

} // namespace

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_program);
    QCoreApplication::removeTranslator(&m_qt);
}

void Language::apply(const QString& language)
{
    initTranslations();
    const auto system = QLocale::system();
    const auto systemName = system.name().section(u'_', 0, 0);
    const auto wanted = language.isEmpty() ? systemName : language;
    m_current = wanted == QLatin1String("tr") ? wanted : QStringLiteral("en");

    // The system's own ways with numbers where it is of this language, or of one that Nabız does not speak: English
    // texts then stand among the numbers that this person reads everywhere.
    const bool isOurs = systemName == QLatin1String("tr") || systemName == QLatin1String("en");
    const bool isSystems = systemName == m_current || (!isOurs && m_current == QLatin1String("en"));
    QLocale::setDefault(isSystems ? system : QLocale(m_current));
    QCoreApplication::removeTranslator(&m_program);
    QCoreApplication::removeTranslator(&m_qt);
    const auto folder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (m_qt.load(QStringLiteral("qtbase_%1").arg(m_current), folder))
        QCoreApplication::installTranslator(&m_qt);
    // Last, so that it is asked first.
    if (m_program.load(QStringLiteral(":/i18n/nabiz_%1.qm").arg(m_current)))
        QCoreApplication::installTranslator(&m_program);
}

} // namespace nabiz::app
