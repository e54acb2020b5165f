// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/process/window_door.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>

namespace nabiz::app {

namespace {

constexpr int kWaitMs = 1000;
constexpr auto kToken = "XDG_ACTIVATION_TOKEN"; // by which a Wayland desktop lets a window come to the front
const QByteArray kTaken = "taken";

// A socket's path may have some hundred bytes.
QString place(const QString& database)
{
    const QFileInfo file(database);
    const QString canonical = file.canonicalFilePath();
    const QByteArray hash = QCryptographicHash::hash(
        (canonical.isEmpty() ? file.absoluteFilePath() : canonical).toUtf8(), QCryptographicHash::Sha256);
    return QDir(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation))
        .filePath(QStringLiteral("nabiz-") + QLatin1String(hash.toHex().left(16)));
}

} // namespace

bool WindowDoor::knock(const QString& database, const QStringList& files)
{
    QLocalSocket socket;
    socket.connectToServer(place(database));
    if (!socket.waitForConnected(kWaitMs))
        return false;
    QDataStream stream(&socket);
    stream << files << qgetenv(kToken);
    socket.flush();
    while (socket.bytesAvailable() < kTaken.size()) {
        if (!socket.waitForReadyRead(kWaitMs))
            return false;
    }
    return socket.read(kTaken.size()) == kTaken;
}

void WindowDoor::listen(const QString& database)
{
    const QString name = place(database);
    if (m_server.fullServerName() == name)
        return;
    m_server.close();
    disconnect(&m_server, nullptr, this, nullptr);
    // What an ended program has left behind; a living one has been asked before.
    if (!knock(database, {}))
        QLocalServer::removeServer(name);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &WindowDoor::answer);
    m_server.listen(name); // where it cannot, every call opens a window of its own
}

void WindowDoor::answer()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        const auto read = [this, socket] {
            QDataStream stream(socket);
            stream.startTransaction();
            QStringList files;
            QByteArray token;
            stream >> files >> token;
            if (!stream.commitTransaction())
                return; // not all of it yet
            if (!token.isEmpty())
                qputenv(kToken, token);
            socket->write(kTaken);
            socket->flush();
            Q_EMIT knocked(files);
        };
        connect(socket, &QLocalSocket::readyRead, this, read);
        read();
    }
}

} // namespace nabiz::app
