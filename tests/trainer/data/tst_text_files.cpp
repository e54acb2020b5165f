// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/data/temporary_folder.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/fingerprint.h"
#include "trainer/data/git_commit.h"
#include "trainer/data/text_files.h"

#include <QtTest>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

using namespace nabiz::trainer;
namespace fs = std::filesystem;

namespace {

std::string gzip(std::string_view text)
{
    z_stream stream {};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

TextFiles read(const fs::path& path)
{
    return readTextFiles(path, "data.train_path", {});
}

bool notesSay(const TextFiles& text, const std::string& words)
{
    return std::any_of(text.notes.begin(), text.notes.end(),
        [&](const Message& note) { return note.english().find(words) != std::string::npos; });
}

std::string textOf(const TextFiles& files)
{
    return { files.bytes.begin(), files.bytes.end() };
}

const std::string kCommitA(40, 'a');
const std::string kCommitB(40, 'b');

} // namespace

class TestTextFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFolderIsReadInOrderOfItsPaths();
    void whatIsNoTextIsLeftOutByName();
    void aNamedFileIsReadWhateverItsName();
    void linksAreReadOnceAndMayGoInCircles();
    void gzipMayHaveSeveralMembersAndPadding();
    void everyCutOfAGzipFileIsRefused();
    void damageInAGzipFileIsRefused();
    void aLargeGzipFileIsReadInPieces();
    void badPathsSayWhatToDo_data();
    void badPathsSayWhatToDo();
    void whatCannotBeOpenedIsNamed();
    void theFingerprintKnowsNamesAndContents();
    void theCommitIsReadFromGitsFiles();
    void aStopEndsTheReading();
};

void TestTextFiles::aFolderIsReadInOrderOfItsPaths()
{
    const TemporaryFolder folder;
    folder.write("b.txt", "second\n");
    folder.write("a/z.TXT", "first");
    folder.write("c.1.gz", gzip("third"));
    folder.write("notes.md", "not this");
    const TextFiles text = read(folder.path());
    QCOMPARE(textOf(text), std::string("first\nsecond\nthird")); // a line end between files that lack one
    QCOMPARE(text.files, 3);
    QCOMPARE(text.contentBytes, 5 + 7 + 5);
    QCOMPARE(text.names, (std::vector<std::string> { "a/z.TXT", "b.txt", "c.1.gz" }));
    QVERIFY(notesSay(text, "a/z.TXT, b.txt, c.1.gz"));
    QVERIFY(notesSay(text, "read for another kind; name one of them to read it: notes.md"));
}

// What lies beside a text on people's disks.
void TestTextFiles::whatIsNoTextIsLeftOutByName()
{
    const TemporaryFolder folder;
    const std::string tar = std::string(257, '\0') + "ustar" + std::string(1000, '\0');
    folder.write("a.txt", "text\n");
    for (const char* name : { "._a.txt", "__MACOSX/a.txt", ".ipynb_checkpoints/a-checkpoint.txt", ".git/x.txt",
             "b.jsonl", "d.text", "e.md", "sub/.hidden.txt" })
        folder.write(name, "not this\n");
    folder.write("x.tar.gz", gzip(tar));
    folder.write("y.tgz", gzip(tar));
    folder.write("z.gz", gzip(tar)); // a tar by what is in it
    const TextFiles text = read(folder.path());
    QCOMPARE(textOf(text), std::string("text\n"));
    QCOMPARE(text.files, 1);
    QCOMPARE(text.names, std::vector<std::string> { "a.txt" });
    for (const char* name : { "._a.txt", "__MACOSX", ".ipynb_checkpoints", ".git", "b.jsonl", "d.text", "e.md",
             "sub/.hidden.txt", "x.tar.gz", "y.tgz", "z.gz" })
        QVERIFY2(notesSay(text, name), name);
    QCOMPARE(text.leftOut.substr(0, 8), std::string("hidden: "));
    QVERIFY(text.leftOut.find("archive: x.tar.gz, y.tgz; another kind: b.jsonl, e.md; no text: d.text")
        != std::string::npos);
    QVERIFY(text.leftOut.ends_with("archive: z.gz"));
    QVERIFY(errorOf([&] { read(folder.path() / "z.gz"); }));

    const TemporaryFolder many;
    many.write("a.txt", "text");
    for (int i = 0; i < 40; ++i)
        many.write("._" + std::to_string(i), "x");
    const TextFiles few = read(many.path());
    QVERIFY(notesSay(few, "(40)"));
    QCOMPARE(few.notes.size(), std::size_t { 2 });
}

