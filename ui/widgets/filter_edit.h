// SPDX-License-Identifier: GPL-3.0-or-later
// The line in which the run table is filtered: words or an expression, with completion of names and values. What is
// wrong with it is said by signal while the last good filter stays in force. GUI thread.
#pragma once

#include "trainer/config/filter/filter_expression.h"

#include <QLineEdit>
#include <QTimer>
#include <functional>

class QCompleter;
class QStringListModel;

namespace nabiz::ui {

class FilterEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterEdit(QWidget* parent = nullptr);

    // Both are asked when they are needed.
    void setNames(std::function<std::vector<trainer::FilterName>()> names);
    void setValues(std::function<QStringList(const QString& name)> values);
    // Reads the text again, as when names have been added.
    void readAgain();

Q_SIGNALS:
    void filterChanged(const nabiz::trainer::FilterExpression& filter);
    // Empty when all is well. One that is unfinished may be mended by going on.
    void problemChanged(const QString& sentence, bool isUnfinished);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void read();
    void complete();
    void insertCompletion(const QString& completion);
    int tokenBegin() const;
    QStringList candidates(const QString& token) const;

    std::function<std::vector<trainer::FilterName>()> m_names;
    std::function<QStringList(const QString&)> m_values;
    QTimer m_pause; // after the last key
    QStringListModel* m_candidates;
    QCompleter* m_completer;
};

} // namespace nabiz::ui
