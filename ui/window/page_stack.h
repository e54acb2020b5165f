// SPDX-License-Identifier: GPL-3.0-or-later
// The pages themselves, made from their table, one of them in sight.
// GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/pages/page_widget.h"
#include "ui/window/page_table.h"

#include <QByteArray>
#include <QStackedWidget>
#include <span>
#include <vector>

namespace nabiz::ui {

class PageStack : public QStackedWidget {
    Q_OBJECT
public:
    explicit PageStack(const PageParts& parts, QWidget* parent = nullptr);

    Page page() const { return static_cast<Page>(currentIndex()); }
    void setPage(Page page) { setCurrentIndex(static_cast<int>(page)); }
    std::span<PageWidget* const> all() const { return m_pages; }
    // The one of this class.
    template <typename T> T* find() const
    {
        for (PageWidget* page : m_pages) {
            if (auto* found = qobject_cast<T*>(page))
                return found;
        }
        Q_UNREACHABLE();
    }
    void showRuns(storage::RunId current, const std::vector<storage::RunId>& checked);
    // As JSON.
    QByteArray state(Page page) const;
    void restore(Page page, const QByteArray& state);

Q_SIGNALS:
    // Of one of them.
    void stateChanged();
    void startRequested(const nabiz::ui::StartRequest& request);
    void editRequested(const nabiz::ui::RunEdit& edit);
    void orderGiven(nabiz::ui::RunOrder order);
    void examplesRequested();
    void reportedRunRequested();

private:
    std::vector<PageWidget*> m_pages;
};

} // namespace nabiz::ui
