// SPDX-License-Identifier: GPL-3.0-or-later
// Against a server on this machine that answers badly: a notice is taken once, no training waits for it, and what is
// secret is said to nobody else.
#include "app/notify/announcer.h"
#include "app/notify/command_hook.h"
#include "storage/run_store.h"
#include "tests/support/synthetic_trainer.h"
#include "trainer/base/train_error.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <thread>

using namespace nabiz;
using namespace std::chrono_literals;

namespace {

// Answers each request with the next of its lines; "close" closes, "silence" says nothing, the last one stays.
class Server : public QObject {
public:
    explicit Server(QStringList answers)
        : m_answers(std::move(answers))
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = m_server.nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port on loopback");
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_server.serverPort()) + "/secret/token"; }
    QList<QByteArray> requests;
    int taken = 0; // with 200

private:
    void read(QTcpSocket* socket)
    {
        QByteArray& request = m_partial[socket];
        request += socket->readAll();
        const auto head = request.indexOf("\r\n\r\n");
        if (head < 0)
            return;
        const auto at = request.toLower().indexOf("content-length: ");
        const int length = request.mid(at + 16, request.indexOf("\r\n", at) - at - 16).toInt();
        if (request.size() < head + 4 + length)
            return;
        requests << std::exchange(request, {});
        const QString answer = m_answers.size() > 1 ? m_answers.takeFirst() : m_answers.first();
        if (answer == "silence")
            return;
        if (answer == "close")
            return socket->abort();
        taken += answer.startsWith("200");
        socket->write(("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").toUtf8());
        socket->disconnectFromHost();
    }

    QTcpServer m_server;
    QStringList m_answers;
    std::map<QTcpSocket*, QByteArray> m_partial;
};

app::WebhookPatience impatient(std::size_t tries)
{
    return { 1s, 200ms, std::vector<std::chrono::milliseconds>(tries - 1, 1ms) };
}

storage::RunOverview ended()
{
    storage::RunOverview overview;
    overview.run.id = 7;
    overview.run.name = "a \"run\" \n=ş";
    overview.run.status = storage::RunStatus::Diverged;
    overview.run.failure = "the loss is NaN";
    overview.summary.batches = 12;
    overview.summary.lastValLoss = 1.5;
    return overview;
}

} // namespace

class TestAnnouncer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isTakenOnce();
    void givesUp_data();
    void givesUp();
    void leavesTrainingAlone();
    void shapes();
    void runsACommand();
    void readsSettings_data();
    void readsSettings();

private:
    // Posted from a thread of its own, while this one serves.
    std::string post(const app::NotifySettings& settings, const app::WebhookPatience& patience)
    {
        std::string why;
        std::atomic<bool> isDone = false;
        std::jthread thread([&] {
            why = app::Webhook(settings, patience).post(app::runNotice(ended()), {});
            isDone = true;
        });
        [&] { QTRY_VERIFY(isDone); }();
        return why;
    }
};

void TestAnnouncer::isTakenOnce()
{
    Server server({ "500 No", "429 Later\r\nRetry-After: 0", "close", "silence", "503 No", "200 OK" });
    QCOMPARE(post({ .url = server.url() }, impatient(8)), std::string());
    QCOMPARE(server.requests.size(), 6);
    QCOMPARE(server.taken, 1);
    for (const QByteArray& request : server.requests) { // the receiver knows that they are the same
        QVERIFY(request.contains("Idempotency-Key: 7-0-diverged-0\r\n"));
        QVERIFY(request.endsWith(server.requests.last().mid(server.requests.last().indexOf("\r\n\r\n"))));
    }
}

void TestAnnouncer::givesUp_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("tries");
    QTest::newRow("always 500") << "500 No" << 3;
    QTest::newRow("always silent") << "silence" << 3;
    QTest::newRow("not there") << "404 Not Found" << 1;
    QTest::newRow("moved") << "302 Found\r\nLocation: http://127.0.0.1:9/" << 1;
}

void TestAnnouncer::givesUp()
{
    QFETCH(QString, answer);
    QFETCH(int, tries);
    Server server({ answer });
    const std::string why = post({ .url = server.url() }, impatient(3));
    QCOMPARE(server.requests.size(), tries);
    QVERIFY2(why.starts_with("http://127.0.0.1 was not told, tried " + std::to_string(tries)), why.c_str());
    QVERIFY(why.find("secret") == std::string::npos && why.find("token") == std::string::npos);
}

