// SPDX-License-Identifier: GPL-3.0-or-later
// What a person changes of what was understood of a page: lines are struck, and a column is said to be the loss. It is
// changed in the page itself, where it is seen and undone. GUI thread.
#pragma once

#include "ui/requests/reference_preview.h"

#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace nabiz::ui {

class ReferenceChanges : public QWidget {
    Q_OBJECT
public:
    // `lines`: what was understood, with the line's number first.
    ReferenceChanges(QPlainTextEdit& page, QTreeWidget& lines, QWidget* parent);

    void show(const ReferencePreview& preview);

private:
    void strikeChosen();
    void nameColumn(int kind);
    bool isOfThisPage() const;

    QPlainTextEdit& m_page;
    QTreeWidget& m_lines;
    QComboBox* m_heads;
    QComboBox* m_kinds;
    QPushButton* m_strike;
    QString m_text; // that the heads are of
    std::vector<TableHead> m_known;
};

} // namespace nabiz::ui
