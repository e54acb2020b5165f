// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_view.h"

#include "ui/theme/theme.h"

#include <QDesktopServices>
#include <QEvent>
#include <QImage>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextTable>

#include <algorithm>
#include <vector>

namespace nabiz::ui {

namespace {

constexpr int kPageMargin = 32;
constexpr const char* kFold = "fold"; // scheme of the links that fold and unfold
constexpr double kPictureScale = 2; // reports carry their PNG at twice the size

void formatTable(QTextTable* table)
{
    const ThemeColors& colors = Theme::colors();
    QTextTableFormat format = table->format();
    format.setBorder(0);
    format.setCellPadding(5);
    format.setCellSpacing(0);
    format.setTopMargin(4);
    format.setBottomMargin(12);
    table->setFormat(format);
    for (int row = 0; row < table->rows(); ++row) {
        for (int column = 0; column < table->columns(); ++column) {
            QTextTableCell cell = table->cellAt(row, column);
            QTextTableCellFormat cellFormat = cell.format().toTableCellFormat();
            cellFormat.setBottomBorder(1);
            cellFormat.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            cellFormat.setBottomBorderBrush(colors.line);
            cellFormat.setRightPadding(16);
            cell.setFormat(cellFormat);
            if (row == 0 && table->rows() > 1) { // the head stands over its column
                QTextCursor head = cell.firstCursorPosition();
                QTextBlockFormat format = head.blockFormat();
                format.setAlignment(table->cellAt(1, column).firstCursorPosition().blockFormat().alignment());
                head.setBlockFormat(format);
            }
        }
    }
}

} // namespace

ReportView::ReportView(QWidget* parent)
    : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("reportView"));
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    // Always there: a bar that comes and goes while the text is laid out changes the width it is laid out for.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    document()->setDocumentMargin(kPageMargin);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        static const QStringList outside { QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("mailto") };
        if (outside.contains(link.scheme()))
            QDesktopServices::openUrl(link);
        if (link.scheme() != QLatin1String(kFold))
            return;
        const int fold = link.path().toInt();
        if (m_open.erase(fold) == 0)
            m_open.insert(fold);
        const int scrolled = verticalScrollBar()->value();
        layOut();
        verticalScrollBar()->setValue(scrolled);
    });
}

// Folds may hold folds; what stands in a fenced block is text.
QString ReportView::folded() const
{
    static const QRegularExpression markup(QStringLiteral("([\\\\`*_\\[\\]])"));
    const QLatin1String begin("<details><summary>"), end("</summary>");
    QString page, fence;
    std::vector<bool> seen { true };
    int fold = 0;
    for (const QString& line : m_preview.markdown.split(u'\n')) {
        if (fence.isEmpty() && line.startsWith(begin) && line.endsWith(end)) {
            const int number = fold++;
            const bool open = m_open.contains(number);
            QString title = line.mid(begin.size(), line.size() - begin.size() - end.size());
            title.replace(markup, QStringLiteral("\\\\1"));
            if (seen.back())
                page += QStringLiteral("[%1 ").arg(QChar(open ? u'▾' : u'▸')) + title
                    + QStringLiteral("](%1:%2)\n").arg(QLatin1String(kFold)).arg(number);
            seen.push_back(seen.back() && open);
            continue;
        }
        if (fence.isEmpty() && line == QLatin1String("</details>") && seen.size() > 1) {
            seen.pop_back();
            continue;
        }
        if (fence.isEmpty() && line.startsWith(QLatin1String("```")))
            fence = line.left(line.indexOf(QRegularExpression(QStringLiteral("[^`]|$"))));
        else if (line == fence)
            fence.clear();
        if (seen.back())
            page += line + u'\n';
    }
    return page;
}

void ReportView::showReport(const ReportPreview& preview)
{
    m_preview = preview;
    const int scrolled = verticalScrollBar()->value();
    layOut();
    verticalScrollBar()->setValue(scrolled);
}

void ReportView::layOut()
{
    m_shownWidth = viewport()->width();
    setMarkdown(folded());
    document()->setDocumentMargin(kPageMargin);
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        cursor.setPosition(block.position());
        QTextBlockFormat format = block.blockFormat();
        if (!block.text().contains(QChar::ObjectReplacementCharacter)) // a picture keeps its own height
            format.setLineHeight(130, QTextBlockFormat::ProportionalHeight);
        format.setNonBreakableLines(false); // long lines of code wrap: a page has no width of its own
        if (level > 0) {
            format.setTopMargin(level == 1 ? 0 : 14);
            format.setBottomMargin(6);
            cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
            QTextCharFormat characters;
            characters.setProperty(QTextFormat::FontSizeAdjustment, level == 1 ? 3 : 1);
            characters.setFontWeight(QFont::DemiBold);
            cursor.mergeCharFormat(characters);
        }
        if (!cursor.currentTable())
            cursor.setBlockFormat(format);
    }
    for (QTextFrame* frame : document()->rootFrame()->childFrames()) {
        if (auto* table = qobject_cast<QTextTable*>(frame))
            formatTable(table);
    }
    cursor.endEditBlock();
}

QVariant ReportView::loadResource(int type, const QUrl& name)
{
    const auto found = m_preview.images.find(QUrl::fromPercentEncoding(name.toEncoded()));
    if (type != QTextDocument::ImageResource || found == m_preview.images.end())
        return {}; // nothing is fetched from elsewhere
    QImage image = QImage::fromData(found->second);
    if (image.isNull())
        return {};
    // Sharp on this screen, and no wider than the page.
    const double natural = image.width() / kPictureScale;
    const double room = std::max(200, viewport()->width() - 2 * kPageMargin - 8);
    const double ratio = devicePixelRatioF();
    const int pixels = static_cast<int>(std::min(natural, room) * ratio);
    if (pixels != image.width())
        image = image.scaledToWidth(pixels, Qt::SmoothTransformation);
    image.setDevicePixelRatio(ratio);
    return image;
}

void ReportView::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    // Afterwards, since a text that is laid out resizes its view, too.
    QMetaObject::invokeMethod(this, &ReportView::fitWidth, Qt::QueuedConnection);
}

void ReportView::fitWidth()
{
    if (std::abs(viewport()->width() - m_shownWidth) > 8 && !m_preview.markdown.isEmpty())
        layOut();
}

void ReportView::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_preview.markdown.isEmpty())
        layOut();
}

} // namespace nabiz::ui
