// SPDX-License-Identifier: GPL-3.0-or-later
// Which run Watch shows, how far it is and why it was made; its name is edited in place.
// GUI thread.
#pragma once

#include "storage/records/records.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QToolButton;

namespace nabiz::ui {

class ElidedLabel;

class RunTitle : public QWidget {
    Q_OBJECT
public:
    explicit RunTitle(QWidget* parent = nullptr);

    void showRun(const storage::RunOverview& run);
    void retranslate();

Q_SIGNALS:
    void editAsNewRequested(qint64 run);
    void resumeRequested(qint64 run, bool asks);
    void renameRequested(qint64 run, const QString& name);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void assemble();
    void beginRename();
    void endRename(bool keep);
    void showResume(const storage::Run& run);

    storage::RunId m_run = 0;
    ElidedLabel* m_name;
    QLineEdit* m_nameEdit;
    QLabel* m_pill;
    ElidedLabel* m_why;
    QToolButton* m_more;
    QToolButton* m_resume; // where it has not come to its end
    QAction* m_rename;
    QAction* m_resumeWith;
    QAction* m_editAsNew;
};

} // namespace nabiz::ui
