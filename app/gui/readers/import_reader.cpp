// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/readers/import_reader.h"

#include "app/interchange/store_formats.h"
#include "app/run/current_failure.h"
#include "storage/exchange/run_archive.h"

#include <QFile>

namespace nabiz::app {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

void look(const FoundStore& store, ui::ImportPreview& preview)
{
    const QString path = QFile::decodeName(store.path.c_str());
    try {
        const auto runs = store.format->open(store.path, store.label)->read(true);
        for (const auto& run : runs) {
            ui::FoundRun found { text(run.name), text(run.source), QFile::decodeName(run.path.c_str()) };
            found.metrics = static_cast<int>(run.series.size());
            for (const auto& series : run.series)
                found.points += static_cast<qint64>(series.points.size());
            preview.runs.push_back(std::move(found));
        }
    } catch (const StoreError& error) {
        preview.skipped.push_back({ text(error.what()), {}, path });
    }
}

void lookArchive(const std::string& file, ui::ImportPreview& preview)
{
    for (const auto& run : storage::runsOfArchive(file))
        preview.runs.push_back({ text(run.name), QStringLiteral("nabiz"), QFile::decodeName(file.c_str()),
            static_cast<qint64>(run.points), static_cast<int>(run.metrics) });
}

} // namespace

ui::ImportPreview importPreview(const QStringList& paths)
{
    ui::ImportPreview preview { .paths = paths };
    try {
        for (const QString& path : paths) {
            const auto file = QFile::encodeName(path).toStdString();
            if (storage::isRunArchive(file))
                lookArchive(file, preview);
            else
                for (const auto& store : findStores(file))
                    look(store, preview);
        }
    } catch (...) {
        preview.failure = currentFailure();
    }
    return preview;
}

void ImportReader::read(const QStringList& paths)
{
    m_reader.request<ui::ImportPreview>([paths](std::stop_token) { return importPreview(paths); },
        [this](const ui::ImportPreview& preview) { Q_EMIT ready(preview); });
}

} // namespace nabiz::app
