// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/layout_keeper.h"
#include "app/gui/settings.h"

#include <QTemporaryDir>
#include <QtTest>

using nabiz::app::Setting;
using nabiz::app::Settings;

class TestSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_file = m_folder.filePath(QStringLiteral("%1.conf").arg(++m_number)); }
    void defaultsOfAnEmptyFile();
    void survivesReopening();
    void wrongTypeIsTheDefault();
    void recentDatabases();
    void pagesAreKeptByTheirIds();
    void layoutsOfTwoWindows();
    void damagedLayoutsAreLeftAlone();

private:
    QTemporaryDir m_folder;
    QString m_file;
    int m_number = 0;
};

void TestSettings::defaultsOfAnEmptyFile()
{
    const Settings settings(m_file);
    QCOMPARE(settings.text(Setting::Language), QString());
    QCOMPARE(settings.text(Setting::LastPreset), QStringLiteral("quick"));
    QCOMPARE(settings.number(Setting::LastPage), 0);
    QVERIFY(!settings.has(Setting::Geometry));
    for (int i = 0; i < int(Setting::Count); ++i)
        QVERIFY2(settings.value(Setting(i)).isValid(), qPrintable(QString::number(i)));
}

void TestSettings::survivesReopening()
{
    {
        Settings settings(m_file);
        settings.set(Setting::Language, QStringLiteral("tr"));
        settings.set(Setting::Theme, 2);
        settings.set(Setting::Geometry, QByteArray("\x01\x00\xff", 3));
        settings.set(Setting::ReportFolder, QStringLiteral("/data/çıktı, raporlar"));
    }
    const Settings settings(m_file);
    QCOMPARE(settings.text(Setting::Language), QStringLiteral("tr"));
    QCOMPARE(settings.number(Setting::Theme), 2);
    QCOMPARE(settings.value(Setting::Geometry).toByteArray(), QByteArray("\x01\x00\xff", 3));
    QCOMPARE(settings.text(Setting::ReportFolder), QStringLiteral("/data/çıktı, raporlar"));
}

void TestSettings::wrongTypeIsTheDefault()
{
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[General]\ntheme=dark-ish\n[window]\npage=third\n");
    file.close();
    const Settings settings(m_file);
    QCOMPARE(settings.number(Setting::Theme), 0);
    QCOMPARE(settings.number(Setting::LastPage), 0);
}

void TestSettings::recentDatabases()
{
    Settings settings(m_file);
    for (int i = 0; i < 10; ++i)
        settings.rememberDatabase(QStringLiteral("/runs/%1.db").arg(i));
    settings.rememberDatabase(QStringLiteral("/runs/5.db"));
    const auto recent = settings.value(Setting::RecentDatabases).toStringList();
    QCOMPARE(recent.size(), 8);
    QCOMPARE(recent.at(0), QStringLiteral("/runs/5.db"));
    QCOMPARE(recent.at(1), QStringLiteral("/runs/9.db"));
    QCOMPARE(recent.count(QStringLiteral("/runs/5.db")), 1);
    QCOMPARE(settings.text(Setting::Database), QStringLiteral("/runs/5.db"));
}

// The table of runs is found where it was kept before pages had ids.
void TestSettings::pagesAreKeptByTheirIds()
{
    {
        QSettings before(m_file, QSettings::IniFormat);
        before.setValue(QStringLiteral("runs/table"), QByteArray("columns"));
        before.setValue(QStringLiteral("pages/watch"), QByteArray("charts"));
    }
    {
        Settings settings(m_file);
        QCOMPARE(settings.page("watch"), QByteArray("charts"));
        QCOMPARE(settings.page("runs"), QByteArray("columns"));
        QCOMPARE(settings.page("report"), QByteArray());
        settings.setPage("runs", "others");
    }
    QCOMPARE(Settings(m_file).page("runs"), QByteArray("others"));
}

// Each window with settings of its own over one file.
void TestSettings::layoutsOfTwoWindows()
{
    using nabiz::ui::PanelLayout;
    const auto layout = [](const char* name, const QString& metric) {
        return PanelLayout { name, { { { { .metrics = { metric } } } } } };
    };
    Settings one(m_file), other(m_file);
    nabiz::ui::LayoutShelf here, there;
    nabiz::app::LayoutKeeper keeper(here, one);
    nabiz::app::LayoutKeeper second(there, other);
    QSignalSpy collided(&second, &nabiz::app::LayoutKeeper::collided);
    here.keep(layout("mine", "loss"));
    here.setReported("mine", true);
    there.lookAgain();
    QCOMPARE(there.own(), here.own());
    QCOMPARE(there.reported(), QStringList { "mine" });
    here.keep(layout("mine", "val.loss"));
    there.keep(layout("mine", "grad_norm")); // of the one before
    QCOMPARE(collided.count(), 1);
    here.lookAgain();
    QCOMPARE(here.own().size(), std::size_t(2));
    QCOMPARE(here.find("mine")->rows[0].panels[0].metrics, QStringList { "val.loss" });
    QCOMPARE(here.find("mine 2")->rows[0].panels[0].metrics, QStringList { "grad_norm" });
    QCOMPARE(there.own(), here.own());
    here.keep(layout("mine", "loss"));
    there.remove("mine"); // which it has not seen
    QCOMPARE(collided.count(), 2);
    QVERIFY(there.find("mine"));
    here.rename("mine 2", "ours");
    Settings third(m_file);
    nabiz::ui::LayoutShelf later;
    nabiz::app::LayoutKeeper last(later, third);
    QVERIFY(later.find("ours") && later.find("mine") && !later.find("mine 2"));
}

void TestSettings::damagedLayoutsAreLeftAlone()
{
    Settings settings(m_file);
    const QByteArray kept = R"({"odd":{"revision":3,"layout":{"name":"odd","rows":7}},"reported":[1],"x":5})";
    settings.set(Setting::Layouts, kept);
    nabiz::ui::LayoutShelf shelf;
    nabiz::app::LayoutKeeper keeper(shelf, settings);
    QVERIFY(shelf.own().empty());
    shelf.keep({ "mine", { { { { .metrics = { "loss" } } } } } });
    QVERIFY(settings.value(Setting::Layouts).toByteArray().contains("\"odd\""));
    settings.set(Setting::Layouts, QByteArray("no json"));
    shelf.lookAgain();
    QVERIFY(shelf.own().empty());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
