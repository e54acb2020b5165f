// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with the panels of a board, and what they draw.
#include "ui/charts/view/plot_legend.h"
#include "ui/charts/view/plot_view.h"
#include "ui/panels/panel_board.h"
#include "ui/panels/ready_panels.h"

#include <QPointer>
#include <QSplitter>

#include <algorithm>
#include <utility>

namespace nabiz::ui {
namespace {

constexpr int kNewRow = 300;

template <typename Rows> void takeOut(Rows& rows, std::vector<int>& shares, std::size_t row, std::size_t place)
{
    rows[row].erase(rows[row].begin() + static_cast<std::ptrdiff_t>(place));
    if (rows[row].empty()) {
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(row));
        shares.erase(shares.begin() + static_cast<std::ptrdiff_t>(row));
    }
}

} // namespace

void PanelBoard::setArranging(bool arranging)
{
    m_arranging = arranging;
    forEachCell([arranging](const Cell& cell) { cell.frame->setArranging(arranging); });
}

void PanelBoard::setSource(Source source)
{
    m_source = std::move(source);
}

void PanelBoard::setEmptyText(const QString& text)
{
    m_emptyText = text;
    forEachCell([&](const Cell& cell) {
        if (cell.legend) {
            cell.plot->setEmptyText(panelTitle(cell.frame->panel()) + u'\n' + text);
        }
    });
}

void PanelBoard::fill()
{
    setEmptyText(m_emptyText);
    forEachCell([this](const Cell& cell) {
        if (cell.legend && m_source) {
            cell.plot->setContent(cell.legend->take(m_source(cell.frame->panel())));
        }
    });
}

void PanelBoard::grow()
{
    forEachCell([](const Cell& cell) {
        if (cell.legend) {
            cell.plot->refresh();
        }
    });
}

std::vector<PlotView*> PanelBoard::plots() const
{
    std::vector<PlotView*> found;
    forEachCell([&found](const Cell& cell) {
        if (cell.plot->isVisible()) {
            found.push_back(cell.plot);
        }
    });
    return found;
}

std::vector<std::pair<PanelSpec, const PlotContent*>> PanelBoard::drawn() const
{
    std::vector<std::pair<PanelSpec, const PlotContent*>> found;
    forEachCell([&found](const Cell& cell) {
        if (cell.legend) {
            found.emplace_back(cell.frame->panel(), &cell.plot->content());
        }
    });
    return found;
}

void PanelBoard::obey(PanelFrame* frame, PanelOrder order)
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        for (std::size_t place = 0; place < m_rows[row].size(); ++place) {
            if (m_rows[row][place].frame != frame) {
                continue;
            }
            if (order == PanelOrder::Change) {
                Q_EMIT changeAsked(frame->panel());
                return;
            }
            if (order == PanelOrder::Tear) {
                frame->setTorn(!frame->panel().torn);
            } else if (order == PanelOrder::Remove) {
                drop(m_rows[row][place]);
                takeOut(m_rows, m_shares, row, place);
            } else {
                move(row, place, order);
            }
            build();
            Q_EMIT changed();
            return;
        }
    }
}

// Left and right within its row; up and down into a row of its own first, then beside those of the next one.
void PanelBoard::move(std::size_t row, std::size_t place, PanelOrder order)
{
    Row& cells = m_rows[row];
    if (order == PanelOrder::Left || order == PanelOrder::Right) {
        const std::size_t other = order == PanelOrder::Left ? place - 1 : place + 1;
        if (other < cells.size()) {
            std::swap(cells[place], cells[other]);
        }
        return;
    }
    const Cell cell = cells[place];
    const int share = m_shares[row];
    const bool isUp = order == PanelOrder::Up;
    if (cells.size() > 1) {
        takeOut(m_rows, m_shares, row, place);
        const auto at = static_cast<std::ptrdiff_t>(isUp ? row : row + 1);
        m_rows.insert(m_rows.begin() + at, Row { cell });
        m_shares.insert(m_shares.begin() + at, share);
    } else if (isUp ? row > 0 : row + 1 < m_rows.size()) {
        m_rows[isUp ? row - 1 : row + 1].push_back(cell);
        takeOut(m_rows, m_shares, row, place);
    }
}

// As a person has drawn them. What is not seen keeps its share of the others.
void PanelBoard::noteShares()
{
    const QList<int> heights = m_splitter->sizes();
    int before = 0, now = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int height = heights.value(static_cast<int>(i));
        before += height > 0 ? m_shares[i] : 0;
        now += height;
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int height = heights.value(static_cast<int>(i));
        m_shares[i] = height > 0 ? height : std::max(1, m_shares[i] * now / std::max(before, 1));
        const auto* const line = qobject_cast<QSplitter*>(m_splitter->widget(static_cast<int>(i)));
        for (const Cell& cell : m_rows[i]) {
            const int place = line ? line->indexOf(cell.frame) : -1;
            if (place >= 0 && line->sizes().value(place) > 0) {
                cell.frame->setShare(line->sizes().value(place));
            }
        }
    }
}

void PanelBoard::add(const PanelSpec& panel)
{
    PanelLayout wished = panels();
    wished.rows.push_back({ { panel }, kNewRow });
    if (fitting(wished).rows.size() == m_rows.size()) {
        return; // not this page's, or there already
    }
    m_rows.push_back({ make(panel) });
    m_shares.push_back(kNewRow);
    build();
    fill();
    Q_EMIT changed();
    QMetaObject::invokeMethod(
        this,
        [this, frame = QPointer<PanelFrame>(m_rows.back().front().frame)] {
            if (frame && !frame->panel().torn) {
                ensureWidgetVisible(frame);
            }
        },
        Qt::QueuedConnection);
}

void PanelBoard::replace(const PanelSpec& before, const PanelSpec& after)
{
    forEachCell([&](const Cell& cell) {
        if (cell.legend && cell.frame->panel() == before) {
            cell.frame->setPanel(after);
            cell.plot->range().setShared(after.linked);
        }
    });
    fill();
    Q_EMIT changed();
}

void PanelBoard::showEvent(QShowEvent* event)
{
    QScrollArea::showEvent(event);
    forEachCell([](const Cell& cell) {
        if (cell.frame->panel().torn) {
            cell.frame->show();
        }
    });
}

} // namespace nabiz::ui
