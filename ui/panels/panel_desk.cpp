// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel_desk.h"

#include "trainer/config/parameters/metric_table.h"
#include "ui/models/run_catalog.h"
#include "ui/panels/layout_menu.h"
#include "ui/panels/layout_shelf.h"
#include "ui/panels/panel_board.h"
#include "ui/panels/panel_dialog.h"
#include "ui/panels/ready_panels.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QInputDialog>

#include <algorithm>
#include <set>
#include <utility>

namespace nabiz::ui {

PanelDesk::PanelDesk(PanelBoard& board, LayoutShelf& shelf, RunCatalog& catalog, PanelLayout first, QObject* parent)
    : QObject(parent)
    , m_board(board)
    , m_shelf(shelf)
    , m_catalog(catalog)
    , m_menu(new LayoutMenu(&board))
    , m_first(std::move(first))
    , m_name(m_first.name)
{
    m_menu->hide();
    m_board.setSource([this](const PanelSpec& panel) { return panelContent(runs(), panel, m_options); });
    m_board.arrange(m_first);
    connectMenu();
    connectBoard();
    connect(&m_shelf, &LayoutShelf::changed, this, &PanelDesk::showMenu);
    showMenu();
}

void PanelDesk::connectMenu()
{
    connect(m_menu, &LayoutMenu::aboutToOpen, &m_shelf, &LayoutShelf::lookAgain);
    connect(m_menu, &LayoutMenu::layoutChosen, this, &PanelDesk::choose);
    connect(m_menu, &LayoutMenu::panelChosen, &m_board, &PanelBoard::add);
    connect(m_menu->add, &QAction::triggered, this, [this] { openDialog({}); });
    connect(m_menu->arrange, &QAction::toggled, &m_board, &PanelBoard::setArranging);
    connect(m_menu->save, &QAction::triggered, this, [this] { m_shelf.keep(shown()); });
    connect(m_menu->saveAs, &QAction::triggered, this,
        [this] { askName(tr("Save the layout"), m_shelf.freeName(layoutTitle(m_name)), tr("Save")); });
    connect(
        m_menu->rename, &QAction::triggered, this, [this] { askName(tr("Rename the layout"), m_name, tr("Rename")); });
    connect(m_menu->remove, &QAction::triggered, this, [this] { m_shelf.remove(m_name); });
    connect(m_menu->revert, &QAction::triggered, this, [this] { choose(m_name); });
    connect(m_menu->report, &QAction::triggered, this, [this](bool on) { m_shelf.setReported(m_name, on); });
}

void PanelDesk::connectBoard()
{
    connect(&m_board, &PanelBoard::changed, this, [this] {
        showMenu();
        Q_EMIT changed();
    });
    connect(&m_board, &PanelBoard::changeAsked, this, &PanelDesk::openDialog);
}

PanelLayout PanelDesk::shown() const
{
    PanelLayout layout = m_board.panels();
    layout.name = m_name;
    return layout;
}

const PanelLayout* PanelDesk::kept() const
{
    return m_name == m_first.name ? &m_first : m_shelf.find(m_name);
}

void PanelDesk::choose(const QString& name)
{
    const PanelLayout* const layout = name == m_first.name ? &m_first : m_shelf.find(name);
    if (layout) {
        m_name = name;
        m_board.arrange(*layout);
    }
    showMenu();
    Q_EMIT changed();
}

void PanelDesk::showMenu()
{
    LayoutMenu::Shown menu;
    menu.layouts = m_shelf.all();
    if (!m_shelf.find(m_first.name)) {
        menu.layouts.insert(menu.layouts.begin(), m_first);
    }
    menu.current = m_name;
    const PanelLayout* const before = kept();
    menu.isChanged = !before || m_board.fitting(*before).rows != shown().rows;
    menu.isShipped = isShippedLayout(m_name) || m_name == m_first.name;
    menu.isReported = m_shelf.reported().contains(m_name);
    m_menu->show(menu);
}

void PanelDesk::openDialog(const PanelSpec& panel)
{
    auto* const dialog = new PanelDialog(metricNames(), panel, m_board.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PanelDialog::chosen, this, [this, panel](const PanelSpec& after) {
        panel.metrics.isEmpty() ? m_board.add(after) : m_board.replace(panel, after);
    });
    dialog->open();
}

// One that is there already is replaced only where it is the one shown.
void PanelDesk::askName(const QString& title, const QString& name, const QString& button)
{
    auto* const dialog = new QInputDialog(m_board.window());
    dialog->setObjectName(QStringLiteral("layoutNameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(name);
    dialog->setOkButtonText(button);
    dialog->setCancelButtonText(tr("Cancel"));
    const bool renames = name == m_name;
    connect(dialog, &QInputDialog::textValueSelected, this, [this, renames](const QString& text) {
        const QString other = text.simplified().left(80);
        if (other.isEmpty() || (renames && other == m_name)) {
            return;
        }
        const QString free
            = other == m_first.name ? m_shelf.freeName(other + QStringLiteral(" 2")) : m_shelf.freeName(other);
        const PanelLayout layout = shown();
        if (renames) {
            m_shelf.rename(std::exchange(m_name, free), free);
        } else {
            m_name = free;
            m_shelf.keep({ free, layout.rows });
        }
        showMenu();
        Q_EMIT changed();
    });
    dialog->open();
}

PanelRuns PanelDesk::runs() const
{
    PanelRuns found;
    for (const storage::RunId run : m_runs) {
        if (const RunDetail* const detail = m_catalog.detail(run)) {
            found.push_back(detail);
        }
    }
    return found;
}

// Of the runs shown, as the table has them, others behind.
std::vector<std::string> PanelDesk::metricNames() const
{
    std::set<std::string> known;
    for (const RunDetail* const run : runs()) {
        for (const auto& [name, series] : run->series) {
            known.insert(name);
        }
    }
    std::vector<std::string> names;
    for (const trainer::MetricRow& row : trainer::metricTable()) {
        if (known.erase(std::string(row.name)) > 0) {
            names.emplace_back(row.name);
        }
    }
    names.insert(names.end(), known.begin(), known.end());
    return names;
}

void PanelDesk::showRuns(const std::vector<storage::RunId>& shownRuns, const PanelOptions& options)
{
    m_runs = shownRuns;
    m_options = options;
    m_options.dark = Theme::isDark();
    m_board.fill();
    m_curves = 0;
    for (const auto& [panel, content] : m_board.drawn()) {
        m_curves += content->curves.size();
    }
}

bool PanelDesk::grow()
{
    std::size_t curves = 0;
    const PanelRuns shownRuns = runs();
    for (const auto& [panel, content] : m_board.drawn()) {
        curves += panelCurves(shownRuns, panel);
    }
    m_board.grow();
    return curves == m_curves;
}

void PanelDesk::askForPoints()
{
    std::vector<std::pair<storage::RunId, std::string>> drawn; // an answer replaces what is drawn
    for (const auto& [panel, content] : m_board.drawn()) {
        for (const PlotCurve& curve : content->curves) {
            drawn.emplace_back(curve.run, curve.series->name());
        }
    }
    for (const auto& [run, metric] : drawn) {
        m_catalog.requireWhole(run, metric);
    }
}

QJsonObject PanelDesk::state() const
{
    return toJson(shown());
}

void PanelDesk::restore(const QJsonObject& state)
{
    if (const auto layout = layoutOf(state); layout && !layout->rows.empty()) {
        m_name = layout->name;
        m_board.arrange(*layout);
        showMenu();
    }
}

} // namespace nabiz::ui
