// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the process under a language that writes 2,31, as a QApplication does for a person who has it. Machines often
// have no such locale: then one is made with localedef, which comes with glibc. Main thread, before other threads run.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <clocale>
#include <string>

namespace nabiz::tests {

class CommaLocale {
public:
    // Why the process is not under it now; empty when it is.
    QString apply(const char* language)
    {
        const QString name = QString::fromLatin1(language);
        if (const QString why = make(name); !why.isEmpty())
            return why;
        qputenv("LOCPATH", m_folder.path().toLocal8Bit());
        const QByteArray made = (name + m_codeset).toLocal8Bit();
        if (!std::setlocale(LC_ALL, made.constData()) && !std::setlocale(LC_NUMERIC, made.constData()))
            return QStringLiteral("the locale %1 cannot be set").arg(QString::fromLocal8Bit(made));
        return std::string(std::localeconv()->decimal_point) == "," ? QString()
                                                                    : QStringLiteral("%1 has no comma").arg(name);
    }
    ~CommaLocale() { std::setlocale(LC_ALL, "C"); }

private:
    // The language whole where its source is here, else the comma alone.
    QString make(const QString& name)
    {
        m_codeset = QStringLiteral(".UTF-8");
        if (run({ "-i", name, "-f", "UTF-8", m_folder.filePath(name + m_codeset) }))
            return {};
        m_codeset.clear();
        QFile source(m_folder.filePath("comma"));
        if (!source.open(QIODevice::WriteOnly))
            return source.errorString();
        source.write(
            "LC_CTYPE\nEND LC_CTYPE\nLC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\ngrouping 3;3\nEND LC_NUMERIC\n");
        source.close();
        run({ "-c", "-i", source.fileName(), m_folder.filePath(name) }); // it warns of all that is missing
        return QFile::exists(m_folder.filePath(name + "/LC_NUMERIC"))
            ? QString()
            : QStringLiteral("localedef made no locale with a comma");
    }
    static bool run(const QStringList& arguments)
    {
        QProcess process;
        process.setStandardErrorFile(QProcess::nullDevice());
        process.start("localedef", arguments);
        return process.waitForFinished(60'000) && process.exitCode() == 0;
    }

    QTemporaryDir m_folder;
    QString m_codeset;
};

} // namespace nabiz::tests
