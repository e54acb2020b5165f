// SPDX-License-Identifier: GPL-3.0-or-later
// Opens files in the window, whether they are dropped on it or named on the command line: a preset to be edited, text
// to be trained on, a database, and all else as runs to be taken in. GUI thread.
#pragma once

#include <QObject>
#include <QStringList>

namespace nabiz::ui {

class MainWindow;

class FileOpener : public QObject {
    Q_OBJECT
public:
    explicit FileOpener(MainWindow& window);

    void open(const QStringList& paths);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    MainWindow& m_window;
};

} // namespace nabiz::ui
