// SPDX-License-Identifier: GPL-3.0-or-later
// The column of cards beside a report: what does not fit into a low window is scrolled to.
// GUI thread.
#pragma once

#include <QScrollArea>
#include <initializer_list>

namespace nabiz::ui {

class ReportSide : public QScrollArea {
    Q_OBJECT
public:
    ReportSide(std::initializer_list<QWidget*> cards, QWidget* parent);
};

} // namespace nabiz::ui
