// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: the checked runs over each other, what they differ in, and what came out, all against a baseline. Asks the
// catalogue for details it lacks. GUI thread.
#pragma once

#include "storage/records.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

class ComparePage : public QWidget {
    Q_OBJECT
public:
    explicit ComparePage(RunCatalog& catalog, QWidget* parent = nullptr);
    ~ComparePage() override;

    void showRuns(const std::vector<storage::RunId>& checked);
    // 0 while there is nothing to compare.
    storage::RunId baseline() const;

Q_SIGNALS:
    void reportRequested();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace nabiz::ui
