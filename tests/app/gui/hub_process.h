// SPDX-License-Identifier: GPL-3.0-or-later
// A hub on loopback that has one small model, and a cache of the test's own to fetch it into.
// Any thread.
#pragma once

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace nabiz::tests {

struct HubProcess {
    explicit HubProcess(const QString& id)
        : model(id)
    {
        const QString files = QStringLiteral(NABIZ_TEST_DATA "/golden/llm/qwen3/");
        QDir(folder.path()).mkpath("hub/" + model);
        for (const char* file : { "config.json", "model.safetensors" })
            QFile::copy(files + file, folder.path() + "/hub/" + model + "/" + file);
        process.setWorkingDirectory(folder.path());
        process.start("python3", { NABIZ_TEST_DATA "/app/cli/weights_hub.py", "hub", "port", "log" });
        isUp = QTest::qWaitFor([&] { return QFile::exists(folder.path() + "/port"); }, 20'000);
        qputenv("HF_ENDPOINT", "http://127.0.0.1:" + read("port"));
        qputenv("HF_HUB_CACHE", (folder.path() + "/cache").toUtf8());
    }
    ~HubProcess()
    {
        process.kill();
        process.waitForFinished();
    }
    QByteArray read(const QString& name) const
    {
        QFile file(folder.path() + "/" + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    // See weights_hub.py.
    void behave(const QByteArray& how) const
    {
        QFile file(folder.path() + "/hub/behave");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(how);
    }
    QString snapshot() const
    {
        return folder.path() + "/cache/models--" + QString(model).replace('/', "--") + "/snapshots/"
            + QString(40, u'c');
    }

    QString model;
    QTemporaryDir folder;
    QProcess process;
    bool isUp = false;
};

} // namespace nabiz::tests
