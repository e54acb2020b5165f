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

    // The system's own locale where it is of this language, for its ways with numbers; else the language's.
    QLocale::setDefault(systemName == m_current ? system : QLocale(m_current));
    QCoreApplication::removeTranslator(&m_program);
    QCoreApplication::removeTranslator(&m_qt);
    if (m_program.load(QStringLiteral(":/i18n/nabiz_%1.qm").arg(m_current)))
        QCoreApplication::installTranslator(&m_program);
    const auto folder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (m_qt.load(QStringLiteral("qtbase_%1").arg(m_current), folder))
        QCoreApplication::installTranslator(&m_qt);
}

} // namespace nabiz::app
