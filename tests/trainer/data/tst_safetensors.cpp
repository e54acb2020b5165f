// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/trainer/data/temporary_folder.h"
#include "trainer/data/safetensors.h"

#include <QtTest>
#include <algorithm>
#include <cstring>
#include <iterator>

using namespace nabiz::trainer;
namespace fs = std::filesystem;

namespace {

std::string fileOf(const std::string& header, const std::string& data)
{
    std::string length(8, '\0');
    const std::uint64_t size = header.size();
    std::memcpy(length.data(), &size, 8);
    return length + header + data;
}

std::string contentsOf(const fs::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

template <typename Number>
TensorView view(
    const std::string& name, Dtype dtype, std::vector<std::int64_t> shape, const std::vector<Number>& numbers)
{
    return { name, dtype, std::move(shape), std::as_bytes(std::span(numbers)) };
}

std::vector<float> floatsOf(const TensorView& tensor)
{
    std::vector<float> numbers(tensor.data.size() / sizeof(float));
    std::memcpy(numbers.data(), tensor.data.data(), tensor.data.size());
    return numbers;
}

const std::string kGood = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writtenIsRead();
    void writtenAsTheFormatSays();
    void anOldFileStaysUntilTheNewOneIsWhole();
    void whatCannotBeWrittenIsNamed();
    void contradictionsAreNotWritten();
    void aHandMadeFileIsRead();
    void badHeadersAreRefused_data();
    void badHeadersAreRefused();
    void everyCutIsRefused();
    void everyShorterHeaderIsRefused();
    void headersOfAHundredMegabytes();
    void everyTypeIsRead();
    void notFiniteIsFound_data();
    void notFiniteIsFound();
    void everyFlippedHeaderByteIsReadOrRefused();
    void publishedFilesAreRead();
    void whatIsNotThereIsNamed();
};

void TestSafetensors::writtenIsRead()
{
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "a.safetensors";
    const std::vector<float> floats { 1, -2.5F, 3e-30F, 4, 5, 6 };
    const std::vector<std::int64_t> steps { 42 };
    const std::vector<std::uint8_t> bytes { 1, 2, 3 };
    const std::vector<double> none;
    writeSafetensors(path,
        { view("weight", Dtype::F32, { 2, 3 }, floats), view("bytes", Dtype::U8, { 3 }, bytes),
            view("step", Dtype::I64, {}, steps), view("none", Dtype::F64, { 0, 4 }, none) },
        { { "config", "{\"quoted\": \"ğ\"}\n" }, { "empty", "" } });
    const SafetensorsFile file = SafetensorsFile::open(path);
    QCOMPARE(file.tensors().size(), std::size_t { 4 });
    QCOMPARE(floatsOf(file.at("weight")), floats);
    QCOMPARE(file.at("weight").shape, (std::vector<std::int64_t> { 2, 3 }));
    QVERIFY(file.at("step").shape.empty());
    QCOMPARE(file.at("step").data.size(), std::size_t { 8 });
    QVERIFY(file.at("none").data.empty());
    QVERIFY(file.at("bytes").dtype == Dtype::U8);
    QCOMPARE(file.metadata().at("config"), std::string("{\"quoted\": \"ğ\"}\n"));
    QCOMPARE(file.metadata().size(), std::size_t { 2 });
}

void TestSafetensors::writtenAsTheFormatSays()
{
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "a.safetensors";
    const std::vector<float> floats { 1, 2 };
    const std::vector<std::uint8_t> bytes { 7 };
    writeSafetensors(path,
        { view("z", Dtype::U8, { 1 }, bytes), view("b", Dtype::F32, { 2 }, floats),
            view("a", Dtype::F32, { 2 }, floats) },
        { { "k", "v" } });
    const std::string text = contentsOf(path);
    std::uint64_t length = 0;
    std::memcpy(&length, text.data(), 8);
    QCOMPARE(length % 8, std::uint64_t { 0 });
    std::string header = text.substr(8, length);
    header.erase(header.find_last_not_of(' ') + 1);
    QCOMPARE(header,
        std::string(R"({"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                    R"("b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},)"
                    R"("z":{"dtype":"U8","shape":[1],"data_offsets":[16,17]}})"));
    QCOMPARE(text.size(), 8 + length + 17);
}

