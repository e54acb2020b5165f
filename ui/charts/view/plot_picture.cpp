// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_picture.h"

#include "ui/charts/render/plot_layout.h"
#include "ui/charts/view/plot_range.h"

#include <QPainter>
#include <QWidget>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nabiz::ui {
namespace {

constexpr int kRedrawMs = 50; // 20 Hz
constexpr double kLongestSide = 32'000; // what a picture may be painted on
constexpr double kMostPixels = 1e8; // of a picture, 400 MB: of a wider plot it is drawn coarser
constexpr std::size_t kSmoothedAtOnce = 600'000; // samples: some 15 ms

} // namespace

PlotPicture::PlotPicture(QWidget& plot, const PlotContent& content, PlotRange& range)
    : m_plot(plot)
    , m_content(content)
    , m_range(range)
{
    smoothed().setBudget(kSmoothedAtOnce);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kRedrawMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_grown, false)) {
            markDirty();
        }
    });
}

void PlotPicture::markDirty()
{
    m_dirty = true;
    m_plot.update();
}

void PlotPicture::grow()
{
    m_grown = true;
    if (m_plot.isVisible() && !m_timer.isActive()) {
        m_timer.start();
    }
}

bool PlotPicture::isEmpty() const
{
    return std::none_of(m_content.curves.begin(), m_content.curves.end(),
        [](const PlotCurve& curve) { return curve.series && !curve.series->empty(); });
}

bool PlotPicture::isUnfinished() const
{
    return m_plot.isVisible() && !isEmpty() && (m_dirty || m_drawn.unfinished);
}

const PlotDrawn& PlotPicture::drawn()
{
    render();
    return m_drawn;
}

const QPixmap& PlotPicture::pixmap()
{
    render();
    return m_pixmap;
}

void PlotPicture::setHighlighted(std::optional<qint64> key)
{
    if (m_highlighted != key) {
        m_highlighted = key;
        markDirty();
    }
}

void PlotPicture::link(PlotPicture& one, PlotPicture& other)
{
    for (const auto& [from, to] : { std::pair(&one, &other), std::pair(&other, &one) }) {
        from->m_linked.emplace_back(to);
        from->markDirty();
    }
}

PlotFrame PlotPicture::frame() const
{
    PlotFrame frame;
    frame.size = m_plot.size();
    frame.font = m_plot.font();
    frame.colors = &Theme::colors();
    frame.highlighted = m_highlighted;
    const ViewBox& box = m_range.view().box();
    frame.x0 = box.x0;
    frame.x1 = box.x1;
    frame.xZero = m_range.axis().xZero;
    frame.whole = box.following;
    frame.autoY = box.autoY;
    frame.y0 = box.y0;
    frame.y1 = box.y1;
    return frame;
}

QMarginsF PlotPicture::margins()
{
    m_range.update();
    return neededMargins(m_content, frame(), smoothed());
}

// The widest of those seen; who was drawn with others is drawn again.
void PlotPicture::alignMargins()
{
    QMarginsF needed = margins();
    for (const QPointer<PlotPicture>& other : m_linked) {
        if (other && other->m_plot.isVisible()) {
            const QMarginsF theirs = other->margins();
            needed.setLeft(std::max(needed.left(), theirs.left()));
            needed.setRight(std::max(needed.right(), theirs.right()));
        }
    }
    m_left = needed.left();
    m_right = needed.right();
    for (const QPointer<PlotPicture>& other : m_linked) {
        if (other && other->m_plot.isVisible()
            && (std::abs(other->m_left - m_left) > 0.5 || std::abs(other->m_right - m_right) > 0.5)) {
            other->markDirty();
        }
    }
}

void PlotPicture::render()
{
    const double ratio = m_plot.devicePixelRatioF();
    if (!m_dirty && qFuzzyCompare(m_drawnFor, ratio)) {
        return;
    }
    m_dirty = false;
    m_grown = false;
    smoothed().setBudget(kSmoothedAtOnce);
    alignMargins();
    const QSizeF size = QSizeF(m_plot.size()).expandedTo({ 1, 1 });
    const double fits = std::min({ 1.0, std::sqrt(kMostPixels / (size.width() * size.height() * ratio * ratio)),
        kLongestSide / (std::max(size.width(), size.height()) * ratio) });
    m_pixmap = QPixmap((size * ratio * fits).toSize().expandedTo({ 1, 1 }));
    m_pixmap.setDevicePixelRatio(ratio * fits);
    m_drawnFor = ratio;
    PlotFrame frame = this->frame();
    frame.leftMargin = m_left;
    frame.rightMargin = m_right;
    QPainter painter(&m_pixmap);
    const bool first = m_drawn.total == 0;
    m_drawn = m_renderer.draw(painter, m_content, frame);
    if (m_drawn.unfinished) {
        QTimer::singleShot(0, this, &PlotPicture::markDirty); // the rest of the averages
    }
    Q_EMIT redrawn(first);
}

} // namespace nabiz::ui
