// SPDX-License-Identifier: GPL-3.0-or-later
// Event files and .wandb cut at every byte, and with every byte changed: each whole record is kept, what is damaged is
// dropped and counted, and a file that grows byte by byte gives what it gives whole.
#include "app/interchange/tensorboard/event_records.h"
#include "app/interchange/tensorboard/event_values.h"
#include "app/interchange/wandb/wandb_records.h"
#include "app/interchange/wandb/wandb_values.h"
#include "storage/recording/recorder.h"
#include "storage/run_store.h"
#include "tests/app/interchange/stores_fixture.h"

#include <protozero/exception.hpp>

#include <QTemporaryDir>

using namespace nabiz;

class TestTornStores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eventsCutAnywhere();
    void eventsWithAByteChanged();
    void eventsBehindRoomThatIsNotWrittenYet();
    void fieldsOfAnotherTypeAreNoNumbers();
    void wandbCutAnywhere();
    void wandbWithAByteChanged();
    void wandbOverManyBlocks();
    void growsByteByByte_data();
    void growsByteByByte();
    void filesOfMoreThanOneWriter();
    void grownStoreAddsWhatIsNew();
};

namespace {

namespace fs = std::filesystem;

std::string bytesOf(const std::string& store)
{
    std::ifstream file(testing::storesFolder() + "/" + store, std::ios::binary);
    return { std::istreambuf_iterator<char>(file), {} };
}

void write(const fs::path& path, const std::string& bytes)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

template <typename Records>
std::vector<std::string> recordsOf(const std::string& bytes, std::int64_t* damaged = nullptr)
{
    Records records;
    records.buffer() = bytes;
    std::vector<std::string> all;
    while (const auto one = records.next())
        all.emplace_back(*one);
    if (damaged)
        *damaged = records.damaged();
    return all;
}

const std::string kEvents = "tb_simple/run_a/events.out.tfevents.1700000100.host.4242.0";
const std::string kWandb = "wandb/wandb/offline-run-20261123_154236-fyzruuan/run-fyzruuan.wandb";

bool isPrefix(const std::vector<std::string>& some, const std::vector<std::string>& all)
{
    return some.size() <= all.size() && std::equal(some.begin(), some.end(), all.begin());
}

// `some` is `all` without at most `most` in a row.
bool lacksAtMost(const std::vector<std::string>& some, const std::vector<std::string>& all, std::size_t most)
{
    if (some.size() > all.size() || all.size() - some.size() > most)
        return false;
    std::size_t at = 0;
    while (at < some.size() && some[at] == all[at])
        ++at;
    return std::equal(some.begin() + static_cast<std::ptrdiff_t>(at), some.end(),
        all.begin() + static_cast<std::ptrdiff_t>(at + all.size() - some.size()));
}

std::string changed(std::string bytes, std::size_t at)
{
    bytes[at] = static_cast<char>(bytes[at] ^ 0x41);
    return bytes;
}

std::string chunk(int type, const std::string& data)
{
    // The checksum of what wandb writes is zlib's; made here by its table, so that the reader is not held to itself.
    std::uint32_t crc = ~0U;
    for (const char letter : std::string(1, static_cast<char>(type)) + data) {
        crc ^= static_cast<unsigned char>(letter);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    crc = ~crc;
    std::string bytes;
    for (int i = 0; i < 4; ++i)
        bytes += static_cast<char>(crc >> (8 * i) & 0xffU);
    bytes += static_cast<char>(data.size() & 0xffU);
    bytes += static_cast<char>(data.size() >> 8U);
    return bytes + static_cast<char>(type) + data;
}

std::string wandbLog(const std::vector<std::string>& records)
{
    std::string bytes(":W&B\xe1\xbe\0", 7);
    for (const auto& record : records) {
        std::size_t at = 0;
        do {
            auto left = 32768 - bytes.size() % 32768;
            if (left < 7) {
                bytes.append(left, '\0');
                left = 32768;
            }
            const auto part = std::min(left - 7, record.size() - at);
            const bool isFirst = at == 0, isLast = at + part == record.size();
            bytes += chunk(isFirst && isLast ? 1 : isFirst ? 2 : isLast ? 4 : 3, record.substr(at, part));
            at += part;
        } while (at < record.size());
    }
    return bytes;
}

} // namespace

void TestTornStores::eventsCutAnywhere()
{
    const auto bytes = bytesOf(kEvents);
    const auto all = recordsOf<app::EventRecords>(bytes);
    QVERIFY(all.size() > 60);
    std::size_t whole = 0, end = 0;
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
        if (whole < all.size() && length == end + all[whole].size() + 16) {
            end = length;
            ++whole;
        }
        std::int64_t damaged = 0;
        const auto some = recordsOf<app::EventRecords>(bytes.substr(0, length), &damaged);
        QCOMPARE(some.size(), whole);
        QVERIFY(isPrefix(some, all));
        QCOMPARE(damaged, 0); // a live run looks the same
    }
    QCOMPARE(whole, all.size());
}

