// SPDX-License-Identifier: GPL-3.0-or-later
// The line over Watch's charts: which run, how far, why; and how the charts are drawn.
// GUI thread.
#pragma once

#include "storage/records.h"
#include "ui/pages/watch_content.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace nabiz::ui {

class ElidedLabel;

class WatchHeader : public QWidget {
    Q_OBJECT
public:
    explicit WatchHeader(QWidget* parent = nullptr);

    void showRun(const storage::RunOverview& run);
    void setFollowing(bool following, bool live);
    const WatchOptions& options() const { return m_options; }
    void toggleLog();
    void retranslate();

Q_SIGNALS:
    void optionsChanged();
    void followRequested();
    void editAsNewRequested(qint64 run);
    void renameRequested(qint64 run, const QString& name);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void assemble();
    void beginRename();
    void endRename(bool keep);

    WatchOptions m_options;
    storage::RunId m_run = 0;
    ElidedLabel* m_name;
    QLineEdit* m_nameEdit;
    QLabel* m_pill;
    ElidedLabel* m_why;
    QToolButton* m_more;
    QAction* m_rename;
    QAction* m_editAsNew;
    QComboBox* m_xUnit;
    QPushButton* m_log;
    QComboBox* m_smoothing;
    QPushButton* m_follow;
};

} // namespace nabiz::ui
