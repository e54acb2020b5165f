// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/translations/ts_file.h"

#include <QFile>
#include <QXmlStreamReader>

namespace nabiz::tests {

namespace {

TsMessage readMessage(QXmlStreamReader& xml, const QString& context)
{
    TsMessage message;
    message.context = context;
    message.plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.type = xml.attributes().value(QLatin1String("type")).toString();
            if (!message.plural)
                message.forms << xml.readElementText();
            else
                while (xml.readNextStartElement())
                    message.forms << xml.readElementText();
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

} // namespace

QList<TsMessage> readTs(const QString& path, QString& failure)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        failure = file.errorString();
        return {};
    }
    QList<TsMessage> messages;
    QXmlStreamReader xml(&file);
    xml.readNextStartElement();
    while (xml.readNextStartElement()) {
        QString context;
        while (xml.readNextStartElement()) {
            if (xml.name() == QLatin1String("name"))
                context = xml.readElementText();
            else if (xml.name() == QLatin1String("message"))
                messages << readMessage(xml, context);
            else
                xml.skipCurrentElement();
        }
    }
    if (xml.hasError()) {
        failure = xml.errorString();
        return {};
    }
    return messages;
}

QString translationsFile(const QString& language)
{
    return QStringLiteral(NABIZ_SOURCE_DIR "/resources/translations/nabiz_%1.ts").arg(language);
}

TsTable table(const QList<TsMessage>& messages)
{
    TsTable result;
    for (const TsMessage& message : messages)
        result.insert({ message.context, message.source }, message.forms);
    return result;
}

} // namespace nabiz::tests
