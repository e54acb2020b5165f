// SPDX-License-Identifier: GPL-3.0-or-later
// Texts in other forms than UTF-8 in .txt: JSON lines, Markdown, tables, Windows-1254, UTF-16.
#include "tests/trainer/data/temporary_folder.h"
#include "trainer/data/charset.h"
#include "trainer/data/dataset.h"
#include "trainer/data/text_files.h"
#include "trainer/validation/validation.h"

#include <QtTest>

#include <algorithm>

using namespace nabiz::trainer;

namespace {

TextFiles read(const std::filesystem::path& path, const TextReading& reading = {})
{
    return readTextFiles(path, "data.train_path", {}, reading);
}

std::string textOf(const TextFiles& files)
{
    return { files.bytes.begin(), files.bytes.end() };
}

bool notesSay(const TextFiles& text, const std::string& words)
{
    return std::any_of(text.notes.begin(), text.notes.end(),
        [&](const Message& note) { return note.english().find(words) != std::string::npos; });
}

std::string refusal(const std::filesystem::path& path, const TextReading& reading = {})
{
    try {
        read(path, reading);
    } catch (const TrainError& error) {
        return error.what();
    }
    return {};
}

// ı is U+0131 and so on.
QByteArray inCharset(const QString& text, const char* charset)
{
    if (QByteArray(charset) == "1254") {
        QByteArray bytes;
        for (const QChar c : text) {
            const int place = QStringLiteral("ĞİŞğış").indexOf(c);
            bytes += place < 0 ? static_cast<char>(c.unicode()) : "\xd0\xdd\xde\xf0\xfd\xfe"[place];
        }
        return bytes;
    }
    QByteArray bytes = QByteArray(charset).endsWith("bom") ? QByteArray("\xff\xfe") : QByteArray();
    for (const QChar c : text) {
        const char low = static_cast<char>(c.unicode() & 0xff), high = static_cast<char>(c.unicode() >> 8);
        bytes += QByteArray(charset) == "16be" ? QByteArray(1, high) + low : QByteArray(1, low) + high;
    }
    return bytes;
}

QByteArray in32(const QString& text, bool isBig)
{
    QByteArray bytes;
    for (const char32_t letter : text.toStdU32String())
        for (int i = 0; i < 4; ++i)
            bytes.append(static_cast<char>(letter >> (8 * (isBig ? 3 - i : i))));
    return bytes;
}

const QString kTurkish
    = QStringLiteral("Ağaçların gölgesinde üşüyen küçük çocuğun ışıltılı düşü, İstanbul'da bir Şubat günü.\n");

} // namespace

