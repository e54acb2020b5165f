// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_delegate.h"

#include "ui/models/comparison_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace nabiz::ui {
namespace {

struct Part {
    QString text;
    QFont font;
    QColor color;
};

using Parts = std::array<Part, 4>; // value, star, place, change

Parts partsOf(const QFont& font, const QModelIndex& index)
{
    const ThemeColors& colors = Theme::colors();
    const auto text = [&index](int role) { return index.data(role).toString(); };
    QFont strong = font;
    strong.setWeight(QFont::DemiBold);
    const bool best = index.data(ComparisonModel::BestRole).toBool();
    const bool equal = index.data(ComparisonModel::EqualRole).toBool();
    const int better = index.data(ComparisonModel::BetterRole).toInt();
    return { Part { text(ComparisonModel::ValueRole), best ? strong : font, equal ? colors.dim : colors.text },
        Part { best ? QStringLiteral("★") : QString(), strong, colors.text },
        Part { text(ComparisonModel::PlaceRole), font, colors.dim },
        Part { text(ComparisonModel::ChangeRole), font, better > 0 ? colors.good : colors.dim } };
}

QFont nameFont(const QFont& font, const QModelIndex& index)
{
    if (!index.data(ComparisonModel::KeyRole).toString().isEmpty()) {
        return Theme::monoFont();
    }
    QFont strong = font;
    strong.setWeight(index.data(ComparisonModel::SectionRole).toBool() ? QFont::DemiBold : font.weight());
    return strong;
}

double widthOf(const Part& part)
{
    return QFontMetricsF(part.font).horizontalAdvance(part.text);
}

// From the right: what has no room is cut at the left, the change last. A setting is its value alone, and takes all the
// room.
void paintParts(QPainter& painter, const Parts& parts, const QRectF& inside, const std::array<double, 4>& widths)
{
    const bool alone = parts[1].text.isEmpty() && parts[2].text.isEmpty() && parts[3].text.isEmpty();
    double right = inside.right();
    for (std::size_t i = parts.size(); i-- > 0;) {
        const double width = i == 0 ? right - inside.left() : std::min(widths[i], right - inside.left());
        if (width <= 0) {
            continue;
        }
        const QFontMetricsF metrics(parts[i].font);
        painter.setFont(parts[i].font);
        painter.setPen(parts[i].color);
        const bool overflows = i == 0 && alone && metrics.horizontalAdvance(parts[0].text) > width;
        const double end = overflows ? inside.right() : right;
        const QRectF place(inside.left(), inside.top(), end - inside.left(), inside.height());
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(parts[i].text, Qt::ElideRight, i == 0 ? place.width() : width + 1));
        right -= width + kGap;
    }
}

} // namespace

// A view may ask between a change of the model and its measuring.
std::array<double, 4> CompareDelegate::widths(int column) const
{
    const auto place = static_cast<std::size_t>(column);
    return place < m_widths.size() ? m_widths[place] : std::array<double, 4> {};
}

void CompareDelegate::measure(const QAbstractItemModel& model, const QFont& font)
{
    m_widths.assign(static_cast<std::size_t>(std::max(1, model.columnCount())), {});
    const auto take = [&](const QModelIndex& index) {
        const Parts parts = partsOf(font, index);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            double& width = m_widths[static_cast<std::size_t>(index.column())][i];
            width = std::max(width, widthOf(parts[i]));
        }
    };
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex parent = model.index(row, 0);
        for (int column = 1; column < model.columnCount(); ++column) {
            take(model.index(row, column));
            for (int child = 0; child < model.rowCount(parent); ++child) {
                take(model.index(child, column, parent));
            }
        }
    }
}

void CompareDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::colors();
    painter->save();
    painter->fillRect(option.rect, option.state & QStyle::State_Selected ? colors.selected : colors.panel);
    painter->setPen(QPen(colors.line, 1));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRectF inside = QRectF(option.rect).adjusted(kGap, 0, -kGap, 0);
    if (index.column() == 0) {
        const QFont font = nameFont(option.font, index);
        painter->setFont(font);
        painter->setPen(index.data(ComparisonModel::EqualRole).toBool() ? colors.dim : colors.text);
        painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(font).elidedText(index.data().toString(), Qt::ElideMiddle, inside.width()));
    } else {
        paintParts(*painter, partsOf(option.font, index), inside, widths(index.column()));
    }
    painter->restore();
}

QSize CompareDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int height = QFontMetrics(option.font).height() + 14;
    if (index.column() == 0) {
        return { QFontMetrics(Theme::monoFont()).horizontalAdvance(index.data().toString()) + 3 * kGap, height };
    }
    double width = 2 * kGap;
    for (const double part : widths(index.column())) {
        width += part > 0 ? part + kGap : 0;
    }
    return { static_cast<int>(width) + kGap, height };
}

} // namespace nabiz::ui
