// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/schema/network_mount.h"

#include <QtTest>

using namespace nabiz::storage;

class NetworkMountTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsNetworks_data();
    void tellsNetworks();
    void findsTheMount();
    void takesThisDisk();
};

void NetworkMountTest::tellsNetworks_data()
{
    QTest::addColumn<quint64>("type");
    QTest::addColumn<QString>("mountedAs");
    QTest::addColumn<QString>("name");
    QTest::newRow("nfs") << quint64 { 0x6969 } << "" << "NFS";
    QTest::newRow("cifs") << quint64 { 0xff534d42 } << "" << "CIFS";
    QTest::newRow("smb") << quint64 { 0x517b } << "" << "SMB";
    QTest::newRow("smb 2") << quint64 { 0xfe534d42 } << "" << "SMB";
    QTest::newRow("sshfs") << quint64 { 0x65735546 } << "fuse.sshfs" << "sshfs";
    QTest::newRow("ntfs") << quint64 { 0x65735546 } << "fuseblk" << "";
    QTest::newRow("a fuse of this machine") << quint64 { 0x65735546 } << "fuse.encfs" << "";
    QTest::newRow("a fuse that is in no list") << quint64 { 0x65735546 } << "" << "";
    QTest::newRow("ext4") << quint64 { 0xef53 } << "" << "";
    QTest::newRow("ext4, called otherwise") << quint64 { 0xef53 } << "fuse.sshfs" << "";
    QTest::newRow("tmpfs") << quint64 { 0x01021994 } << "" << "";
    QTest::newRow("btrfs") << quint64 { 0x9123683e } << "" << "";
}

void NetworkMountTest::tellsNetworks()
{
    QFETCH(quint64, type);
    QFETCH(QString, mountedAs);
    QFETCH(QString, name);
    QCOMPARE(networkMount(type, mountedAs.toStdString()), name.toStdString());
}

void NetworkMountTest::findsTheMount()
{
    const char* const list = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
                             "40 22 0:51 / /home/a/far rw shared:2 master:3 - fuse.sshfs a@b:/data rw,user_id=1000\n"
                             "torn line\n"
                             "41 22 0:52 / /mnt rw - fuse.encfs encfs rw";
    QCOMPARE(mountedAs(list, "0:51"), std::string("fuse.sshfs"));
    QCOMPARE(mountedAs(list, "0:52"), std::string("fuse.encfs"));
    QCOMPARE(mountedAs(list, "8:1"), std::string("ext4"));
    QCOMPARE(mountedAs(list, "0:5"), std::string());
    QCOMPARE(mountedAs({}, "8:1"), std::string());
}

void NetworkMountTest::takesThisDisk()
{
    const QTemporaryDir folder;
    QCOMPARE(networkMountOf(folder.filePath("a/b/nabiz.db").toStdString()), std::string());
    QCOMPARE(networkMountOf("/proc/nabiz.db"), std::string());
}

QTEST_GUILESS_MAIN(NetworkMountTest)
#include "tst_network_mount.moc"
