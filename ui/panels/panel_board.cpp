// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel_board.h"

#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/widgets/card.h"

#include <QApplication>
#include <QPointer>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>
#include <utility>

namespace nabiz::ui {
namespace {

constexpr int kHandle = 12, kLines = 9;

QSplitter* makeSplitter(Qt::Orientation orientation, QWidget* parent)
{
    auto* const splitter = new QSplitter(orientation, parent);
    splitter->setHandleWidth(kHandle);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

void spread(QSplitter& splitter, const std::vector<int>& shares)
{
    const int all = std::max(1, std::accumulate(shares.begin(), shares.end(), 0));
    for (std::size_t i = 0; i < shares.size(); ++i) {
        splitter.setStretchFactor(static_cast<int>(i), std::max(1, shares[i] * 100 / all)); // 255 at most
    }
    splitter.setSizes(QList<int>(shares.begin(), shares.end()));
}

} // namespace

PanelBoard::PanelBoard(const QString& splitterName, QWidget* parent)
    : QScrollArea(parent)
    , m_splitter(makeSplitter(Qt::Vertical, this))
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_splitter->setObjectName(splitterName);
    m_splitter->setProperty("plain", true);
    setWidget(m_splitter);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        noteShares();
        Q_EMIT changed();
    });
}

void PanelBoard::forEachCell(const std::function<void(const Cell&)>& function) const
{
    for (const Row& row : m_rows) {
        std::for_each(row.begin(), row.end(), function);
    }
}

const PanelBoard::Own* PanelBoard::own(const QString& kind) const
{
    const auto found = std::find_if(m_own.begin(), m_own.end(), [&](const Own& one) { return one.kind == kind; });
    return found == m_own.end() ? nullptr : &*found;
}

void PanelBoard::addOwn(const char* kind, QWidget* card, PlotView& plot)
{
    card->setParent(this);
    card->hide();
    m_own.push_back({ QLatin1String(kind), card, &plot });
    connect(&plot, &PlotView::placeChosen, this,
        [this, view = &plot](double x, double y) { Q_EMIT placeChosen(view, x, y); });
    connect(&plot.reader(), &PlotReader::cursorMoved, this, [this](std::optional<double> x) {
        forEachCell([x](const Cell& cell) {
            if (cell.legend) {
                cell.plot->reader().setCursorX(x);
            }
        });
    });
    connect(&plot.reader(), &PlotReader::pinMoved, this, [this](int which, std::optional<double> x) {
        forEachCell([which, x](const Cell& cell) {
            if (cell.legend) {
                cell.plot->reader().setPin(which, x);
            }
        });
    });
}

void PanelBoard::setOwnShown(const char* kind, bool shown)
{
    for (Own& chart : m_own) {
        if (chart.kind == QLatin1String(kind) && std::exchange(chart.shown, shown) != shown) {
            build();
        }
    }
}

PanelBoard::Cell PanelBoard::make(const PanelSpec& panel)
{
    Cell cell {};
    if (const Own* const chart = own(panel.kind)) {
        cell = { new PanelFrame(panel, chart->card, this), chart->plot, nullptr };
    } else {
        cell = makeMetrics(panel);
    }
    cell.frame->setArranging(m_arranging);
    connect(
        cell.frame, &PanelFrame::asked, this, [this, frame = cell.frame](PanelOrder order) { obey(frame, order); },
        Qt::QueuedConnection);
    connect(cell.plot, &PlotView::menuAboutToShow, cell.frame, [this, cell](QMenu* menu) {
        if (cell.legend) {
            Q_EMIT menuAboutToShow(cell.plot, menu);
        }
        cell.frame->addTo(*menu);
    });
    return cell;
}

