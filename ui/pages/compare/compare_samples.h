// SPDX-License-Identifier: GPL-3.0-or-later
// What the compared runs wrote, side by side at one batch, which can be chosen.
// GUI thread.
#pragma once

#include "ui/models/comparison.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QGridLayout;
class QLabel;
class QScrollArea;

namespace nabiz::ui {

class RunCatalog;

class CompareSamples : public QWidget {
    Q_OBJECT
public:
    explicit CompareSamples(const RunCatalog& catalog, QWidget* parent = nullptr);

    void showRuns(const std::vector<ComparisonColumn>& columns);
    // The choice of the batch, for the title line above.
    QWidget* controls() const { return m_controls; }
    void retranslateUi();

private:
    void fillBatches();
    void showTexts();
    void addText(int column, storage::RunId run, const QColor& color, std::int64_t batch);

    const RunCatalog& m_catalog;
    std::vector<std::pair<storage::RunId, QColor>> m_runs;
    std::vector<std::size_t> m_shown; // how many events each had when the texts were laid out
    std::optional<std::int64_t> m_chosen; // by the user; else the common one
    QWidget* m_controls;
    QComboBox* m_batches;
    QLabel* m_empty;
    QScrollArea* m_scroll;
    QGridLayout* m_texts = nullptr;
};

} // namespace nabiz::ui