void TestTornStores::eventsWithAByteChanged()
{
    const auto bytes = bytesOf(kEvents);
    const auto all = recordsOf<app::EventRecords>(bytes);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::int64_t damaged = 0;
        const auto some = recordsOf<app::EventRecords>(changed(bytes, at), &damaged);
        QCOMPARE(some.size(), all.size() - 1);
        QVERIFY(lacksAtMost(some, all, 1));
        QCOMPARE(damaged, 1);
        app::EventParser parser;
        app::EventValues values;
        try {
            parser.parse(std::string_view(changed(bytes, at)).substr(at), values); // whatever it says, it ends
        } catch (const protozero::exception&) {
            continue;
        }
    }
}

// A network disk may show zeros before what is written there comes.
void TestTornStores::eventsBehindRoomThatIsNotWrittenYet()
{
    const auto bytes = bytesOf(kEvents);
    const auto all = recordsOf<app::EventRecords>(bytes);
    std::int64_t damaged = 0;
    const auto some = recordsOf<app::EventRecords>(bytes + std::string(5000, '\0'), &damaged);
    QCOMPARE(some.size(), all.size());
    QCOMPARE(damaged, 0);
}

// What a damaged record says would be read for what it is not.
void TestTornStores::fieldsOfAnotherTypeAreNoNumbers()
{
    app::EventParser parser;
    app::EventValues values;
    using namespace std::literals;
    QVERIFY_EXCEPTION_THROWN(parser.parse("\x12\x01\x05"sv, values), protozero::exception); // a step of bytes
    QVERIFY_EXCEPTION_THROWN(parser.parse("\x08\x05"sv, values), protozero::exception); // a time that is no double
    QVERIFY_EXCEPTION_THROWN(parser.parse("\x28\x05"sv, values), protozero::exception); // a summary that is a number
    app::WandbValues run("file");
    QVERIFY_EXCEPTION_THROWN(run.take("\x10\x05"sv), protozero::exception); // a history that is a number
    QVERIFY(!run.hasNew());
}

void TestTornStores::wandbCutAnywhere()
{
    const auto bytes = bytesOf(kWandb).substr(0, 12'000);
    const auto all = recordsOf<app::WandbRecords>(bytes);
    QVERIFY(all.size() > 20);
    std::size_t last = 0;
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
        std::int64_t damaged = 0;
        const auto some = recordsOf<app::WandbRecords>(bytes.substr(0, length), &damaged);
        QVERIFY(isPrefix(some, all));
        QVERIFY(some.size() == last || some.size() == last + 1);
        QCOMPARE(damaged, 0);
        last = some.size();
    }
    QCOMPARE(last, all.size());
}

