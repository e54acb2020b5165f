// SPDX-License-Identifier: GPL-3.0-or-later
// Watch: one run in full, live or past. Its loss over its memory on one x axis, what stands under the cursor, what it
// writes, and its facts; checked runs are laid over its loss. Asks the catalogue for details it lacks. GUI thread.
#pragma once

#include "ui/pages/page_widget.h"

#include <memory>
#include <vector>

namespace nabiz::ui {

class RunCatalog;

class WatchPage : public PageWidget {
    Q_OBJECT
public:
    explicit WatchPage(RunCatalog& catalog, QWidget* parent = nullptr);
    ~WatchPage() override;

    // 0 and an empty list where nothing is selected.
    void showRuns(storage::RunId current, const std::vector<storage::RunId>& checked) override;
    storage::RunId currentRun() const;
    // How the charts are drawn and what is folded.
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

    void setActiveRun(storage::RunId run) override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace nabiz::ui