PanelBoard::Cell PanelBoard::makeMetrics(const PanelSpec& panel)
{
    auto* const card = new Card;
    auto* const plot = new PlotView(card);
    auto* const legend = new PlotLegend(card);
    plot->setObjectName(QStringLiteral("panelChart"));
    plot->setMinimumHeight(kLines * fontMetrics().height());
    legend->setObjectName(QStringLiteral("panelLegend"));
    legend->attach(*plot);
    card->body()->addWidget(plot, 1);
    card->body()->addWidget(legend);
    connect(legend, &PlotLegend::changed, this, &PanelBoard::fill);
    connect(plot, &PlotView::logRequested, this, [this, plot] {
        forEachCell([plot](const Cell& cell) {
            if (cell.plot == plot) {
                PanelSpec panel = cell.frame->panel();
                panel.logY = !panel.logY;
                cell.frame->setPanel(panel);
            }
        });
        fill();
        Q_EMIT changed();
    });
    connect(&plot->reader(), &PlotReader::cursorMoved, this, [this, plot](std::optional<double> x) {
        forEachCell([&](const Cell& cell) {
            if (cell.plot != plot) {
                cell.plot->reader().setCursorX(x);
            }
        });
        for (const Own& chart : m_own) {
            chart.plot->reader().setCursorX(x);
        }
        Q_EMIT cursorMoved(x);
    });
    connect(&plot->reader(), &PlotReader::pinMoved, this, [this](int which, std::optional<double> x) {
        m_own.front().plot->reader().setPin(which, x); // which tells the others
        Q_EMIT pinsMoved();
    });
    connect(plot, &PlotView::placeChosen, this, [this, plot](double x, double y) { Q_EMIT placeChosen(plot, x, y); });
    PlotRange::link(m_own.front().plot->range(), plot->range());
    plot->range().setShared(panel.linked);
    return { new PanelFrame(panel, card, this), plot, legend };
}

void PanelBoard::drop(const Cell& cell)
{
    if (!cell.legend) {
        QWidget* const card = cell.frame->takeCard();
        card->setParent(this);
        card->hide();
    }
    cell.plot->disconnect(cell.frame);
    cell.frame->hide();
    cell.frame->setParent(nullptr);
    cell.frame->deleteLater();
}

void PanelBoard::arrange(const PanelLayout& layout)
{
    const PanelLayout fits = fitting(layout);
    if (panels().rows == fits.rows) {
        return;
    }
    forEachCell([this](const Cell& cell) { drop(cell); });
    m_rows.clear();
    m_shares.clear();
    for (const PanelRow& row : fits.rows) {
        m_rows.emplace_back();
        m_shares.push_back(row.share);
        for (const PanelSpec& panel : row.panels) {
            m_rows.back().push_back(make(panel));
        }
    }
    build();
    fill();
}

PanelLayout PanelBoard::fitting(const PanelLayout& layout) const
{
    PanelLayout fits = layout;
    QStringList taken; // a chart stands in one place
    for (PanelRow& row : fits.rows) {
        std::erase_if(row.panels, [&](const PanelSpec& panel) {
            const bool fails = !panel.kind.isEmpty() && (!own(panel.kind) || taken.contains(panel.kind));
            taken.append(panel.kind);
            return fails;
        });
    }
    std::erase_if(fits.rows, [](const PanelRow& row) { return row.panels.empty(); });
    return fits;
}

QSplitter* PanelBoard::buildRow(const Row& row)
{
    QSplitter* const line = makeSplitter(Qt::Horizontal, nullptr);
    line->setObjectName(QStringLiteral("panelRow"));
    std::vector<int> shares;
    for (const Cell& cell : row) {
        const Own* const chart = own(cell.frame->panel().kind);
        const bool shown = !chart || chart->shown;
        if (cell.frame->panel().torn) {
            cell.frame->setParent(this, Qt::Window);
            cell.frame->setVisible(isVisible() && shown);
            continue;
        }
        line->addWidget(cell.frame);
        cell.frame->setVisible(shown);
        shares.push_back(cell.frame->panel().share);
    }
    spread(*line, shares);
    connect(line, &QSplitter::splitterMoved, this, [this] {
        noteShares();
        Q_EMIT changed();
    });
    return line;
}

// Frames outlive the splitters that they stand in.
void PanelBoard::build()
{
    const QPointer<QWidget> focused = isAncestorOf(QApplication::focusWidget()) ? QApplication::focusWidget() : nullptr;
    forEachCell([this](const Cell& cell) {
        cell.frame->hide();
        cell.frame->setParent(this);
    });
    while (m_splitter->count() > 0) {
        delete m_splitter->widget(0);
    }
    for (const Row& row : m_rows) {
        QSplitter* const line = buildRow(row);
        m_splitter->addWidget(line); // before it may be shown: else it were a window
        line->setVisible(std::any_of(row.begin(), row.end(), [this](const Cell& cell) {
            const Own* const chart = own(cell.frame->panel().kind);
            return !cell.frame->panel().torn && (!chart || chart->shown);
        }));
    }
    spread(*m_splitter, m_shares);
    if (focused) {
        focused->setFocus(); // it was taken from its place
    }
}

PanelLayout PanelBoard::panels() const
{
    PanelLayout layout;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        PanelRow row;
        row.share = m_shares[i];
        for (const Cell& cell : m_rows[i]) {
            row.panels.push_back(cell.frame->panel());
        }
        layout.rows.push_back(std::move(row));
    }
    return layout;
}

} // namespace nabiz::ui