void TestTornStores::wandbWithAByteChanged()
{
    const auto bytes = bytesOf(kWandb).substr(0, 9'000);
    const auto all = recordsOf<app::WandbRecords>(bytes);
    std::size_t lost = 0;
    std::int64_t counted = 0;
    for (std::size_t at = 7; at < bytes.size(); ++at) {
        app::WandbRecords records;
        records.buffer() = changed(bytes, at);
        std::vector<std::string> some;
        app::WandbValues values("file");
        while (const auto one = records.next()) {
            some.emplace_back(*one);
            try {
                values.take(*one);
            } catch (const protozero::exception&) {
                QFAIL("a whole record is no record");
            }
        }
        QVERIFY2(lacksAtMost(some, all, 1), qPrintable(QString::number(at)));
        lost += some.size() < all.size() ? 1 : 0;
        counted += records.damaged() + records.damagedAtEnd();
    }
    // Behind the last whole record stands one that the kill has cut: to change that loses nothing.
    QVERIFY2(lost > bytes.size() - 1000, qPrintable(QString::number(lost)));
    QVERIFY2(counted >= static_cast<std::int64_t>(lost), qPrintable(QString::number(counted)));
}

void TestTornStores::wandbOverManyBlocks()
{
    std::vector<std::string> records;
    for (int i = 0; i < 300; ++i)
        records.push_back(std::string(static_cast<std::size_t>(i * i % 20'011), static_cast<char>('a' + i % 26)) + "x");
    records.insert(records.begin() + 20, std::string(200'000, 'y'));
    const auto bytes = wandbLog(records);
    QVERIFY(recordsOf<app::WandbRecords>(bytes) == records);
    // In pieces.
    app::WandbRecords grown;
    std::vector<std::string> some;
    for (std::size_t at = 0; at < bytes.size(); at += 1009) {
        grown.buffer() += bytes.substr(at, 1009);
        while (const auto one = grown.next())
            some.emplace_back(*one);
        grown.compact();
    }
    QVERIFY(some == records);
    for (std::size_t at = 7; at < bytes.size(); at += 49'999) {
        std::int64_t damaged = 0;
        const auto kept = recordsOf<app::WandbRecords>(changed(bytes, at), &damaged);
        QVERIFY2(lacksAtMost(kept, records, 1), qPrintable(QString::number(at)));
    }
}

void TestTornStores::growsByteByByte_data()
{
    QTest::addColumn<QString>("store");
    QTest::addColumn<QString>("name");
    QTest::newRow("events") << QString::fromStdString(kEvents) << "events.out.tfevents.1.host";
    QTest::newRow("wandb") << QString::fromStdString(kWandb) << "run-x.wandb";
    QTest::newRow("csv") << "csv_lightning/lightning_logs/version_0/metrics.csv" << "metrics.csv";
    QTest::newRow("dvclive") << "dvclive/dvclive/plots/metrics/train/loss.tsv" << "plots/metrics/train/loss.tsv";
    QTest::newRow("mlflow") << "mlflow_filestore/mlruns/196776062769055087/1acb9019466c4499bff61173e7851b14/metrics/acc"
                            << "metrics/acc";
}

void TestTornStores::growsByteByByte()
{
    QFETCH(QString, store);
    QFETCH(QString, name);
    const auto bytes = bytesOf(store.toStdString());
    QTemporaryDir temporary;
    const fs::path folder = temporary.filePath("run").toStdString();
    const fs::path file = folder / name.toStdString();
    if (name.startsWith("metrics/"))
        write(folder / "meta.yaml", "experiment_id: '1'\nrun_id: abc\nstatus: 1\n");
    write(file, bytes);
    const auto whole = testing::readAll(folder);
    QCOMPARE(whole.size(), 1U);
    write(file, "");
    const auto format = std::find_if(app::storeFormats().begin(), app::storeFormats().end(),
        [&](const auto& one) { return one.source == whole[0].source && one.source != "hf"; });
    // The format of a folder of MLflow stands behind that of its database.
    const auto* of = whole[0].source == "mlflow" ? &*std::next(format) : &*format;
    const auto reader = of->open(whole[0].source == "csv" || whole[0].source == "wandb" ? file : folder, "run");
    std::map<std::string, std::size_t> counts;
    bool isFirst = true;
    const std::size_t piece = bytes.size() > 20'000 ? 97 : 7;
    for (std::size_t at = 0; at <= bytes.size(); at += piece) {
        std::ofstream(file, std::ios::binary | std::ios::app) << bytes.substr(at, piece);
        for (const auto& run : reader->read(false)) {
            QCOMPARE(run.isWhole, isFirst);
            isFirst = false;
            QCOMPARE(run.damaged, 0);
            for (const auto& series : run.series) {
                const auto& all = *std::find_if(whole[0].series.begin(), whole[0].series.end(),
                    [&](const auto& one) { return one.name == series.name; });
                for (const auto& point : series.points) {
                    const auto& wanted = all.points.at(counts[series.name]++);
                    QCOMPARE(point.step, wanted.step);
                    QVERIFY(testing::isSame(point.value, wanted.value));
                }
            }
        }
    }
    for (const auto& series : whole[0].series)
        QCOMPARE(counts[series.name], series.points.size());
}

// Two writers in a folder, of which the second begins behind the first's end: one run, nothing superseded.
void TestTornStores::filesOfMoreThanOneWriter()
{
    QTemporaryDir temporary;
    const fs::path folder = temporary.filePath("run").toStdString();
    write(folder / "events.out.tfevents.1.host.1", bytesOf(kEvents));
    write(folder / "events.out.tfevents.2.host.2",
        bytesOf("tb_tensor/train/events.out.tfevents.1700000200.host.77.1.v2"));
    const auto runs = testing::readAll(folder);
    QCOMPARE(runs.size(), 1U);
    for (const auto& series : runs[0].series) {
        for (const auto& point : series.points)
            QCOMPARE(point.life, 0);
    }
}

void TestTornStores::grownStoreAddsWhatIsNew()
{
    const auto bytes = bytesOf("tb_resumed/run/events.out.tfevents.1700000400.host.5.0");
    const auto second = bytesOf("tb_resumed/run/events.out.tfevents.1700005400.host.5.1");
    QTemporaryDir temporary;
    const fs::path folder = temporary.filePath("run").toStdString();
    const fs::path database = temporary.filePath("runs.db").toStdString();
    write(folder / "events.out.tfevents.1.host.1", bytes.substr(0, bytes.size() / 2));
    storage::RunId id = 0;
    {
        storage::Recorder recorder(database);
        const auto keep = [&] { return recorder.keepImported(testing::readAll(folder).at(0), {}); };
        const auto first = keep();
        id = first.run;
        QVERIFY(first.isNew && first.newPoints > 10 && first.newPoints < 50);
        write(folder / "events.out.tfevents.1.host.1", bytes);
        const auto grown = keep();
        QCOMPARE(grown.run, id);
        QCOMPARE(grown.points, 50);
        QCOMPARE(grown.newPoints, 50 - first.newPoints);
        write(folder / "events.out.tfevents.2.host.2", second);
        const auto resumed = keep();
        QCOMPARE(resumed.run, id);
        QCOMPARE(resumed.newPoints, 40);
        QCOMPARE(keep().newPoints, 0);
    }
    const auto expected = testing::expectedOf("tb_resumed")["runs"][0]["metrics"]["train/loss"];
    const auto detail = storage::RunStore(database).detail(id).value();
    QCOMPARE(detail.series.size(), 1U);
    QCOMPARE(detail.series[0].value.size(), expected["steps"].size());
    for (std::size_t i = 0; i < expected["steps"].size(); ++i) {
        QCOMPARE(detail.series[0].batch[i], expected["steps"][i].get<double>());
        QCOMPARE(detail.series[0].value[i], expected["values"][i].get<double>());
    }
    QCOMPARE(detail.overview.summary.batches, 76);
}

QTEST_GUILESS_MAIN(TestTornStores)
#include "tst_torn_stores.moc"