void TestTextFiles::aNamedFileIsReadWhateverItsName()
{
    const TemporaryFolder folder;
    QCOMPARE(textOf(read(folder.write("plain.md", "text"))), std::string("text"));
    QCOMPARE(textOf(read(folder.write("packed.bin", gzip("packed text")))), std::string("packed text"));
    const std::string bytes("\xff\x00\xc3(", 4);
    QCOMPARE(textOf(read(folder.write("bytes", bytes))), bytes);
}

void TestTextFiles::linksAreReadOnceAndMayGoInCircles()
{
    const TemporaryFolder folder;
    folder.write("text/real.txt", "once\n");
    folder.write("elsewhere/other.txt", "linked\n");
    fs::create_symlink("real.txt", folder.path() / "text/again.txt");
    fs::create_symlink("..", folder.path() / "text/up");
    fs::create_symlink("nowhere.txt", folder.path() / "text/broken.txt");
    const TextFiles text = read(folder.path() / "text");
    QCOMPARE(text.files, 2);
    QCOMPARE(textOf(text), std::string("once\nlinked\n"));
    QCOMPARE(text.notes.size(), std::size_t { 2 });
    QVERIFY(notesSay(text, "broken.txt"));
}

void TestTextFiles::gzipMayHaveSeveralMembersAndPadding()
{
    const TemporaryFolder folder;
    QCOMPARE(textOf(read(folder.write("two.gz", gzip("one ") + gzip("two")))), std::string("one two"));
    QCOMPARE(textOf(read(folder.write("padded.gz", gzip("one") + std::string(512, '\0')))), std::string("one"));
    QVERIFY(errorOf([&] { read(folder.write("tail.gz", gzip("one") + "tail")); }));
}

void TestTextFiles::everyCutOfAGzipFileIsRefused()
{
    const TemporaryFolder folder;
    const std::string whole = gzip("a text that is long enough to be packed, packed, packed");
    QCOMPARE(textOf(read(folder.write("cut.gz", whole))).size(), std::size_t { 55 });
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const fs::path file = folder.write("cut.gz", std::string_view(whole).substr(0, size));
        const auto error = errorOf([&] { read(file); });
        QVERIFY2(error, qPrintable(QString::number(size)));
        QCOMPARE(error->kind(), TrainErrorKind::Data);
        QVERIFY(std::string(error->what()).find(file.string()) != std::string::npos);
    }
}

void TestTextFiles::damageInAGzipFileIsRefused()
{
    const TemporaryFolder folder;
    std::string packed = gzip("a text that is long enough to be packed, packed, packed");
    packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1); // of its check sum
    QVERIFY(errorOf([&] { read(folder.write("sum.gz", packed)); }));
    QVERIFY(errorOf([&] { read(folder.write("plain.gz", "not packed at all")); }));
}

void TestTextFiles::aLargeGzipFileIsReadInPieces()
{
    const TemporaryFolder folder;
    std::string text;
    for (std::uint64_t i = 0; text.size() < 3'000'000; ++i)
        text += std::to_string(i * 7919) + '\n';
    QVERIFY(textOf(read(folder.write("large.gz", gzip(text) + gzip(text)))) == text + text);
}

void TestTextFiles::badPathsSayWhatToDo_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("said");
    QTest::newRow("missing") << "missing.txt" << "does not exist";
    QTest::newRow("empty file") << "empty.txt" << "is empty";
    QTest::newRow("empty folder") << "empty" << "holds no .txt, .gz, .jsonl or .md";
    QTest::newRow("no text") << "pictures" << "holds no .txt, .gz, .jsonl or .md";
    QTest::newRow("only empty files") << "hollow" << "is empty";
}