void TestSafetensors::anOldFileStaysUntilTheNewOneIsWhole()
{
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "a.safetensors";
    const std::vector<float> before { 1 };
    const std::vector<float> after { 2 };
    writeSafetensors(path, { view("a", Dtype::F32, { 1 }, before) }, {});
    const SafetensorsFile old = SafetensorsFile::open(path);
    writeSafetensors(path, { view("a", Dtype::F32, { 1 }, after) }, {});
    QCOMPARE(floatsOf(old.at("a")), before); // still mapped
    QCOMPARE(floatsOf(SafetensorsFile::open(path).at("a")), after);
    QCOMPARE(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1); // nothing left aside
}

void TestSafetensors::whatCannotBeWrittenIsNamed()
{
    const TemporaryFolder folder;
    const auto error = errorOf([&] { writeSafetensors(folder.path() / "no/such/a.safetensors", {}, {}); });
    QVERIFY(error);
    QCOMPARE(error->kind(), TrainErrorKind::Io);
    QVERIFY(QString(error->what()).contains("no/such/a.safetensors cannot be written: No such file"));
    // A folder has the name: the file written aside goes away again.
    fs::create_directories(folder.path() / "taken/inside");
    QVERIFY(errorOf([&] { writeSafetensors(folder.path() / "taken", {}, {}); }));
    QCOMPARE(std::distance(fs::directory_iterator(folder.path()), {}), 1);
    if (fs::exists("/dev/full")) {
        fs::create_symlink("/dev/full", folder.path() / "full");
        const std::vector<float> numbers { 1 };
        const auto full
            = errorOf([&] { writeSafetensors(folder.path() / "full", { view("a", Dtype::F32, { 1 }, numbers) }, {}); });
        QVERIFY(full && QString(full->what()).contains("No space left"));
    }
}

void TestSafetensors::contradictionsAreNotWritten()
{
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "a.safetensors";
    const std::vector<float> numbers { 1, 2 };
    QVERIFY(errorOf([&] { writeSafetensors(path, { view("a", Dtype::F32, { 3 }, numbers) }, {}); }));
    QVERIFY(errorOf([&] { writeSafetensors(path, { view("__metadata__", Dtype::F32, { 2 }, numbers) }, {}); }));
    const std::vector<std::uint8_t> bytes { 1 };
    QVERIFY(errorOf([&] {
        writeSafetensors(path, { view("a", Dtype::F32, { 2 }, numbers), view("a", Dtype::U8, { 1 }, bytes) }, {});
    }));
    QVERIFY(!fs::exists(path));
}

void TestSafetensors::aHandMadeFileIsRead()
{
    const TemporaryFolder folder;
    const std::string data(8, '\1');
    QVERIFY(!errorOf([&] { SafetensorsFile::open(folder.write("a", fileOf(kGood, data))); }));
    QVERIFY(!errorOf([&] { SafetensorsFile::open(folder.write("b", fileOf(kGood + "   ", data))); }));
    QVERIFY(!errorOf([&] { SafetensorsFile::open(folder.write("c", fileOf("{}", ""))); }));
}

