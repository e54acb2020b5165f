// SPDX-License-Identifier: GPL-3.0-or-later
// One window a database: a program that is called again finds the window that has it open, hands over the files it was
// called with, and ends; the window comes to the front. A local socket in the user's runtime folder, named after the
// database. GUI thread.
#pragma once

#include <QByteArray>
#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace nabiz::app {

class WindowDoor : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // True when a window has that database open and has taken the files. A window that does not answer is none.
    static bool knock(const QString& database, const QStringList& files);
    // Answers for this database from now on, and for no other.
    void listen(const QString& database);

Q_SIGNALS:
    void knocked(const QStringList& files);

private:
    void answer();

    QLocalServer m_server;
};

} // namespace nabiz::app
