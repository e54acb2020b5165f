// SPDX-License-Identifier: GPL-3.0-or-later
// A combo box that the wheel changes only while it has the focus, so that scrolling a form never changes a setting, and
// that ends a text for which it has no room with an ellipsis. GUI thread.
#pragma once

#include <QComboBox>
#include <QHelpEvent>
#include <QStylePainter>
#include <QTextDocument>
#include <QToolTip>
#include <QWheelEvent>

namespace nabiz::ui {

class QuietComboBox : public QComboBox {
    Q_OBJECT
public:
    explicit QuietComboBox(QWidget* parent = nullptr)
        : QComboBox(parent)
    {
        setFocusPolicy(Qt::StrongFocus);
    }

    // What is seen of the chosen text.
    QString shownText() const
    {
        QStyleOptionComboBox option;
        initStyleOption(&option);
        const QRect field = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
        return option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, field.width() - 2);
    }

protected:
    // What was cut is said whole, before what the box is for.
    bool event(QEvent* event) override
    {
        if (event->type() != QEvent::ToolTip || isEditable() || shownText() == currentText())
            return QComboBox::event(event);
        const QString tip = toolTip();
        const bool isRich = Qt::mightBeRichText(tip);
        QString whole = isRich ? currentText().toHtmlEscaped() : currentText();
        if (!tip.isEmpty() && tip != currentText())
            whole += (isRich ? QStringLiteral("<br>") : QStringLiteral("\n")) + tip;
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), whole, this);
        return true;
    }
    void paintEvent(QPaintEvent* event) override
    {
        if (isEditable()) {
            QComboBox::paintEvent(event);
            return;
        }
        QStylePainter painter(this);
        painter.setPen(palette().color(QPalette::Text));
        QStyleOptionComboBox option;
        initStyleOption(&option);
        option.currentText = shownText();
        painter.drawComplexControl(QStyle::CC_ComboBox, option);
        painter.drawControl(QStyle::CE_ComboBoxLabel, option);
    }
    void wheelEvent(QWheelEvent* event) override
    {
        if (hasFocus())
            QComboBox::wheelEvent(event);
        else
            event->ignore(); // the form scrolls
    }
};

} // namespace nabiz::ui
