// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/report_desk.h"

#include "app/gui/storage_error_text.h"
#include "app/report/report_charts.h"
#include "app/report/report_error.h"
#include "app/report/report_folder.h"
#include "app/run/current_failure.h"
#include "app/run/environment.h"
#include "ui/text/message_text.h"

#include <QTimer>

namespace nabiz::app {

namespace {

ui::ReportPreview previewOf(const Report& report, const std::map<std::string, std::string>& pictures)
{
    ui::ReportPreview preview;
    preview.markdown = QString::fromStdString(report.markdown);
    for (const auto& [path, bytes] : pictures)
        preview.images[QString::fromStdString(path)] = QByteArray::fromStdString(bytes);
    for (const auto& file : report.files())
        preview.files << QString::fromStdString(report.name + "/" + file);
    return preview;
}

std::map<std::string, std::string> pngOf(const ReportChart& chart)
{
    return { { chart.path + ".png", drawPreview(chart).toStdString() } };
}

} // namespace

ReportChoice choiceOf(const ui::ReportRequest& request, const QString& database)
{
    ReportChoice choice { .database = shownPath(database.toStdString()),
        .version = nabizVersion(),
        .title = request.title.simplified().toStdString(),
        .look = request.look };
    choice.sections.clear();
    for (const auto& name : request.sections) {
        if (const auto section = sectionCalled(name.toStdString()))
            choice.sections.insert(*section);
    }
    return choice;
}

ui::ReportPreview makePreview(const Report& report)
{
    std::map<std::string, std::string> pictures;
    for (const auto& chart : report.charts)
        pictures.merge(pngOf(chart));
    return previewOf(report, pictures);
}

ReportDesk::ReportDesk(const trainer::PresetStore& presets, QObject* parent)
    : QObject(parent)
    , m_presets(presets)
{
}

ReportDesk::~ReportDesk() = default;

void ReportDesk::setDatabase(const QString& file)
{
    m_file = file;
    ++m_generation;
}

void ReportDesk::work(std::function<void()> job, std::function<void(const QString&)> failed)
{
    m_worker.post([this, job = std::move(job), failed = std::move(failed)] {
        const auto tell = [&](std::function<QString()> sentence) {
            QMetaObject::invokeMethod(this, [failed, sentence] { failed(sentence()); }, Qt::QueuedConnection);
        };
        try {
            job();
        } catch (const storage::StorageError& error) {
            tell([error] { return text(error); });
        } catch (...) {
            tell([failure = currentFailure()] { return ui::text(failure); });
        }
    });
}

void ReportDesk::make(const ui::ReportRequest& request, std::function<Pictures(const ReportChart&)> draw,
    std::function<bool()> wanted, Drawn drawn, std::function<void(const QString&)> failed)
{
    const std::vector<storage::RunId> ids(request.runs.begin(), request.runs.end());
    const auto read = [=, this, file = m_file.toStdString(), language = request.language.toStdString(),
                          choice = choiceOf(request, m_file)] {
        const storage::RunStore store(file);
        auto report = std::make_shared<Report>(makeReport(
            readRuns(store, m_presets, ids, choice.look.metric.toStdString()), ReportText(language), choice));
        QMetaObject::invokeMethod(
            this, [=, this] { drawNext(report, 0, {}, draw, wanted, drawn); }, Qt::QueuedConnection);
    };
    work(read, std::move(failed));
}

void ReportDesk::drawNext(std::shared_ptr<Report> report, std::size_t next, Pictures pictures,
    std::function<Pictures(const ReportChart&)> draw, std::function<bool()> wanted, Drawn drawn)
{
    if (!wanted())
        return;
    if (next == report->charts.size()) {
        drawn(report, std::move(pictures));
        return;
    }
    pictures.merge(draw(report->charts[next]));
    QTimer::singleShot(0, this,
        [=, this, pictures = std::move(pictures)] { drawNext(report, next + 1, pictures, draw, wanted, drawn); });
}

void ReportDesk::preview(const ui::ReportRequest& request)
{
    const auto generation = ++m_generation;
    const auto wanted = [this, generation] { return generation == m_generation; };
    make(
        request, pngOf, wanted,
        [this](const std::shared_ptr<Report>& report, const Pictures& pictures) {
            Q_EMIT previewReady(previewOf(*report, pictures));
        },
        [this, wanted](const QString& sentence) {
            if (wanted())
                Q_EMIT previewFailed(sentence);
        });
}

void ReportDesk::save(const ui::ReportRequest& request, const QString& folder)
{
    const auto failed = [this](const QString& sentence) { Q_EMIT saved({}, sentence); };
    const auto write
        = [=, this, file = m_file.toStdString()](const std::shared_ptr<Report>& report, const Pictures& pictures) {
              work(
                  [=, this] {
                      const storage::RunStore store(file);
                      const auto written = writeReport(*report, pictures, store, folder.toStdString());
                      QMetaObject::invokeMethod(
                          this,
                          [=, this] {
                              Q_EMIT wrote(request.runs, request.language, QString::fromStdString(written.string()));
                              Q_EMIT saved(QString::fromStdString(written.string()), {});
                          },
                          Qt::QueuedConnection);
                  },
                  failed);
          };
    make(request, drawChart, [] { return true; }, write, failed);
}

} // namespace nabiz::app