void TestSafetensors::badHeadersAreRefused_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("said");
    const auto tensor = [](const char* name, const char* dtype, const char* shape, const char* offsets) {
        return QString(R"("%1":{"dtype":"%2","shape":%3,"data_offsets":%4})").arg(name, dtype, shape, offsets);
    };
    const auto row = [](const char* name, const QString& body, int bytes, const char* said) {
        QTest::newRow(name) << "{" + body + "}" << bytes << said;
    };
    const QString a = tensor("a", "F32", "[2]", "[0,8]");
    row("twice", a + "," + a, 8, "the tensor a is there twice");
    row("twice, spelled in two ways", a + "," + tensor("\\u0061", "F32", "[2]", "[8,16]"), 16,
        "the tensor a is there twice");
    row("overlap", a + "," + tensor("b", "F32", "[2]", "[4,12]"), 12, "the tensor b overlaps");
    row("hole", a + "," + tensor("b", "F32", "[2]", "[12,20]"), 20, "the tensor b overlaps another, leaves a hole");
    row("late start", tensor("a", "F32", "[2]", "[4,12]"), 12, "the tensor a overlaps another, leaves a hole");
    row("backwards", tensor("a", "F32", "[2]", "[8,0]"), 8, "the tensor a");
    row("behind the end", tensor("a", "F32", "[4]", "[0,16]"), 8, "the tensor a");
    row("same place", a + "," + tensor("b", "F32", "[2]", "[0,8]"), 8, "the tensor b overlaps");
    row("one inside another", a + "," + tensor("b", "F32", "[1]", "[2,6]"), 8, "the tensor b overlaps");
    row("an empty one inside another", a + "," + tensor("b", "F32", "[0]", "[4,4]"), 8, "the tensor b overlaps");
    row("an empty one behind the end", a + "," + tensor("b", "F32", "[0]", "[12,12]"), 8, "the tensor b overlaps");
    row("far behind the end", tensor("a", "F32", "[2]", "[0,18446744073709551615]"), 8, "lies outside the file");
    row("place of 65 bits", tensor("a", "F32", "[2]", "[0,18446744073709551624]"), 8, "of a what the format does not");
    row("bytes behind", a, 9, "holds 9 bytes of data, but its tensors take 8");
    row("wrong size", tensor("a", "F32", "[3]", "[0,8]"), 8, "the tensor a takes another number of bytes");
    row("overflow", tensor("a", "F32", "[9223372036854775807,9223372036854775807]", "[0,8]"), 8, "the tensor a takes");
    row("wrapping to fit", tensor("a", "F32", "[4611686018427387906]", "[0,8]"), 8, "the tensor a takes");
    row("huge dimension", tensor("a", "F32", "[18446744073709551615]", "[0,8]"), 8, "of a what the format does not");
    row("negative", tensor("a", "F32", "[-2]", "[0,8]"), 8, "of a what the format does not allow");
    row("fraction", tensor("a", "F32", "[2.0]", "[0,8]"), 8, "of a what the format does not allow");
    row("unknown type", tensor("a", "F33", "[2]", "[0,8]"), 8, "the tensor a has the type F33");
    row("type in small letters", tensor("a", "f32", "[2]", "[0,8]"), 8, "the tensor a has the type f32");
    row("no type", tensor("a", "", "[2]", "[0,8]"), 8, "the tensor a has the type");
    row("8-bit float", tensor("a", "F8_E4M3", "[8]", "[0,8]"), 8, "the tensor a has the type F8_E4M3");
    row("one offset", tensor("a", "F32", "[2]", "[0]"), 8, "of a what the format does not allow");
    row("three offsets", tensor("a", "F32", "[2]", "[0,8,8]"), 8, "of a what the format does not allow");
    row("no shape", R"("a":{"dtype":"F32","data_offsets":[0,8]})", 8, "lacks its type, shape or place");
    row("shape twice", R"("a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]})", 8,
        "shape of a is there twice");
    row("unknown field", R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1})", 8, "unknown field x");
    row("type is a number", R"("a":{"dtype":4,"shape":[2],"data_offsets":[0,8]})", 8, "of a what the format");
    row("shape is text", R"("a":{"dtype":"F32","shape":"2","data_offsets":[0,8]})", 8, "of a what the format");
    row("nested shape", R"("a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]})", 8, "of a what the format");
    row("tensor is null", R"("a":null)", 0, "of a what the format does not allow");
    row("metadata number", R"("__metadata__":{"a":1})", 0, "of __metadata__ what the format does not allow");
    row("metadata nested", R"("__metadata__":{"a":{}})", 0, "of __metadata__ what the format does not allow");
    row("two documents", a + "} {", 8, "not sound JSON");
    QTest::newRow("zero byte behind") << "{" + a + "}" + QString(QChar(0)) << 8 << "not sound JSON at byte 55";
    QTest::newRow("tensor behind a zero byte") << "{}" + QString(QChar(0)) + a << 0 << "not sound JSON at byte 3";
    QTest::newRow("a list") << "[]" << 0 << "does not begin with {";
    QTest::newRow("space first") << " {}" << 0 << "does not begin with {";
    QTest::newRow("empty") << "" << 0 << "does not begin with {";
    QTest::newRow("deep") << QString(R"({"a":{"shape":)") + QString(1'000'000, '[') << 0 << "of a what the format";
}

