// SPDX-License-Identifier: GPL-3.0-or-later
// A file of translations as it stands in resources/translations, read whole.
// Values; any thread.
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace nabiz::tests {

struct TsMessage {
    QString context;
    QString source;
    QString type; // of the translation: empty when it is finished and in use
    bool plural = false;
    QStringList forms; // one, unless plural

    QString name() const { return context + QStringLiteral(" | ") + source; }
};

// Empty with `failure` set where the file cannot be read.
QList<TsMessage> readTs(const QString& file, QString& failure);
QString translationsFile(const QString& language);

// Translations by context and source.
using TsTable = QHash<std::pair<QString, QString>, QStringList>;
TsTable table(const QList<TsMessage>& messages);

} // namespace nabiz::tests
