// SPDX-License-Identifier: GPL-3.0-or-later
// The cards at the right of Watch that tell of the current run: the values under the cursor, what changed from the run
// it was made from, and what it writes. Each reads the catalogue when told to. GUI thread.
#pragma once

#include "storage/records.h"
#include "ui/pages/watch_content.h"
#include "ui/widgets/card.h"

#include <optional>
#include <vector>

class QLabel;
class QPushButton;

namespace nabiz::ui {

class PlotView;
class RunCatalog;
class WatchTable;

class CursorCard : public Card {
    Q_OBJECT
public:
    // `plot` draws the loss: its averages and pins are told of.
    CursorCard(const RunCatalog& catalog, const PlotView& plot, QWidget* parent = nullptr);
    // Without a cursor: the last batch.
    void showAt(storage::RunId run, const std::vector<storage::RunId>& others, const WatchOptions& options,
        std::optional<double> x);

private:
    void showPins();

    const RunCatalog& m_catalog;
    const PlotView& m_plot;
    WatchTable* m_table;
    QLabel* m_pinsTitle;
    WatchTable* m_pins;
};

class ChangeCard : public Card {
    Q_OBJECT
public:
    explicit ChangeCard(RunCatalog& catalog, QWidget* parent = nullptr);
    // Hidden for a run that was made from none.
    void showRun(storage::RunId run);

private:
    RunCatalog& m_catalog;
    QLabel* m_settings;
    QLabel* m_effect;
};

class SampleCard : public Card {
    Q_OBJECT
public:
    explicit SampleCard(const RunCatalog& catalog, QWidget* parent = nullptr);
    void showRun(storage::RunId run, bool canSample);

Q_SIGNALS:
    void sampleRequested();

private:
    const RunCatalog& m_catalog;
    QPushButton* m_button;
    QLabel* m_empty;
    QVBoxLayout* m_texts;
    std::size_t m_count = 0;
    storage::RunId m_run = 0;
};

} // namespace nabiz::ui
