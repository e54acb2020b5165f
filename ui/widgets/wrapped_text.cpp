// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wrapped_text.h"

#include <QAbstractTextDocumentLayout>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {

namespace {
constexpr int kNarrowest = 80;
constexpr int kMostLines = 6; // more is scrolled
} // namespace

WrappedText::WrappedText(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setProperty("bare", true);
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &QWidget::updateGeometry);
}

QSize WrappedText::sizeHint() const
{
    // The layout of a plain text counts its height in lines.
    const int lines = std::clamp(static_cast<int>(std::ceil(document()->size().height())), 1, kMostLines);
    return { kNarrowest, lines * fontMetrics().lineSpacing() + 2 };
}

void WrappedText::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    updateGeometry();
}

} // namespace nabiz::ui