class TestTextKinds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonLinesGiveOneField()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("a.jsonl",
            "{\"text\": \"bir\", \"body\": \"one\"}\n\n{\"text\": \"iki\\nve\", \"n\": 1}\nno JSON\n[1]\n{\"text\": 7}\n"
            "{\"text\": \"\\u00fc\\u00e7\\n\"}");
        const TextFiles text = read(file);
        QCOMPARE(textOf(text), std::string("bir\niki\nve\nüç\n"));
        QVERIFY(notesSay(text, "3 of 6 lines"));
        QCOMPARE(textOf(read(file, { .jsonField = "body" })), std::string("one\n"));
        const std::string why = refusal(file, { .jsonField = "content" });
        QVERIFY2(why.find("there are body, text. Set data.jsonl_field") != std::string::npos, why.c_str());
        QVERIFY(refusal(folder.write("b.jsonl", "plain words\n")).find("no JSON object") != std::string::npos);
    }

    void aFolderIsReadForOneKind()
    {
        const TemporaryFolder folder;
        folder.write("README.md", "not this\n");
        folder.write("a.jsonl", "{\"text\": \"a\"}\n");
        folder.write("b.jsonl", "{\"text\": \"b\"}\n");
        folder.write("checkpoint-500/c.txt", "not this\n");
        folder.write("my-checkpoints/c.txt", "not this\n");
        const TextFiles lines = read(folder.path());
        QCOMPARE(textOf(lines), std::string("a\nb\n"));
        QCOMPARE(lines.leftOut, std::string("checkpoints: checkpoint-500, my-checkpoints; another kind: README.md"));
        const TemporaryFolder pages;
        pages.write("one.md", "# Bir\n");
        pages.write("two.MD", "# İki\n");
        QCOMPARE(textOf(read(pages.path())), std::string("# Bir\n# İki\n"));
    }

    void tablesAreRefusedByName()
    {
        const TemporaryFolder folder;
        const auto file = folder.write("a.parquet", "PAR1....PAR1");
        QVERIFY(refusal(file).find("is a Parquet table") != std::string::npos);
        QVERIFY(refusal(folder.path()).find("holds Parquet tables and no text") != std::string::npos);
        QVERIFY(refusal(folder.write("a.txt", "PAR1....PAR1")).find("is a Parquet table") != std::string::npos);
        folder.write("a.txt", "text");
        const TextFiles text = read(folder.path());
        QCOMPARE(text.leftOut, std::string("parquet: a.parquet"));
        Config config;
        config.set("data.train_path", file.string());
        QVERIFY(validateData(config).front().message.english().find("is a Parquet table") != std::string::npos);
    }

    // Whatever their names: only the text is read, and the others are named.
    void otherKindsAreToldByHowTheyBegin()
    {
        const TemporaryFolder folder;
        folder.write("a.txt", "text\n");
        const std::string zip("PK\3\4\x14\0\0\0", 8), picture("\x89PNG\r\n\x1a\n\0\0", 10);
        const auto paper = folder.write("b.txt", "%PDF-1.7\nstream");
        folder.write("c.txt", zip);
        folder.write("d.txt", picture);
        folder.write("f.txt", "PAR1....PAR1");
        const TextFiles text = read(folder.path());
        QCOMPARE(textOf(text), std::string("text\n"));
        QCOMPARE(text.leftOut, std::string("parquet: f.txt; no text inside: b.txt, c.txt, d.txt"));
        QVERIFY(notesSay(text, "no texts by how they begin"));
        QVERIFY(refusal(paper).find("b.txt is no text: it begins as files of the kind PDF do") != std::string::npos);
        // A word that only looks alike.
        QCOMPARE(
            textOf(read(folder.write("g.txt", "PK kitap, %PDF- ve PNG\n"))), std::string("PK kitap, %PDF- ve PNG\n"));
    }

    void charsetsAreRecognised_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::newRow("ASCII") << QByteArray("plain words\n").repeated(20) << "UTF-8";
        QTest::newRow("UTF-8") << kTurkish.toUtf8() << "UTF-8";
        QTest::newRow("1254") << inCharset(kTurkish, "1254") << "Windows-1254";
        QTest::newRow("1254, little")
            << QByteArray("an English text with a single caf\xe9 in it").replace('\xe9', '\xfc') << "Windows-1254";
        QTest::newRow("16 with mark") << inCharset(kTurkish, "16bom") << "UTF-16";
        QTest::newRow("16 without") << inCharset(kTurkish, "16le") << "UTF-16";
        QTest::newRow("16 big") << inCharset(kTurkish, "16be") << "UTF-16";
        QTest::newRow("32 with mark") << in32(QChar(0xfeff) + kTurkish, false) << "UTF-32";
        QTest::newRow("32 without") << in32(kTurkish, false) << "UTF-32";
        QTest::newRow("32 big") << in32(kTurkish, true) << "UTF-32";
        QTest::newRow("Russian") << QByteArray("\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0\n") << "?"; // Windows-1251
        QTest::newRow("binary") << QByteArray("\x7f"
                                              "ELF\x02\x01\x01\x00\xfd\xfe\xf0",
            11) << "?";
        QTest::newRow("zeros") << QByteArray(1000, '\0') << "UTF-8";
        QTest::newRow("empty") << QByteArray() << "UTF-8";
    }
    void charsetsAreRecognised()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.constData());
        const Charset charset = recognisedCharset({ data, static_cast<std::size_t>(bytes.size()) });
        QCOMPARE(QString::fromStdString(std::string(charsetName(charset))), name);
    }

    // As it is unless it is asked for, and then with a note and a remedy; auto leaves UTF-8 alone.
    void charsetsAreConvertedWhereTheSettingSaysSo()
    {
        const TemporaryFolder folder;
        const std::string utf8 = kTurkish.repeated(100).toStdString();
        folder.write("a.txt", utf8);
        folder.write("b.txt", inCharset(kTurkish.repeated(100), "1254").toStdString());
        folder.write("c.txt", inCharset(kTurkish.repeated(100), "16bom").toStdString());
        const TextFiles kept = read(folder.path());
        QVERIFY(kept.contentBytes != static_cast<std::int64_t>(3 * utf8.size()));
        QVERIFY(
            notesSay(kept, "Not UTF-8 but Windows-1254") && notesSay(kept, "elsewhere: b.txt. Set data.charset=auto"));
        const TextFiles text = read(folder.path(), { .charset = "auto" });
        QCOMPARE(textOf(text), utf8 + utf8 + utf8);
        QCOMPARE(textOf(read(
                     folder.write("wide", in32(QChar(0xfeff) + kTurkish, false).toStdString()), { .charset = "auto" })),
            kTurkish.toStdString());
        const auto marked = folder.write("marked", "\xef\xbb\xbf" + utf8);
        QCOMPARE(textOf(read(marked, { .charset = "auto" })), utf8); // a mark of byte order is no letter
        QCOMPARE(textOf(read(marked)), "\xef\xbb\xbf" + utf8);
        QVERIFY(notesSay(text, "Converted from Windows-1254 to UTF-8: b.txt"));
        QCOMPARE(textOf(read(folder.path() / "b.txt", { .charset = "windows-1254" })), utf8);
        QCOMPARE(textOf(read(folder.path() / "c.txt", { .charset = "utf-16" })), utf8);
        QVERIFY(
            refusal(folder.write("odd.txt", "abc"), { .charset = "utf-16" }).find("its byte 2") != std::string::npos);
        QVERIFY(refusal(folder.write("no.txt", "ab\x81"), { .charset = "windows-1254" }).find("its byte 2")
            != std::string::npos);

        Config config;
        config.set("data.train_path", folder.path().string());
        const auto problems = validateData(config);
        QCOMPARE(problems.size(), std::size_t(1));
        QVERIFY(problems[0].severity == Severity::Note && problems[0].remedy);
        QCOMPARE(problems[0].remedy->key, std::string("data.charset"));
        config.set("data.charset", std::string("auto"));
        QVERIFY(validateData(config).empty());
        config.set("data.train_path", (folder.path() / "a.txt").string());
        QCOMPARE(Dataset::load(config, {}).facts().at("data.bytes"), std::to_string(utf8.size()));
    }
};

QTEST_GUILESS_MAIN(TestTextKinds)
#include "tst_text_kinds.moc"
