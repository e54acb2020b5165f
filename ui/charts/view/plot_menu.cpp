// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_menu.h"

#include "ui/charts/view/plot_view.h"

#include <QAction>
#include <QMenu>

namespace nabiz::ui {

namespace {

QString keyText(const QKeySequence& keys)
{
    return keys.toString(QKeySequence::NativeText);
}

// Shortcuts are shown, not bound: the keys act while the plot has the focus, as everywhere else in it.
template <typename Function>
QAction* add(QMenu& menu, const char* name, const QString& text, const QKeySequence& keys, Function function)
{
    QAction* const action = menu.addAction(text + QLatin1Char('\t') + keyText(keys));
    action->setObjectName(QLatin1String(name));
    QObject::connect(action, &QAction::triggered, &menu, function);
    return action;
}

template <typename Function>
QAction* addSwitch(QMenu& menu, const char* name, const QString& text, int key, bool isOn, Function function)
{
    QAction* const action = add(menu, name, text, key, function);
    action->setCheckable(true);
    action->setChecked(isOn);
    return action;
}

void addRanges(QMenu& menu, PlotRange& range)
{
    add(menu, "plotFit", PlotView::tr("Show &all"), Qt::Key_Home, [&range] { range.showAll(); });
    add(menu, "plotFollow", PlotView::tr("&Follow the end"), Qt::Key_End, [&range] { range.follow(); });
    add(menu, "plotFitY", PlotView::tr("Fit &y to the visible range"), Qt::Key_F, [&range] {
        range.fitY();
    })->setEnabled(!range.view().box().autoY);
    add(menu, "plotBack", PlotView::tr("&Back to the view before"), Qt::ALT | Qt::Key_Left, [&range] {
        range.goBack();
    })->setEnabled(range.view().canGoBack());
    add(menu, "plotForward", PlotView::tr("For&ward again"), Qt::ALT | Qt::Key_Right, [&range] {
        range.goForward();
    })->setEnabled(range.view().canGoForward());
}

void addPins(QMenu& menu, PlotReader& reader, std::optional<double> at)
{
    for (const int which : { 0, 1 }) {
        add(menu, which == 0 ? "plotPinA" : "plotPinB",
            which == 0 ? PlotView::tr("&Pin A here") : PlotView::tr("Pi&n B here"), which == 0 ? Qt::Key_A : Qt::Key_B,
            [&reader, which, at] { reader.setPin(which, at); })
            ->setEnabled(at.has_value());
    }
    add(menu, "plotUnpin", PlotView::tr("&Take the pins away"), Qt::Key_Escape, [&reader] {
        reader.unpin();
    })->setEnabled(reader.hasPins());
}

void addSwitches(QMenu& menu, PlotView& plot)
{
    const PlotContent& content = plot.content();
    addSwitch(menu, "plotLogY", PlotView::tr("&Logarithmic y axis"), Qt::Key_L, content.logY,
        [&plot] { Q_EMIT plot.logRequested(); });
    addSwitch(menu, "plotLogX", PlotView::tr("Logarithmic &x axis"), Qt::Key_X, content.logX, [&plot] {
        Q_EMIT plot.logXRequested();
    })->setEnabled(content.xUnit != XUnit::WallTime);
    addSwitch(menu, "plotClip", PlotView::tr("Clip &outliers"), Qt::Key_O, content.clipOutliers,
        [&plot] { Q_EMIT plot.clipRequested(); });
    PlotReader& reader = plot.reader();
    addSwitch(menu, "plotValues", PlotView::tr("&Values beside the cursor"), Qt::Key_V, reader.valuesShown(),
        [&reader] { reader.setValuesShown(!reader.valuesShown()); });
}

} // namespace

void fillPlotMenu(QMenu& menu, PlotView& plot, std::optional<double> at)
{
    PlotReader& reader = plot.reader();
    addRanges(menu, plot.range());
    menu.addSeparator();
    addPins(menu, reader, at);
    menu.addSeparator();
    addSwitches(menu, plot);
    menu.addSeparator();
    add(menu, "plotTable", PlotView::tr("Values as a tabl&e…"), Qt::Key_T, [&plot] { plot.showTable(); });
    add(menu, "plotCopyValues", PlotView::tr("&Copy the values here"), QKeySequence::Copy, [&reader, at] {
        reader.moveCursor(at ? at : reader.cursorX());
        reader.copyValues();
    });
}

std::vector<PlotShortcut> plotShortcuts()
{
    return {
        { PlotView::tr("Wheel"), PlotView::tr("zoom x at the mouse; over the y axis, or with Shift, y") },
        { PlotView::tr("Drag"), PlotView::tr("zoom into the box; with Alt over its whole height") },
        { PlotView::tr("Middle drag"),
            PlotView::tr("move the view; with the left button while Ctrl or Space is held") },
        { PlotView::tr("Right click"), PlotView::tr("all of this as a menu") },
        { PlotView::tr("Double click, %1").arg(keyText(Qt::Key_Home)), PlotView::tr("show all") },
        { keyText(Qt::Key_End), PlotView::tr("follow the end") },
        { keyText(Qt::Key_F), PlotView::tr("fit y to the visible range") },
        { PlotView::tr("%1, %2").arg(keyText(Qt::ALT | Qt::Key_Left), keyText(Qt::ALT | Qt::Key_Right)),
            PlotView::tr("back to the previous view, forward to the next; also by buttons 4 and 5 of the mouse") },
        { QStringLiteral("+ −"), PlotView::tr("zoom x") },
        { QStringLiteral("↑ ↓"), PlotView::tr("zoom y") },
        { QStringLiteral("← →"), PlotView::tr("move the cursor by a point; with Shift by ten") },
        { QStringLiteral("A B"), PlotView::tr("pin A and pin B at the cursor; Escape takes them away") },
        { QStringLiteral("M"), PlotView::tr("cursor to the next mark; with Shift to the one before; Enter opens it") },
        { QStringLiteral("L X O"), PlotView::tr("logarithmic y, logarithmic x, clip outliers") },
        { QStringLiteral("V T"), PlotView::tr("values beside the cursor, values as a table") },
        { keyText(QKeySequence::Copy), PlotView::tr("copy the values at the cursor") },
    };
}

} // namespace nabiz::ui
