// SPDX-License-Identifier: GPL-3.0-or-later
// Panels in rows, which a person adds, moves, sizes and removes; a page's own charts stand among them. All share the x
// range of the page's first chart, unless they go their own way, and its cursor and pins. Contents point into the
// catalogue: they are replaced at once, also while hidden. GUI thread.
#pragma once

#include "ui/charts/shape/plot_content.h"
#include "ui/panels/panel_frame.h"

#include <QScrollArea>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

class QMenu;
class QSplitter;

namespace nabiz::ui {

class PlotLegend;
class PlotView;

class PanelBoard : public QScrollArea {
    Q_OBJECT
public:
    explicit PanelBoard(const QString& splitterName, QWidget* parent = nullptr);

    // A chart of the page's own, by its kind: the first one leads. `card` holds it.
    void addOwn(const char* kind, QWidget* card, PlotView& plot);
    // Whether it is to be seen where it stands.
    void setOwnShown(const char* kind, bool shown);
    void arrange(const PanelLayout& layout);
    // Without those of another page's own.
    PanelLayout fitting(const PanelLayout& layout) const;
    PanelLayout panels() const; // as they stand, without a name
    void add(const PanelSpec& panel);
    void replace(const PanelSpec& before, const PanelSpec& after);
    void setArranging(bool arranging);

    using Source = std::function<PlotContent(const PanelSpec&)>;
    void setSource(Source source);
    void setEmptyText(const QString& text);
    // All panels of metrics anew.
    void fill();
    // Draws points that have come.
    void grow();
    // In the order in which they stand, those seen.
    std::vector<PlotView*> plots() const;
    // The panels of metrics, and what they show.
    std::vector<std::pair<PanelSpec, const PlotContent*>> drawn() const;

Q_SIGNALS:
    void changed(); // by a person
    void changeAsked(const nabiz::ui::PanelSpec& panel);
    void menuAboutToShow(nabiz::ui::PlotView* plot, QMenu* menu);
    void cursorMoved(std::optional<double> x); // in a panel
    void pinsMoved();
    void placeChosen(nabiz::ui::PlotView* plot, double x, double y);

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Own {
        QString kind;
        QWidget* card;
        PlotView* plot;
        bool shown = true;
    };
    struct Cell {
        PanelFrame* frame;
        PlotView* plot;
        PlotLegend* legend; // none of a chart of the page's own
    };
    using Row = std::vector<Cell>;

    Cell make(const PanelSpec& panel);
    Cell makeMetrics(const PanelSpec& panel);
    void drop(const Cell& cell);
    void obey(PanelFrame* frame, PanelOrder order);
    void move(std::size_t row, std::size_t place, PanelOrder order);
    QSplitter* buildRow(const Row& row);
    void build(); // the splitters, of the rows
    void noteShares();
    const Own* own(const QString& kind) const;
    void forEachCell(const std::function<void(const Cell&)>& function) const;

    QSplitter* m_splitter;
    std::vector<Own> m_own;
    std::vector<Row> m_rows;
    std::vector<int> m_shares; // of the rows
    Source m_source;
    QString m_emptyText;
    bool m_arranging = false;
};

} // namespace nabiz::ui