void TestTextFiles::badPathsSayWhatToDo()
{
    QFETCH(QString, name);
    QFETCH(QString, said);
    const TemporaryFolder folder;
    folder.write("empty.txt", "");
    folder.write("pictures/a.png", "picture");
    folder.write("hollow/a.txt", "");
    fs::create_directory(folder.path() / "empty");
    const fs::path path = folder.path() / name.toStdString();
    const auto error = errorOf([&] { readTextFiles(path, "data.val_path", {}); });
    QVERIFY(error);
    QCOMPARE(error->kind(), TrainErrorKind::Data);
    const QString text = error->what();
    QVERIFY2(text.contains(said) && text.contains(QString::fromStdString(path.string())), error->what());
    QVERIFY2(text.contains("Set data.val_path to"), error->what());
}

void TestTextFiles::whatCannotBeOpenedIsNamed()
{
    const TemporaryFolder folder;
    const fs::path pipe = folder.path() / "pipe.txt";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QVERIFY(errorOf([&] { read(pipe); })); // without waiting for a writer
    folder.write("text/a.txt", "text");
    fs::create_symlink(pipe, folder.path() / "text/b.txt");
    QVERIFY(notesSay(read(folder.path() / "text"), "no regular file"));

    if (::geteuid() == 0)
        QSKIP("root may read everything");
    const fs::path locked = folder.write("locked.txt", "text");
    fs::permissions(locked, fs::perms::none);
    const auto error = errorOf([&] { read(locked); });
    QVERIFY(error);
    QVERIFY(std::string(error->what()).find("locked.txt cannot be read: Permission denied") != std::string::npos);
}

void TestTextFiles::theFingerprintKnowsNamesAndContents()
{
    const auto hashOf = [](const std::string& name, std::string_view contents) {
        const TemporaryFolder folder;
        folder.write("first.txt", "first");
        folder.write(name, contents);
        return read(folder.path()).hash;
    };
    const std::string hash = hashOf("second.txt", "second");
    QCOMPARE(hash.size(), std::size_t { 32 });
    QCOMPARE(hashOf("second.txt", "second"), hash); // wherever the folder lies
    QVERIFY(hashOf("second.txt", "Second") != hash);
    QVERIFY(hashOf("third.txt", "second") != hash);
    // The published value of XXH3-128 for no input.
    QCOMPARE(fingerprint({}), std::string("99aa06d3014798d86001c324468d497f"));
}

void TestTextFiles::theCommitIsReadFromGitsFiles()
{
    const TemporaryFolder folder;
    const fs::path text = folder.write("tree/data/a.txt", "text");
    QCOMPARE(gitCommit(text), std::string());
    folder.write("tree/.git/HEAD", "ref: refs/heads/main\n");
    QCOMPARE(gitCommit(text), std::string()); // no commit yet
    folder.write("tree/.git/packed-refs",
        "# pack-refs with: peeled\n" + kCommitB + " refs/heads/other\n" + kCommitA + " refs/heads/main\n");
    QCOMPARE(gitCommit(text), kCommitA);
    folder.write("tree/.git/refs/heads/main", kCommitB + "\n"); // newer than the packed one
    QCOMPARE(gitCommit(text.parent_path()), kCommitB);
    QCOMPARE(read(text.parent_path()).commit, kCommitB);
    folder.write("tree/.git/HEAD", kCommitA + "\n");
    QCOMPARE(gitCommit(text), kCommitA);
    folder.write("tree/.git/HEAD", "ref: HEAD\n");
    QCOMPARE(gitCommit(text), std::string()); // a circle

    const fs::path linked = folder.write("linked/a.txt", "text");
    folder.write("linked/.git", "gitdir: ../tree/.git/worktrees/linked\n");
    folder.write("tree/.git/worktrees/linked/HEAD", "ref: refs/heads/other\n");
    folder.write("tree/.git/worktrees/linked/commondir", "../..\n");
    QCOMPARE(gitCommit(linked), kCommitB);
}

void TestTextFiles::aStopEndsTheReading()
{
    const TemporaryFolder folder;
    folder.write("a.txt", "text");
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(readTextFiles(folder.path(), "data.train_path", source.get_token()), Cancelled);
    QVERIFY_EXCEPTION_THROWN(readTextFiles(folder.path() / "a.txt", "data.train_path", source.get_token()), Cancelled);
}

QTEST_GUILESS_MAIN(TestTextFiles)
#include "tst_text_files.moc"
