// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/yaml_editor.h"

#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace nabiz::ui {

namespace {

class Gutter : public QWidget {
public:
    explicit Gutter(YamlEditor* editor)
        : QWidget(editor)
        , m_editor(editor)
    {
    }
    QSize sizeHint() const override { return { m_editor->gutterWidth(), 0 }; }

protected:
    void paintEvent(QPaintEvent* event) override { m_editor->paintGutter(event); }

private:
    YamlEditor* m_editor;
};

class YamlHighlighter : public QSyntaxHighlighter {
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString& text) override
    {
        static const QRegularExpression key(QStringLiteral("^\\s*([A-Za-z_][\\w.]*)\\s*:"));
        static const QRegularExpression comment(QStringLiteral("(^|\\s)#.*$"));
        const ThemeColors& colors = Theme::colors();
        if (const auto match = key.match(text); match.hasMatch())
            setFormat(
                static_cast<int>(match.capturedStart(1)), static_cast<int>(match.capturedLength(1)), colors.accent);
        if (const auto match = comment.match(text); match.hasMatch())
            setFormat(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()), colors.dim);
    }
};

} // namespace

YamlEditor::YamlEditor(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_gutter(new Gutter(this))
    , m_highlighter(new YamlHighlighter(document()))
{
    setFont(Theme::monoFont());
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setUndoRedoEnabled(false); // the page's undo stack has every edit
    connect(this, &QPlainTextEdit::blockCountChanged, this, &YamlEditor::placeGutter);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    placeGutter();
}

void YamlEditor::showText(const QString& text)
{
    const QString before = toPlainText();
    if (text == before)
        return;
    // Only what differs is replaced, so that the cursor and the scroll bars stay.
    qsizetype head = 0;
    const qsizetype shortest = std::min(before.size(), text.size());
    while (head < shortest && before[head] == text[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shortest - head && before[before.size() - 1 - tail] == text[text.size() - 1 - tail])
        ++tail;
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(head));
    cursor.setPosition(static_cast<int>(before.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(head, text.size() - head - tail));
}

void YamlEditor::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    underline();
    m_gutter->update();
}

void YamlEditor::goToLine(int line)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid())
        return;
    setTextCursor(QTextCursor(block));
    centerCursor();
    setFocus();
}

int YamlEditor::gutterWidth() const
{
    const auto digits = QString::number(std::max(99, blockCount())).size();
    return fontMetrics().horizontalAdvance(u'9') * static_cast<int>(digits) + 34;
}

void YamlEditor::paintGutter(QPaintEvent* event)
{
    const ThemeColors& colors = Theme::colors();
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), colors.panel);
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    while (block.isValid()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > event->rect().bottom())
            break;
        const int line = block.blockNumber() + 1;
        const auto mark
            = std::find_if(m_marks.begin(), m_marks.end(), [line](const Mark& m) { return m.line == line; });
        const bool marked = mark != m_marks.end();
        painter.setPen(!marked ? colors.dim : mark->isError ? colors.bad : colors.warn);
        painter.drawText(QRectF(0, rect.top(), m_gutter->width() - 12, fontMetrics().height()),
            Qt::AlignRight | Qt::AlignVCenter, marked ? QStringLiteral("! %1").arg(line) : QString::number(line));
        block = block.next();
    }
}

void YamlEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void YamlEditor::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        if (m_highlighter)
            m_highlighter->rehighlight();
        underline();
    }
}

bool YamlEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            key->ignore(); // the page's undo stack has every edit; the editor would take the key and do nothing
            return true;
        }
    }
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int line = cursorForPosition(viewport()->mapFromGlobal(help->globalPos())).blockNumber() + 1;
    QString sentence;
    for (const Mark& mark : m_marks)
        if (mark.line == line)
            sentence += (sentence.isEmpty() ? QString() : QStringLiteral("\n")) + mark.sentence;
    QToolTip::showText(help->globalPos(), sentence, this);
    return true;
}

void YamlEditor::underline()
{
    QList<QTextEdit::ExtraSelection> selections;
    for (const Mark& mark : m_marks) {
        const QTextBlock block = document()->findBlockByNumber(mark.line - 1);
        if (!block.isValid())
            continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(block);
        const int start = mark.column > 0 && mark.column <= block.length() - 1 ? mark.column - 1 : 0;
        selection.cursor.setPosition(block.position() + start);
        selection.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(mark.isError ? Theme::colors().bad : Theme::colors().warn);
        selections.push_back(selection);
    }
    setExtraSelections(selections);
}

void YamlEditor::placeGutter()
{
    setViewportMargins(gutterWidth(), 0, 0, 0);
    const QRect rect = contentsRect();
    m_gutter->setGeometry(rect.left(), rect.top(), gutterWidth(), rect.height());
}

} // namespace nabiz::ui