// The run has ended, and is in the database, while who is told still says nothing.
void TestAnnouncer::leavesTrainingAlone()
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("nabiz.db").toStdString();
    Server server({ "500 No", "200 OK" });
    std::vector<std::string> failed;
    app::Announcer announcer(
        { .url = server.url() }, [&failed](const std::string& why) { failed.push_back(why); }, { 10s, 60s, { 1ms } });
    const auto trainer = std::make_shared<tests::SyntheticTrainer>(tests::SyntheticOptions { .batches = 20 });
    storage::RunId run = 0;
    {
        app::RunController controller(
            file, announcer.announcing({}, file), [trainer] { return std::shared_ptr<trainer::Trainer>(trainer); });
        app::StartSpec spec;
        spec.preset = "quick";
        run = controller.enqueue(spec);
        controller.waitUntilIdle();
    }
    QCOMPARE(storage::RunStore(file).run(run)->run.status, storage::RunStatus::Finished);
    QCOMPARE(server.taken, 0); // this thread has served nobody yet
    QTRY_COMPARE(server.taken, 1);
    announcer.wait();
    QVERIFY(failed.empty());
    QFile database(folder.filePath("nabiz.db"));
    QVERIFY(database.open(QIODevice::ReadOnly) && !database.readAll().contains("secret/token"));
}

void TestAnnouncer::shapes()
{
    const app::Notice notice = app::runNotice(ended());
    const auto json = app::requestOf(notice, app::NoticeShape::Json);
    QVERIFY2(json.body.find("\"run\":\"7\"") != std::string::npos, json.body.c_str());
    QVERIFY(json.body.find("\"val_loss\":\"1.5\"") != std::string::npos);
    QVERIFY(json.body.find("\"failure\":\"the loss is NaN\"") != std::string::npos);
    const auto slack = app::requestOf(notice, app::NoticeShape::Slack);
    QVERIFY2(slack.body.starts_with("{\"text\":\"Run 7 'a \\\"run\\\" \\n=ş' diverged: 12 batches, val.loss 1.5. "),
        slack.body.c_str());
    const auto ntfy = app::requestOf(notice, app::NoticeShape::Ntfy);
    QVERIFY2(ntfy.body.starts_with("Run 7 'a \"run\""), ntfy.body.c_str());
    const auto variables = app::environmentOf(notice);
    QVERIFY(std::ranges::find(variables, "NABIZ_STATUS=diverged") != variables.end());
    QVERIFY(std::ranges::find(variables, "NABIZ_NAME=a \"run\" \n=ş") != variables.end());
}

void TestAnnouncer::runsACommand()
{
    const QTemporaryDir folder;
    const QString out = folder.filePath("out");
    const app::Notice notice = app::runNotice(ended());
    QCOMPARE(app::runCommandHook(
                 "printf '%s|%s|%s' \"$NABIZ_RUN\" \"$NABIZ_STATUS\" \"$NABIZ_NAME\" >" + out.toStdString(), notice),
        std::string());
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("7|diverged|a \"run\" \n=ş"));
    QCOMPARE(app::runCommandHook("exit 3", notice), std::string("the command of notify.yaml ended with 3"));
    QVERIFY(app::runCommandHook("sleep 600", notice, 50ms).find("took longer") != std::string::npos);
}

void TestAnnouncer::readsSettings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says"); // empty: it is taken
    const auto row = [](const char* name, const char* text, const char* says) {
        QTest::newRow(name) << QByteArray(text) << QString(says);
    };
    row("url", "url: https://example.org/hidden-token\n", "");
    row("all", "url: http://[::1]:8080/x\nshape: ntfy\ncommand: 'echo \"$NABIZ_TEXT\"'\n", "");
    row("no address", "url: hidden-token\n", "no http:// or https:// address");
    row("a file", "url: file:///hidden-token\n", "no http:// or https:// address");
    row("no host", "url: https:///\n", "no http:// or https:// address");
    row("shape", "url: https://example.org\nshape: hidden-token\n", "shape is json, slack or ntfy");
    row("another key", "urll: hidden-token\n", "and no others");
    row("a list", "url: [hidden-token]\n", "holds one text");
    row("no yaml", "hidden-token: [\n", "no list of lines");
    row("a word", "hidden-token\n", "no list of lines");
}

void TestAnnouncer::readsSettings()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    const QTemporaryDir folder;
    QFile file(folder.filePath("notify.yaml"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    QString said;
    try {
        const auto settings = app::readNotifySettings(file.fileName().toStdString());
        QVERIFY(!settings.isOff());
    } catch (const trainer::TrainError& error) {
        said = error.what();
    }
    QVERIFY2(says.isEmpty() == said.isEmpty() && said.contains(says), qPrintable(said));
    QVERIFY(!said.contains("hidden-token"));
}

QTEST_GUILESS_MAIN(TestAnnouncer)
#include "tst_announcer.moc"