void TestSafetensors::badHeadersAreRefused()
{
    QFETCH(QString, header);
    QFETCH(int, bytes);
    QFETCH(QString, said);
    const TemporaryFolder folder;
    const std::string data(static_cast<std::size_t>(bytes), '\0');
    const fs::path path = folder.write("bad.safetensors", fileOf(header.toStdString(), data));
    const auto error = errorOf([&] { SafetensorsFile::open(path); });
    QVERIFY(error);
    QCOMPARE(error->kind(), TrainErrorKind::Io);
    QVERIFY2(QString(error->what()).contains(said), error->what());
    QVERIFY2(QString(error->what()).contains("bad.safetensors"), error->what());
}

void TestSafetensors::everyCutIsRefused()
{
    const TemporaryFolder folder;
    const std::string whole = fileOf(kGood, std::string(8, '\1'));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const fs::path path = folder.write("cut.safetensors", std::string_view(whole).substr(0, size));
        const auto error = errorOf([&] { SafetensorsFile::open(path); });
        QVERIFY2(error && error->kind() == TrainErrorKind::Io, qPrintable(QString::number(size)));
    }
    QVERIFY(errorOf([&] { SafetensorsFile::open(folder.path() / "missing"); }));
    QVERIFY(errorOf([&] { SafetensorsFile::open(folder.path()); }));
    const std::string huge("\x01\xe1\xf5\x05\0\0\0\0{}", 10); // a header of 100 000 001 bytes
    QVERIFY(errorOf([&] { SafetensorsFile::open(folder.write("huge", huge)); }));
    QVERIFY(errorOf([&] { SafetensorsFile::open(folder.write("max", std::string(8, '\xff') + "{}")); }));
}

// The length says how much of the header is left, so that only the JSON shows that it is cut.
void TestSafetensors::everyShorterHeaderIsRefused()
{
    const TemporaryFolder folder;
    const std::string header = R"({"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                               R"("b":{"dtype":"U8","shape":[],"data_offsets":[8,9]}})";
    const auto errorIn = [&folder](const std::string& cut) {
        const fs::path path = folder.write("cut.safetensors", fileOf(cut, std::string(9, '\1')));
        return errorOf([&] { SafetensorsFile::open(path); });
    };
    QVERIFY(!errorIn(header));
    for (std::size_t size = 0; size < header.size(); ++size) {
        const auto error = errorIn(header.substr(0, size));
        QVERIFY2(error && error->kind() == TrainErrorKind::Io, qPrintable(QString::number(size)));
        QVERIFY2(QString(error->what()).contains("cut.safetensors"), error->what());
    }
}

// A hundred million bytes are the format's limit: one more is refused unread.
void TestSafetensors::headersOfAHundredMegabytes()
{
    const TemporaryFolder folder;
    for (const std::uint64_t length : { std::uint64_t { 100'000'000 }, std::uint64_t { 100'000'001 } }) {
        std::string start(8, '\0');
        std::memcpy(start.data(), &length, 8);
        const fs::path path = folder.write("long.safetensors", start + kGood);
        fs::resize_file(path, 8 + length + 8); // with zeros, that take no room on the disk
        const auto error = errorOf([&] { SafetensorsFile::open(path); });
        QVERIFY(error);
        const QString said
            = length > 100'000'000 ? "its header would take 100000001 bytes" : "not sound JSON at byte 55";
        QVERIFY2(QString(error->what()).contains(said), error->what());
    }
}

void TestSafetensors::everyTypeIsRead()
{
    const TemporaryFolder folder;
    int types = 0;
    for (const auto& [name, bytes] : std::vector<std::pair<std::string, int>> { { "BOOL", 1 }, { "U8", 1 }, { "I8", 1 },
             { "I16", 2 }, { "U16", 2 }, { "F16", 2 }, { "BF16", 2 }, { "I32", 4 }, { "U32", 4 }, { "F32", 4 },
             { "F64", 8 }, { "I64", 8 }, { "U64", 8 } }) {
        const std::string size = std::to_string(3 * bytes);
        const std::string header
            = "{\"a\":{\"dtype\":\"" + name + "\",\"shape\":[3],\"data_offsets\":[0," + size + "]}}";
        const std::string data(static_cast<std::size_t>(3 * bytes), '\1');
        const SafetensorsFile file = SafetensorsFile::open(folder.write(name, fileOf(header, data)));
        QCOMPARE(std::string(dtypeName(file.at("a").dtype)), name);
        QCOMPARE(file.at("a").data.size(), data.size());
        ++types;
    }
    QCOMPARE(types, static_cast<int>(Dtype::U64) + 1);
}

