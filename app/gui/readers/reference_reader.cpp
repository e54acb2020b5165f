// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/readers/reference_reader.h"

#include "app/gui/readers/table_heads.h"
#include "app/interchange/published_page.h"
#include "app/run/current_failure.h"

namespace nabiz::app {

namespace {

constexpr std::size_t kShownLines = 1000; // of each kind

} // namespace

ui::ReferencePreview referencePreview(const QString& page)
{
    ui::ReferencePreview preview;
    preview.page = page;
    try {
        const auto read = readPage(page.toStdString());
        preview.heads = tableHeads(page);
        preview.name = QString::fromStdString(read.title);
        preview.points = static_cast<int>(read.points.size());
        preview.settings = static_cast<int>(read.settings.size());
        preview.memory = static_cast<int>(read.memory.size());
        // What was not understood comes first where a page is too long to be looked through.
        std::size_t missed = 0, others = 0;
        for (const auto& line : read.lines) {
            auto& count = line.kind == LineKind::NotUnderstood ? missed : others;
            if (++count > kShownLines) {
                ++preview.moreLines;
                continue;
            }
            preview.lines.push_back({ line.number, QString::fromStdString(line.text), line.kind == LineKind::Understood,
                line.kind == LineKind::Words, line.said });
        }
    } catch (const PageError& error) {
        preview.failure = error.message();
    } catch (...) {
        preview.failure = currentFailure();
    }
    return preview;
}

void ReferenceReader::read(const QString& page)
{
    m_reader.request<ui::ReferencePreview>([page](std::stop_token) { return referencePreview(page); },
        [this](const ui::ReferencePreview& preview) { Q_EMIT ready(preview); });
}

} // namespace nabiz::app
