// SPDX-License-Identifier: GPL-3.0-or-later
// What the strip under the tool bar says in place of a message box, and what it offers to do about it.
// GUI thread.
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <functional>

namespace nabiz::ui {

class NoticeStrip;
class RunCatalog;

class WindowNotices : public QObject {
    Q_OBJECT
public:
    WindowNotices(RunCatalog& catalog, NoticeStrip& strip, QObject* parent = nullptr);

    // Empty takes it away.
    void show(const QString& sentence, bool isError);
    // The same with a button for what can be done about it.
    void offer(const QString& sentence, const QString& action, std::function<void()> chosen);
    // Says that the database has gone, and offers to go on in another file.
    void offerElsewhere(const QString& sentence, const QString& database);
    // Runs that were found interrupted; it leads to the newest of them.
    void offerInterrupted(const QList<qint64>& runs);

Q_SIGNALS:
    void moveDatabaseRequested(const QString& file);
    void runChosen(qint64 run);
    void resumeChosen(qint64 run);

private:
    RunCatalog& m_catalog;
    NoticeStrip& m_strip;
    qint64 m_interrupted = 0; // that the strip leads to
};

} // namespace nabiz::ui