void TestSafetensors::notFiniteIsFound_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("number"); // as it lies in a file
    QTest::addColumn<bool>("finite");
    const auto row = [](const char* name, const char* type, const char* hex, bool finite) {
        QByteArray number = QByteArray::fromHex(hex);
        std::reverse(number.begin(), number.end());
        QTest::addRow("%s %s", type, name) << type << number << finite;
    };
    row("largest", "F16", "7bff", true);
    row("smallest", "F16", "8001", true);
    row("infinity", "F16", "7c00", false);
    row("NaN", "F16", "fe00", false);
    row("largest", "BF16", "7f7f", true);
    row("2", "BF16", "4000", true);
    row("-infinity", "BF16", "ff80", false);
    row("NaN", "BF16", "7fc0", false);
    row("largest", "F32", "ff7fffff", true);
    row("two halves of NaN", "F32", "007f80ff", true);
    row("infinity", "F32", "7f800000", false);
    row("NaN", "F32", "7f800001", false);
    row("largest", "F64", "7fefffffffffffff", true);
    row("infinity", "F64", "7ff0000000000000", false);
    row("NaN", "F64", "fff8000000000000", false);
    row("any", "I32", "ffffffff", true);
    row("any", "U8", "ff", true);
}

void TestSafetensors::notFiniteIsFound()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, number);
    QFETCH(bool, finite);
    const auto dtype = findDtype(type.toStdString());
    QVERIFY(dtype);
    for (const qsizetype elements : { 1, 7, 4096, 4097, 10'000 }) {
        for (const qsizetype place : { qsizetype { 0 }, elements / 2, elements - 1 }) {
            QByteArray bytes(1 + elements * number.size(), '\0'); // from the second on: not aligned
            bytes.replace(1 + place * number.size(), number.size(), number);
            const auto data
                = std::as_bytes(std::span(bytes.constData() + 1, static_cast<std::size_t>(bytes.size() - 1)));
            QCOMPARE(allFinite({ "a", *dtype, { elements }, data }), finite);
        }
    }
    QVERIFY(allFinite({ "a", *dtype, { 0 }, {} }));
}

// Whatever a byte turns into, the answer is a file whose tensors lie inside it, or a TrainError.
void TestSafetensors::everyFlippedHeaderByteIsReadOrRefused()
{
    const TemporaryFolder folder;
    const std::string whole = fileOf(kGood, std::string(8, '\1'));
    int refused = 0;
    for (std::size_t i = 0; i < whole.size() - 8; ++i) {
        for (const int bit : { 0, 1, 3, 6, 7 }) {
            std::string damaged = whole;
            damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
            const fs::path path = folder.write("flip.safetensors", damaged);
            const auto error = errorOf([&] {
                const SafetensorsFile file = SafetensorsFile::open(path);
                for (const TensorView& tensor : file.tensors())
                    QCOMPARE(tensor.data.size(), std::size_t { 8 });
            });
            refused += error ? 1 : 0;
        }
    }
    QVERIFY(refused > 200);
}

void TestSafetensors::publishedFilesAreRead()
{
    const fs::path golden = fs::path(NABIZ_TEST_DATA) / "golden";
    int files = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(golden)) {
        if (entry.path().extension() != ".safetensors" || entry.path().parent_path().filename() == "lfs")
            continue;
        const SafetensorsFile file = SafetensorsFile::open(entry.path());
        QVERIFY(!file.tensors().empty());
        ++files;
    }
    QVERIFY(files >= 9);
    const SafetensorsFile file = SafetensorsFile::open(golden / "standard.safetensors");
    QVERIFY(file.metadata().contains("config"));
    for (const float loss : floatsOf(file.at("output.losses")))
        QVERIFY(loss > 0 && loss < 10);
}

void TestSafetensors::whatIsNotThereIsNamed()
{
    const TemporaryFolder folder;
    const SafetensorsFile file
        = SafetensorsFile::open(folder.write("a.safetensors", fileOf(kGood, std::string(8, '\1'))));
    QVERIFY(file.find("a"));
    QVERIFY(!file.find("b"));
    const auto error = errorOf([&] { file.at("b"); });
    QVERIFY(error && QString(error->what()).contains("a.safetensors holds no tensor b"));
}

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
