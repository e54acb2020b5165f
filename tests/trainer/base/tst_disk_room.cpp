// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/base/byte_text.h"
#include "trainer/base/disk_room.h"
#include "trainer/base/train_error.h"
#include "trainer/loop/checkpoint_folder.h"

#include <QtTest>

using namespace nabiz::trainer;

class DiskRoomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void looksAtWhatIsThere();
    void keepsACheckpointFromFillingTheDisk();
    void saysSmallSizes();
};

void DiskRoomTest::judges_data()
{
    QTest::addColumn<quint64>("available");
    QTest::addColumn<quint64>("capacity");
    QTest::addColumn<qint64>("checkpoint");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char* name, quint64 available, quint64 capacity, qint64 checkpoint, RoomVerdict verdict) {
        QTest::newRow(name) << available << capacity << checkpoint << static_cast<int>(verdict);
    };
    constexpr quint64 kDisk = 500'000'000'000;
    using enum RoomVerdict;
    row("plenty", 100'000'000'000, kDisk, 1'200'000'000, Enough);
    row("the checkpoint and the margin", 1'264'000'000, kDisk, 1'200'000'000, Enough);
    row("the checkpoint alone", 1'263'999'999, kDisk, 1'200'000'000, NoCheckpoint);
    row("no checkpoint is kept", 5'000'000, kDisk, 0, Enough);
    row("a million bytes", 1'000'000, kDisk, 0, Enough);
    row("less", 999'999, kDisk, 0, NoDatabase);
    row("nothing", 0, kDisk, 1'200'000'000, NoDatabase);
    row("a small disk that is empty", 16'000'000, 16'000'000, 3'000'000, Enough);
    row("a small disk with little room", 3'700'000, 16'000'000, 3'000'000, NoCheckpoint);
    row("a tiny disk", 900'000, 1'000'000, 0, Enough);
}

void DiskRoomTest::judges()
{
    QFETCH(quint64, available);
    QFETCH(quint64, capacity);
    QFETCH(qint64, checkpoint);
    QFETCH(int, verdict);
    QCOMPARE(static_cast<int>(judgeRoom({ available, capacity }, checkpoint)), verdict);
}

void DiskRoomTest::looksAtWhatIsThere()
{
    const QTemporaryDir folder;
    const auto room = roomAt(folder.filePath("not/made/yet/nabiz.db").toStdString());
    QVERIFY(room && room->capacity > 0 && room->available <= room->capacity);
}

void DiskRoomTest::keepsACheckpointFromFillingTheDisk()
{
    constexpr std::int64_t kBytes = 1'200'000'000;
    refuseWithoutRoom("run/batch-100", kBytes, DiskRoom { 100'000'000'000, 500'000'000'000 });
    refuseWithoutRoom("run/batch-100", kBytes, std::nullopt); // a system that does not say: writing it tells
    try {
        refuseWithoutRoom("run/batch-100", kBytes, DiskRoom { 300'000'000, 500'000'000'000 });
        QFAIL("it was begun");
    } catch (const TrainError& error) {
        QCOMPARE(error.kind(), TrainErrorKind::Io);
        QCOMPARE(QString::fromUtf8(error.what()),
            QStringLiteral(
                "No checkpoint run/batch-100: it takes 1.2 GB, and its disk has 300.0 MB free, which the points "
                "need. Free some space."));
    }
}

// "0.0 MB" says nothing of 32 kB.
void DiskRoomTest::saysSmallSizes()
{
    for (const auto& [bytes, text] : std::initializer_list<std::pair<std::int64_t, const char*>> { { 0, "0 B" },
             { 512, "512 B" }, { 999, "999 B" }, { 32'768, "32.8 kB" }, { 7'936, "7.9 kB" }, { 1'000'000, "1.0 MB" },
             { 1'200'000'000, "1.2 GB" }, { -2'500'000, "-2.5 MB" } })
        QCOMPARE(bytesText(bytes), std::string(text));
}

QTEST_GUILESS_MAIN(DiskRoomTest)
#include "tst_disk_room.moc"
