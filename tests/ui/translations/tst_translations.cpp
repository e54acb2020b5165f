// SPDX-License-Identifier: GPL-3.0-or-later
// The files of translations: complete, faithful to what their texts carry, and up to date with the sources.
#include "tests/ui/translations/ts_file.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>

using namespace nabiz::tests;

namespace {

QStringList found(const QString& text, const char* pattern)
{
    QStringList all;
    for (auto it = QRegularExpression(QLatin1String(pattern)).globalMatch(text); it.hasNext();)
        all << it.next().captured();
    all.removeDuplicates();
    all.sort();
    return all;
}

QString edge(const QString& text, bool leading)
{
    const auto match = QRegularExpression(leading ? QStringLiteral("^\\s*") : QStringLiteral("\\s*$")).match(text);
    return match.captured();
}

QString ending(const QString& text)
{
    for (const QChar mark : { QChar(u'…'), QChar(u':'), QChar(u'.') })
        if (text.endsWith(mark))
            return mark;
    return {};
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyTextIsTranslatedOnce();
    void whatTextsCarryIsKept();
    void noSuffixIsGluedToAPlaceholder();
    void englishHasItsPluralForms();
    void theSourcesHoldNothingNew();

private:
    // Fails with the texts for which `wrong` says something.
    template <typename Wrong> QString complaints(const QList<TsMessage>& messages, Wrong wrong) const
    {
        QStringList lines;
        for (const TsMessage& message : messages)
            for (const QString& form : message.forms)
                if (const QString what = wrong(message, form); !what.isEmpty())
                    lines << message.name() + QStringLiteral(" => ") + form + QStringLiteral(": ") + what;
        return lines.join(u'\n');
    }

    QList<TsMessage> m_turkish;
    QList<TsMessage> m_english;
};

void TestTranslations::initTestCase()
{
    QString failure;
    m_turkish = readTs(translationsFile("tr"), failure);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    m_english = readTs(translationsFile("en"), failure);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QVERIFY(m_turkish.size() > 500);
    QVERIFY(!m_english.isEmpty());
}

void TestTranslations::everyTextIsTranslatedOnce()
{
    QSet<std::pair<QString, QString>> seen;
    for (const TsMessage& message : m_turkish) {
        QVERIFY2(message.type.isEmpty(), qPrintable(message.name() + u' ' + message.type));
        QCOMPARE(message.forms.size(), 1); // one for all numbers
        QVERIFY2(!message.forms.first().trimmed().isEmpty(), qPrintable(message.name()));
        QVERIFY2(!seen.contains({ message.context, message.source }), qPrintable(message.name()));
        seen.insert({ message.context, message.source });
    }
}

void TestTranslations::whatTextsCarryIsKept()
{
    const QString wrong = complaints(m_turkish, [](const TsMessage& message, const QString& form) -> QString {
        const auto differs = [&](const char* what) { return found(message.source, what) != found(form, what); };
        if (differs("%[0-9n]"))
            return "placeholders";
        if (differs("\\b(model|language|training|data|hardware)\\.[a-z_0-9]+"))
            return "keys";
        if (differs("`[^`]*`|--[a-z]+|\\bgenerated:[a-z-]+|\\*\\.[a-z]+"))
            return "what is typed";
        if (edge(message.source, true) != edge(form, true) || edge(message.source, false) != edge(form, false))
            return "space at an end";
        if (ending(message.source) != ending(form))
            return "the last character";
        if (message.source.count(u'\n') != form.count(u'\n'))
            return "line breaks";
        if (message.source.count(u'&') != form.count(u'&'))
            return "mnemonic";
        // A mnemonic is a key that every keyboard has.
        if (form.contains(QRegularExpression("&[^A-Za-z0-9]")))
            return "a mnemonic that is no letter of ASCII";
        return {};
    });
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

// Vowel harmony depends on what is put in, which nobody knows beforehand.
void TestTranslations::noSuffixIsGluedToAPlaceholder()
{
    const QString wrong = complaints(m_turkish, [](const TsMessage&, const QString& form) -> QString {
        const auto glued
            = QRegularExpression(QStringLiteral("%[0-9n]['’]?\\p{L}|%[0-9n] (mi|mı|mu|mü|de|da|te|ta)(?!\\p{L})"))
                  .match(form);
        return glued.captured();
    });
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestTranslations::englishHasItsPluralForms()
{
    const TsTable english = table(m_english);
    int plurals = 0;
    for (const TsMessage& message : m_turkish) {
        if (message.plural) {
            ++plurals;
            QVERIFY2(english.contains({ message.context, message.source }), qPrintable(message.name()));
        }
    }
    QCOMPARE(plurals, int(m_english.size()));
    for (const TsMessage& message : m_english) {
        QVERIFY2(message.plural && message.type.isEmpty(), qPrintable(message.name()));
        QCOMPARE(message.forms.size(), 2);
        // "3 selected" is the same for one.
        QCOMPARE(message.forms.first() != message.forms.last(),
            (message.source.contains("(s)") || message.source.contains("(es)")));
        for (const QString& form : message.forms)
            QVERIFY2(form.contains("%n") && !form.contains("(s)"), qPrintable(form));
    }
}

void TestTranslations::theSourcesHoldNothingNew()
{
#ifdef NABIZ_LUPDATE
    if (!QFile::exists(NABIZ_LUPDATE))
        QSKIP("lupdate is not installed");
    QTemporaryDir folder;
    const QString copy = folder.filePath("nabiz_tr.ts");
    QVERIFY(QFile::copy(translationsFile("tr"), copy));
    QProcess lupdate;
    lupdate.setWorkingDirectory(NABIZ_SOURCE_DIR);
    lupdate.setProcessChannelMode(QProcess::MergedChannels);
    // As the target update_translations does.
    lupdate.start(NABIZ_LUPDATE,
        { "-I", ".", "-locations", "none", "-extensions", "cpp,h", "-tr-function-alias",
            "QT_TRANSLATE_NOOP+=NABIZ_TEXT", "app", "ui", "trainer", "storage", "-ts", copy });
    QVERIFY2(lupdate.waitForFinished(60'000), qPrintable(lupdate.errorString()));
    QVERIFY2(lupdate.exitCode() == 0, lupdate.readAll().constData());
    QString failure;
    const auto after = readTs(copy, failure);
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
    QVERIFY(after.size() >= m_turkish.size());
    QStringList fresh;
    for (const TsMessage& message : after)
        if (message.type == QLatin1String("unfinished"))
            fresh << message.name();
    QVERIFY2(fresh.isEmpty(), qPrintable(fresh.join(u'\n')));
#else
    QSKIP("lupdate is not installed");
#endif
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
