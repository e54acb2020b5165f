// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_delegate.h"

#include "ui/models/comparison_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <utility>
#include <vector>

namespace nabiz::ui {
namespace {

struct Part {
    QString text;
    QFont font;
    QColor color;
};

// From right to left as drawn, since numbers line up at the right.
std::vector<Part> partsOf(const QFont& font, const QModelIndex& index)
{
    const ThemeColors& colors = Theme::colors();
    const auto text = [&index](int role) { return index.data(role).toString(); };
    QFont strong = font;
    strong.setWeight(QFont::DemiBold);
    const bool best = index.data(ComparisonModel::BestRole).toBool();
    std::vector<Part> parts;
    parts.push_back({ text(ComparisonModel::ValueRole), best ? strong : font, colors.text });
    if (best) {
        parts.push_back({ QStringLiteral("★"), strong, colors.text });
    }
    if (const QString place = text(ComparisonModel::PlaceRole); !place.isEmpty()) {
        parts.push_back({ place, font, colors.dim });
    }
    if (const QString change = text(ComparisonModel::ChangeRole); !change.isEmpty()) {
        const int better = index.data(ComparisonModel::BetterRole).toInt();
        parts.push_back({ change, font, better > 0 ? colors.good : colors.dim });
    }
    return parts;
}

double widthOf(const Part& part)
{
    return QFontMetricsF(part.font).horizontalAdvance(part.text);
}

} // namespace

void CompareDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::colors();
    painter->save();
    painter->fillRect(option.rect, option.state & QStyle::State_Selected ? colors.selected : colors.panel);
    painter->setPen(QPen(colors.line, 1));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRectF inside = QRectF(option.rect).adjusted(kGap, 0, -kGap, 0);
    if (index.column() == 0) {
        const QFont font = index.data(ComparisonModel::SettingRole).toBool() ? Theme::monoFont() : option.font;
        painter->setFont(font);
        painter->setPen(colors.text);
        painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(font).elidedText(index.data().toString(), Qt::ElideMiddle, inside.width()));
    } else {
        std::vector<Part> parts = partsOf(option.font, index);
        double right = inside.right();
        for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
            const double width = std::min(widthOf(*part), right - inside.left());
            painter->setFont(part->font);
            painter->setPen(part->color);
            painter->drawText(QRectF(right - width, inside.top(), width, inside.height()),
                Qt::AlignRight | Qt::AlignVCenter,
                QFontMetricsF(part->font).elidedText(part->text, Qt::ElideRight, width + 1));
            right -= width + kGap;
            if (right <= inside.left()) {
                break;
            }
        }
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
    for (const Part& part : partsOf(option.font, index)) {
        width += widthOf(part) + kGap;
    }
    return { static_cast<int>(width) + kGap, height };
}

} // namespace nabiz::ui
