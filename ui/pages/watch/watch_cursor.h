// SPDX-License-Identifier: GPL-3.0-or-later
// The card of Watch with the values at the cursor, or of the last batch, and what lies between the pins. Whatever is
// not of the batch in its title says of which it is. Reads the catalogue when told to. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/pages/watch/watch_content.h"
#include "ui/widgets/card.h"

#include <optional>
#include <vector>

class QLabel;

namespace nabiz::ui {

class PlotView;
class RunCatalog;
class WatchTable;
struct WatchRow;

struct SampleAt {
    double value = 0;
    double batch = 0;
};

class CursorCard : public Card {
    Q_OBJECT
public:
    // `plot` draws the loss: its averages and pins are told of.
    CursorCard(const RunCatalog& catalog, const PlotView& plot, QWidget* parent = nullptr);
    // Without a cursor: the last batch.
    void showAt(storage::RunId run, const std::vector<storage::RunId>& others, const WatchOptions& options,
        std::optional<double> x);

private:
    std::optional<SampleAt> at(const RunDetail& detail, const char* metric) const;
    QString named(const QString& name, const std::optional<SampleAt>& sample) const;
    void addMetrics(std::vector<WatchRow>& rows, const RunDetail& detail) const;
    void showPins();

    const RunCatalog& m_catalog;
    const PlotView& m_plot;
    XUnit m_unit = XUnit::Batch;
    double m_x = 0, m_end = 0; // of the cursor, and of the last batch
    std::optional<SampleAt> m_here; // the loss that the title names
    WatchTable* m_table;
    QLabel* m_pinsTitle;
    WatchTable* m_pins;
};

} // namespace nabiz::ui
