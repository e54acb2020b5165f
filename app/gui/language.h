// SPDX-License-Identifier: GPL-3.0-or-later
// The window's language: its translations, Qt's own where they are installed, and the default locale that numbers
// follow. May be changed at run time: widgets hear of it by QEvent::LanguageChange. GUI thread.
#pragma once

#include <QString>
#include <QTranslator>

namespace nabiz::app {

class Language {
public:
    ~Language();

    // "en", "tr", or empty for the system's (English where that is neither).
    void apply(const QString& language);
    // What is in effect: "en" or "tr".
    const QString& current() const { return m_current; }

private:
    QTranslator m_program;
    QTranslator m_qt;
    QString m_current;
};

} // namespace nabiz::app
