// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_legend.h"

#include "ui/charts/render/flow_layout.h"
#include "ui/charts/render/plot_reading.h"
#include "ui/charts/shape/plot_glyphs.h"
#include "ui/charts/view/plot_view.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QSignalBlocker>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr int kNameCharacters = 32;

} // namespace

PlotLegend::PlotLegend(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("plotLegend"));
    new FlowLayout(this, 14);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void PlotLegend::attach(PlotView& plot)
{
    m_plot = &plot;
}

PlotContent PlotLegend::take(PlotContent content)
{
    for (PlotCurve& curve : content.curves) {
        curve.hidden = curve.hidden || m_hidden.contains(curve.key);
    }
    showCurves(content);
    return content;
}

void PlotLegend::showCurves(const PlotContent& content)
{
    std::vector<qint64> keys;
    for (const PlotCurve& curve : content.curves) {
        if (curve.series && std::find(keys.begin(), keys.end(), curve.key) == keys.end()) {
            keys.push_back(curve.key);
        }
    }
    if (keys != m_keys) {
        for (QCheckBox* const box : m_boxes) {
            box->hide();
            box->deleteLater();
        }
        m_boxes.clear();
        m_keys = keys;
        for (const qint64 key : keys) {
            auto* const box = new QCheckBox(this);
            box->setObjectName(QStringLiteral("legendBox%1").arg(key));
            box->setIconSize({ 30, 12 });
            box->installEventFilter(this);
            layout()->addWidget(box);
            m_boxes.push_back(box);
            connect(box, &QCheckBox::toggled, this, [this, key](bool shown) { setShown(key, shown); });
        }
    }
    m_content = content;
    m_content.marks.clear();
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const auto curve = std::find_if(content.curves.begin(), content.curves.end(),
            [&](const PlotCurve& c) { return c.series && c.key == m_keys[i]; });
        const QString name = nameOf(*curve);
        QCheckBox* const box = m_boxes[i];
        const QSignalBlocker quiet(box);
        box->setChecked(!curve->hidden);
        box->setText(fontMetrics()
                         .elidedText(name, Qt::ElideMiddle, kNameCharacters * fontMetrics().averageCharWidth())
                         .replace(QLatin1Char('&'), QStringLiteral("&&")));
        box->setAccessibleName(name);
        box->setToolTip(
            name.toHtmlEscaped() + QStringLiteral("<br>") + tr("Click: hide or show. Ctrl and click: this one alone."));
        box->setIcon(curveSwatch(*curve, devicePixelRatioF()));
    }
    setVisible(m_keys.size() > 1);
}

void PlotLegend::setShown(qint64 key, bool shown)
{
    shown ? static_cast<void>(m_hidden.erase(key)) : static_cast<void>(m_hidden.insert(key));
    Q_EMIT changed();
}

void PlotLegend::solo(qint64 key)
{
    const bool alone = std::all_of(
        m_keys.begin(), m_keys.end(), [&](qint64 other) { return m_hidden.contains(other) == (other != key); });
    for (const qint64 other : m_keys) {
        alone || other == key ? static_cast<void>(m_hidden.erase(other)) : static_cast<void>(m_hidden.insert(other));
    }
    Q_EMIT changed();
}

void PlotLegend::highlight(std::optional<qint64> key)
{
    if (m_plot) {
        m_plot->setHighlighted(key);
    }
}

bool PlotLegend::eventFilter(QObject* object, QEvent* event)
{
    const auto box = std::find(m_boxes.begin(), m_boxes.end(), object);
    if (box == m_boxes.end()) {
        return QWidget::eventFilter(object, event);
    }
    const qint64 key = m_keys[static_cast<std::size_t>(box - m_boxes.begin())];
    const auto isSolo = [](const QInputEvent* input) { return input->modifiers() & Qt::ControlModifier; };
    switch (event->type()) {
    case QEvent::Enter:
    case QEvent::FocusIn:
        highlight(m_hidden.contains(key) ? std::nullopt : std::optional(key));
        break;
    case QEvent::Leave:
    case QEvent::FocusOut:
        highlight(std::nullopt);
        break;
    case QEvent::MouseButtonRelease:
        if (isSolo(static_cast<QMouseEvent*>(event))) {
            (*box)->setDown(false);
            solo(key);
            return true;
        }
        break;
    case QEvent::KeyPress:
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space && isSolo(static_cast<QKeyEvent*>(event))) {
            solo(key);
            return true;
        }
        break;
    default:
        break;
    }
    return QWidget::eventFilter(object, event);
}

// The owner makes its content anew for another theme; this is for another screen.
void PlotLegend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange) {
        for (std::size_t i = 0; i < m_boxes.size(); ++i) {
            m_boxes[i]->updateGeometry();
        }
    }
}

} // namespace nabiz::ui
