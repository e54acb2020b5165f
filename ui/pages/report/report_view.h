// SPDX-License-Identifier: GPL-3.0-or-later
// Shows a report's Markdown as a page of paper, with its pictures scaled to the width there is.
// GUI thread.
#pragma once

#include "ui/requests/report_preview.h"

#include <QTextBrowser>
#include <set>

namespace nabiz::ui {

class ReportView : public QTextBrowser {
    Q_OBJECT
public:
    explicit ReportView(QWidget* parent = nullptr);

    void showReport(const ReportPreview& preview);

protected:
    QVariant loadResource(int type, const QUrl& name) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    // The page with its folds, which Markdown shows as raw HTML, as lines to click.
    QString folded() const;
    void layOut();
    void fitWidth();

    ReportPreview m_preview;
    std::set<int> m_open; // folds, by number from the top
    int m_shownWidth = 0;
};

} // namespace nabiz::ui
