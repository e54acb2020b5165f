// SPDX-License-Identifier: GPL-3.0-or-later
// Where a published page is pasted: what was understood of it, line by line, and what was not, is shown while nothing
// is stored yet. Reading the page and keeping the run is the owner's business. GUI thread.
#pragma once

#include "ui/requests/reference_preview.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace nabiz::ui {

class ReferenceChanges;

class ReferenceDialog : public QDialog {
    Q_OBJECT
public:
    explicit ReferenceDialog(QWidget* parent = nullptr);

    void setPreview(const ReferencePreview& preview);
    void setPage(const QString& text);

Q_SIGNALS:
    void pagePasted(const QString& text);
    // The reported T4 run, which ships with the program, is wanted as the page.
    void shippedWanted();
    void keepRequested(const QString& name, const QString& text);

private:
    void assemble();
    QPushButton* makeButton(const char* name, const QString& text);
    QLayout* makeTop();
    QLayout* makeBottom();
    void openFile();
    void ask();
    void showLines();
    void showSummary();
    QString readName() const;

    QPlainTextEdit* m_page;
    QTreeWidget* m_lines;
    QLabel* m_summary;
    QLineEdit* m_name;
    QPushButton* m_keep;
    ReferenceChanges* m_changes;
    QTimer m_pause;
    ReferencePreview m_preview;
    bool m_nameIsOurs = true; // nobody has typed one
};

} // namespace nabiz::ui
