// SPDX-License-Identifier: GPL-3.0-or-later
// Which sections a report has: a check box each, all on at first. Title and summary always stand.
// GUI thread.
#pragma once

#include "ui/widgets/card.h"

#include <QStringList>
#include <vector>

class QCheckBox;

namespace nabiz::ui {

class ReportSections : public Card {
    Q_OBJECT
public:
    explicit ReportSections(QWidget* parent = nullptr);

    // By their names on the command line, in the order of the page.
    static QStringList all();
    QStringList chosen() const;
    void choose(const QStringList& sections);

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslateUi();

    std::vector<QCheckBox*> m_boxes;
};

} // namespace nabiz::ui
