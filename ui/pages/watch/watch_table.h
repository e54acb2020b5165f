// SPDX-License-Identifier: GPL-3.0-or-later
// Names at the left, values at the right, a hairline between rows: what the cards of Watch list.
// GUI thread.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QGridLayout;

namespace nabiz::ui {

struct WatchRow {
    QString name;
    QString value;
    bool dim = false;
    bool operator==(const WatchRow&) const = default;
};

class WatchTable : public QWidget {
    Q_OBJECT
public:
    // `wraps`: names are whole, and values texts that may take several lines; a long word is shortened and can be
    // copied.
    explicit WatchTable(bool wraps, QWidget* parent = nullptr);
    void setRows(const std::vector<WatchRow>& rows);
    const std::vector<WatchRow>& rows() const { return m_rows; }

private:
    QWidget* makeName();
    QWidget* makeValue(const QString& text);
    void makeRows(const std::vector<WatchRow>& rows);

    bool m_wraps;
    QGridLayout* m_grid;
    std::vector<WatchRow> m_rows;
};

} // namespace nabiz::ui
