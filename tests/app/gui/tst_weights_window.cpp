// SPDX-License-Identifier: GPL-3.0-or-later
// The language model fetched by clicks, from a hub on loopback, into a cache of the test's own.
#include "tests/app/gui/hub_process.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;

namespace {

using Hub = tests::HubProcess;

QString sentence(const tests::WindowSession& session)
{
    auto* label = session.window.findChild<QLabel*>("weightsLabel");
    return label && label->isVisible() ? label->text() : QString();
}

bool isShown(const tests::WindowSession& session, const char* button)
{
    return session.button(button) && session.button(button)->isVisible();
}

} // namespace

class TestWeightsWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        ui::Theme::apply(*qApp, ui::ThemeMode::Light);
        qunsetenv("HF_TOKEN");
        qunsetenv("http_proxy");
    }

    // One setting and one click from a draft whose model is missing to its first batches.
    void gotAndStarted()
    {
        Hub hub("Org/Small");
        QVERIFY(hub.isUp);
        QTemporaryDir folder;
        tests::WindowSession session(folder.path(), [] { return std::make_shared<tests::SyntheticTrainer>(); });
        QVERIFY(!isShown(session, "getWeightsButton"));
        QVERIFY(session.set("language.path", "Org/Small"));
        QTRY_VERIFY_WITH_TIMEOUT(isShown(session, "getWeightsButton"), 20'000);
        QVERIFY(!session.button("startButton")->isEnabled());
        QVERIFY(session.click("getWeightsAndStartButton"));
        QTRY_VERIFY_WITH_TIMEOUT(session.status().has_value(), 20'000);
        QVERIFY(QFile::exists(hub.snapshot() + "/model.safetensors"));
        QVERIFY(hub.read("log").contains("GET 127.0.0.1 /Org/Small/resolve/"));
    }

    void refusedInOneSentence()
    {
        Hub hub("Org/Small");
        QVERIFY(hub.isUp);
        hub.behave("status=401");
        QTemporaryDir folder;
        tests::WindowSession session(folder.path());
        QVERIFY(session.set("language.path", "Org/Small"));
        QVERIFY(session.click("getWeightsButton"));
        QTRY_VERIFY_WITH_TIMEOUT(sentence(session).contains("HF_TOKEN"), 20'000);
        QTRY_VERIFY(isShown(session, "getWeightsButton"));
        QVERIFY(!QFile::exists(hub.folder.path() + "/cache"));
        hub.behave("");
        QVERIFY(session.click("getWeightsButton"));
        QTRY_VERIFY_WITH_TIMEOUT(sentence(session).contains("apache-2.0"), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.button("startButton")->isEnabled(), 20'000);
        QVERIFY(!isShown(session, "getWeightsButton"));
    }

    void stoppedAndGoneOnWith()
    {
        Hub hub("Org/Small");
        QVERIFY(hub.isUp);
        hub.behave("slow");
        QTemporaryDir folder;
        tests::WindowSession session(folder.path());
        QVERIFY(session.set("language.path", "Org/Small"));
        QVERIFY(session.click("getWeightsButton"));
        QTRY_VERIFY_WITH_TIMEOUT(
            sentence(session).startsWith("Org/Small: ") && sentence(session).contains("left"), 20'000);
        QVERIFY(session.click("stopWeightsButton"));
        QTRY_VERIFY_WITH_TIMEOUT(sentence(session).contains("Stopped"), 20'000);
        QVERIFY(!QFile::exists(hub.snapshot() + "/model.safetensors"));
        hub.behave("");
        QVERIFY(session.click("getWeightsButton"));
        QTRY_VERIFY_WITH_TIMEOUT(sentence(session).contains("is there"), 20'000);
        QVERIFY(hub.read("log").contains("model.safetensors range=bytes="));
    }
};

QTEST_MAIN(TestWeightsWindow)
#include "tst_weights_window.moc"
