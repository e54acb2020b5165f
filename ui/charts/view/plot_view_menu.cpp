// SPDX-License-Identifier: GPL-3.0-or-later
// All that can be done with a plot, as a menu and as a list.
#include "ui/charts/view/plot_view.h"
#include "ui/charts/view/plot_view_private.h"

#include <QAction>
#include <QMenu>

namespace nabiz::ui {

// Shortcuts are shown, not bound: the keys act while the plot has the focus, as everywhere else in it.
void PlotView::Private::fillMenu(QMenu& menu, std::optional<double> at)
{
    const auto add = [&menu](const char* name, const QString& text, const QString& keys, auto function) {
        QAction* const action = menu.addAction(keys.isEmpty() ? text : text + QLatin1Char('\t') + keys);
        action->setObjectName(QLatin1String(name));
        QObject::connect(action, &QAction::triggered, &menu, function);
        return action;
    };
    const auto key = [](const QKeySequence& keys) { return keys.toString(QKeySequence::NativeText); };
    add("plotFit", PlotView::tr("Show &all"), key(Qt::Key_Home), [this] { q.fit(); });
    add("plotFollow", PlotView::tr("&Follow the end"), key(Qt::Key_End), [this] { q.follow(); });
    add("plotFitY", PlotView::tr("Fit &y to the visible range"), key(Qt::Key_F), [this] {
        q.fitY();
    })->setEnabled(!range.box().autoY);
    add("plotBack", PlotView::tr("&Back to the view before"), key(Qt::ALT | Qt::Key_Left), [this] {
        q.goBack();
    })->setEnabled(range.canGoBack());
    add("plotForward", PlotView::tr("For&ward again"), key(Qt::ALT | Qt::Key_Right), [this] {
        q.goForward();
    })->setEnabled(range.canGoForward());
    menu.addSeparator();
    for (const int which : { 0, 1 }) {
        add(which == 0 ? "plotPinA" : "plotPinB",
            which == 0 ? PlotView::tr("&Pin A here") : PlotView::tr("Pi&n B here"),
            key(which == 0 ? Qt::Key_A : Qt::Key_B), [this, which, at] { movePin(which, at, true); })
            ->setEnabled(at.has_value());
    }
    add("plotUnpin", PlotView::tr("&Take the pins away"), key(Qt::Key_Escape), [this] {
        movePin(0, std::nullopt, true);
        movePin(1, std::nullopt, true);
    })->setEnabled(pins[0] || pins[1]);
    menu.addSeparator();
    const auto check = [](QAction* action, bool on) {
        action->setCheckable(true);
        action->setChecked(on);
    };
    check(add("plotLogY", PlotView::tr("&Logarithmic y axis"), key(Qt::Key_L), [this] { Q_EMIT q.logRequested(); }),
        content.logY);
    QAction* const logX
        = add("plotLogX", PlotView::tr("Logarithmic &x axis"), key(Qt::Key_X), [this] { Q_EMIT q.logXRequested(); });
    check(logX, content.logX);
    logX->setEnabled(content.xUnit != XUnit::WallTime);
    check(add("plotClip", PlotView::tr("Clip &outliers"), key(Qt::Key_O), [this] { Q_EMIT q.clipRequested(); }),
        content.clipOutliers);
    check(add("plotValues", PlotView::tr("&Values beside the cursor"), key(Qt::Key_V),
              [this] { q.setValuesShown(!valuesShown); }),
        valuesShown);
    menu.addSeparator();
    add("plotTable", PlotView::tr("Values as a tabl&e…"), key(Qt::Key_T), [this] { q.showTable(); });
    add("plotCopyValues", PlotView::tr("&Copy the values here"), key(QKeySequence::Copy), [this, at] {
        moveCursor(at ? at : cursor, true);
        q.copyValues();
    });
}

std::vector<PlotShortcut> plotShortcuts()
{
    const auto key = [](const QKeySequence& keys) { return keys.toString(QKeySequence::NativeText); };
    return {
        { PlotView::tr("Wheel"), PlotView::tr("zoom x at the mouse; over the y axis, or with Shift, y") },
        { PlotView::tr("Drag"), PlotView::tr("zoom into the box; with Alt over its whole height") },
        { PlotView::tr("Middle drag"),
            PlotView::tr("move the view; with the left button while Ctrl or Space is held") },
        { PlotView::tr("Right click"), PlotView::tr("all of this as a menu") },
        { PlotView::tr("Double click, %1").arg(key(Qt::Key_Home)), PlotView::tr("show all") },
        { key(Qt::Key_End), PlotView::tr("follow the end") },
        { key(Qt::Key_F), PlotView::tr("fit y to the visible range") },
        { PlotView::tr("%1, %2").arg(key(Qt::ALT | Qt::Key_Left), key(Qt::ALT | Qt::Key_Right)),
            PlotView::tr("back to the previous view, forward to the next; also by buttons 4 and 5 of the mouse") },
        { QStringLiteral("+ −"), PlotView::tr("zoom x") },
        { QStringLiteral("↑ ↓"), PlotView::tr("zoom y") },
        { QStringLiteral("← →"), PlotView::tr("move the cursor by a point; with Shift by ten") },
        { QStringLiteral("A B"), PlotView::tr("pin A and pin B at the cursor; Escape takes them away") },
        { QStringLiteral("M"), PlotView::tr("cursor to the next mark; with Shift to the one before; Enter opens it") },
        { QStringLiteral("L X O"), PlotView::tr("logarithmic y, logarithmic x, clip outliers") },
        { QStringLiteral("V T"), PlotView::tr("values beside the cursor, values as a table") },
        { key(QKeySequence::Copy), PlotView::tr("copy the values at the cursor") },
    };
}

} // namespace nabiz::ui
