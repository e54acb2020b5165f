// SPDX-License-Identifier: GPL-3.0-or-later
// A plot of two curves with two marks, in a window of its own, and short ways to drive it by mouse.
// GUI thread.
#pragma once

#include "ui/charts/view/plot_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>
#include <QWheelEvent>
#include <memory>

namespace nabiz::tests {

struct PlotFixture {
    bool make()
    {
        ui::Theme::apply(*qApp, ui::ThemeMode::Light);
        m_one = std::make_unique<ui::RunSeries>("loss", "nats");
        m_two = std::make_unique<ui::RunSeries>("loss", "nats");
        for (int i = 0; i <= 1000; ++i) {
            m_one->append(i, i * 0.1, 5 - i * 0.004);
            if (i % 10 == 0)
                m_two->append(i, i * 0.1, 4 - i * 0.002);
        }
        m_content = {};
        m_content.title = QStringLiteral("Loss");
        for (const auto& [series, name] : { std::pair(m_one.get(), "one"), std::pair(m_two.get(), "two") }) {
            ui::PlotCurve curve;
            curve.series = series;
            curve.label = QLatin1String(name);
            curve.key = static_cast<qint64>(m_content.curves.size()) + 1;
            curve.color = ui::Theme::seriesColor(static_cast<int>(curve.key), false);
            curve.smoothed = false;
            m_content.curves.push_back(curve);
        }
        m_content.marks = { { 250, ui::MarkKind::Evaluation, QStringLiteral("first"), 7, {} },
            { 750, ui::MarkKind::Warning, QStringLiteral("second"), 9, {} } };
        m_plot = std::make_unique<ui::PlotView>();
        m_plot->setContent(m_content);
        m_plot->resize(800, 400);
        m_plot->show();
        m_plot->setFocus();
        return QTest::qWaitForWindowExposed(m_plot.get());
    }
    QPoint at(double share, double height = 0.5) const
    {
        const QRectF area = m_plot->plotArea();
        return QPointF(area.left() + share * area.width(), area.top() + height * area.height()).toPoint();
    }
    void moveTo(const QPoint& place, Qt::MouseButtons buttons = {}, Qt::KeyboardModifiers keys = {}) const
    {
        QMouseEvent move(QEvent::MouseMove, place, m_plot->mapToGlobal(place), Qt::NoButton, buttons, keys);
        QApplication::sendEvent(m_plot.get(), &move);
    }
    void wheel(const QPoint& place, QPoint pixels, QPoint angle, Qt::ScrollPhase phase = Qt::NoScrollPhase) const
    {
        QWheelEvent event(place, m_plot->mapToGlobal(place), pixels, angle, Qt::NoButton, Qt::NoModifier, phase, false);
        QApplication::sendEvent(m_plot.get(), &event);
    }
    QMenu* openMenu(const QPoint& place) const
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, m_plot->mapToGlobal(place));
        QApplication::sendEvent(m_plot.get(), &event);
        return m_plot->findChild<QMenu*>(QStringLiteral("plotMenu"));
    }

    std::unique_ptr<ui::RunSeries> m_one, m_two;
    std::unique_ptr<ui::PlotView> m_plot;
    ui::PlotContent m_content;
};

} // namespace nabiz::tests
