// SPDX-License-Identifier: GPL-3.0-or-later
// The marks on a plot's axis under mouse and keys, and which keys are the plot's own.
#include "ui/charts/render/plot_text.h"
#include "ui/charts/view/plot_view.h"
#include "ui/charts/view/plot_view_private.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr std::size_t kMostMarksNamed = 8;

} // namespace

// The cursor to the next mark that way.
void PlotView::Private::stepMark(int way)
{
    const double now = cursor.value_or(way > 0 ? -HUGE_VAL : HUGE_VAL);
    std::optional<double> next;
    for (const PlotMark& mark : content.marks) {
        const bool ahead = way > 0 ? mark.x > now : mark.x < now;
        if (ahead && (!next || (way > 0 ? mark.x < *next : mark.x > *next))) {
            next = mark.x;
        }
    }
    if (next) {
        moveCursor(*next, true);
        describe();
    }
}

const PlacedMark* PlotView::Private::markAtCursor() const
{
    if (!cursor) {
        return nullptr;
    }
    const double x = drawn.map.pixelX(drawn.map.axisX(*cursor));
    return markAt({ x, drawn.map.area.bottom() - 2 });
}

const PlacedMark* PlotView::Private::markAt(const QPointF& at) const
{
    for (const PlacedMark& placed : drawn.marks) {
        if (placed.area.adjusted(-3, -4, 3, 4).contains(at)) {
            return &placed;
        }
    }
    return nullptr;
}

QString PlotView::Private::markText(const PlacedMark& placed) const
{
    QStringList lines;
    for (std::size_t i = 0; i < std::min(placed.marks.size(), kMostMarksNamed); ++i) {
        const PlotMark& mark = content.marks[placed.marks[i]];
        const QString what = mark.text.isEmpty() ? markName(mark.kind) : mark.text;
        lines.append(QStringLiteral("%1  %2").arg(xText(mark.x, content.xUnit), what.left(160)));
    }
    if (placed.marks.size() > kMostMarksNamed) {
        lines.append(PlotView::tr("and %n more", nullptr, static_cast<int>(placed.marks.size() - kMostMarksNamed)));
    }
    return lines.join(QLatin1Char('\n'));
}

bool PlotView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const PlacedMark* const placed = m_private->markAt(help->pos());
        if (placed) {
            // As rich text, which wraps; what a run wrote is no markup.
            QString text = m_private->markText(*placed).toHtmlEscaped();
            QToolTip::showText(help->globalPos(), text.replace(QLatin1Char('\n'), QLatin1String("<br>")), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    // These are the plot's while it has the focus, whatever the window uses them for.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* const key = static_cast<QKeyEvent*>(event);
        const bool alt = key->modifiers() == Qt::AltModifier;
        const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
        const bool sideways = key->key() == Qt::Key_Left || key->key() == Qt::Key_Right;
        const bool letter = key->key() >= Qt::Key_A && key->key() <= Qt::Key_Z;
        const bool copies = key->matches(QKeySequence::Copy);
        const bool clears = key->key() == Qt::Key_Escape
            && (m_private->drag != Private::Drag::None || m_private->pins[0] || m_private->pins[1]);
        const bool ours = letter || key->key() == Qt::Key_Home || key->key() == Qt::Key_End
            || key->key() == Qt::Key_Space || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || clears;
        if (copies || (sideways && (alt || plain)) || (ours && plain)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace nabiz::ui
