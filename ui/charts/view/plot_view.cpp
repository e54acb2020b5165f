// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/plot_view.h"

#include "ui/charts/export/plot_table_dialog.h"
#include "ui/charts/render/plot_notes.h"
#include "ui/charts/view/chart_accessible.h"
#include "ui/charts/view/plot_description.h"
#include "ui/charts/view/plot_keys.h"
#include "ui/charts/view/plot_mouse.h"
#include "ui/charts/view/plot_overlay.h"
#include "ui/charts/view/plot_picture.h"

#include <QAccessible>
#include <QFocusEvent>
#include <QPainter>

#include <utility>

namespace nabiz::ui {
namespace {

constexpr qint64 kDescribeEveryMs = 2000;

} // namespace

PlotView::PlotView(QWidget* parent)
    : QWidget(parent)
    , m_range(std::make_unique<PlotRange>(m_content))
    , m_picture(std::make_unique<PlotPicture>(*this, m_content, *m_range))
    , m_reader(std::make_unique<PlotReader>(m_content, *m_range, m_picture->smoothed()))
    , m_mouse(std::make_unique<PlotMouse>(*this, *m_picture))
    , m_keys(std::make_unique<PlotKeys>(*this, *m_picture, *m_mouse))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
    makeAccessibleChart(*this);
    connect(m_range.get(), &PlotRange::changed, m_picture.get(), &PlotPicture::markDirty);
    connect(m_reader.get(), &PlotReader::changed, this, qOverload<>(&QWidget::update));
    connect(m_reader.get(), &PlotReader::stepped, this, &PlotView::describe);
    connect(m_picture.get(), &PlotPicture::redrawn, this, [this](bool first) {
        if (first || !m_described.isValid() || m_described.elapsed() > kDescribeEveryMs) {
            describe();
        }
    });
}

PlotView::~PlotView() = default;

void PlotView::setContent(PlotContent content)
{
    const bool otherX = content.xUnit != m_content.xUnit || content.logX != m_content.logX;
    const bool otherY = content.logY != m_content.logY;
    m_content = std::move(content);
    m_content.logX = m_content.logX && m_content.xUnit != XUnit::WallTime;
    m_picture->markDirty();
    m_described.invalidate();
    m_range->contentChanged(otherX, otherY);
    if (otherX) {
        m_reader->moveCursor(std::nullopt);
        m_reader->unpin();
    }
    if (accessibleName() != m_content.title) {
        setAccessibleName(m_content.title);
    }
}

void PlotView::refresh()
{
    m_picture->grow();
}

void PlotView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    m_described.invalidate();
    m_picture->markDirty();
}

void PlotView::setHighlighted(std::optional<qint64> key)
{
    m_picture->setHighlighted(key);
}

std::pair<double, double> PlotView::yRange() const
{
    const PlotMap& map = m_picture->drawn().map;
    return { map.valueY(map.y0), map.valueY(map.y1) };
}

QRectF PlotView::plotArea() const
{
    return m_picture->drawn().map.area;
}

QString PlotView::notice() const
{
    const PlotDrawn& drawn = m_picture->drawn();
    QStringList parts { countNotice(drawn) };
    if (!drawn.notes.isEmpty()) {
        parts.append(drawn.notes);
    }
    return parts.join(QStringLiteral(" · "));
}

bool PlotView::isUnfinished() const
{
    return m_picture->isUnfinished();
}

void PlotView::link(PlotView& one, PlotView& other)
{
    PlotRange::link(one.range(), other.range());
    PlotPicture::link(*one.m_picture, *other.m_picture);
    for (const auto& [from, to] :
        { std::pair(&one.reader(), &other.reader()), std::pair(&other.reader(), &one.reader()) }) {
        connect(from, &PlotReader::cursorMoved, to, &PlotReader::setCursorX);
        connect(from, &PlotReader::pinMoved, to, &PlotReader::setPin);
    }
}

void PlotView::showTable()
{
    auto* const dialog = new PlotTableDialog(m_content, m_reader->cursorX(), m_range->xRange(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QSize PlotView::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return { 16 * line, 8 * line };
}

bool PlotView::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Resize:
    case QEvent::FontChange:
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
    case QEvent::LanguageChange:
    case QEvent::LocaleChange:
    case QEvent::LayoutDirectionChange:
    case QEvent::EnabledChange:
        m_picture->markDirty();
        break;
    case QEvent::FocusIn: {
        const Qt::FocusReason reason = static_cast<QFocusEvent&>(*event).reason();
        m_focusByKey = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason;
        describe();
        break;
    }
    default:
        break;
    }
    return QWidget::event(event);
}

void PlotView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!painter.isActive()) {
        return; // grabbed into a picture larger than memory
    }
    if (m_picture->isEmpty() && !m_emptyText.isEmpty()) {
        painter.fillRect(rect(), Theme::colors().panel);
        painter.setPen(Theme::colors().dim);
        painter.drawText(rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    painter.drawPixmap(0, 0, m_picture->pixmap());
    PlotOverlay(*this, m_picture->drawn(), *m_mouse).paint(painter);
    if (hasFocus() && m_focusByKey) {
        painter.setBrush(Qt::NoBrush);
        QColor color = Theme::colors().accent;
        color.setAlphaF(0.35f);
        painter.setPen(QPen(color, 1));
        painter.drawRect(plotArea().adjusted(-0.5, -0.5, 0.5, 0.5));
    }
}

void PlotView::describe()
{
    m_described.start();
    QString text = plotDescription(m_content, m_picture->drawn(), *m_reader);
    if (text.isEmpty()) {
        text = m_emptyText;
    }
    if (text != accessibleDescription()) {
        setAccessibleDescription(text);
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
}

} // namespace nabiz::ui
