// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/report_desk.h"

#include "app/gui/settings.h"
#include "app/gui/storage_error_text.h"
#include "app/report/report_charts.h"
#include "app/report/report_error.h"
#include "app/report/report_folder.h"
#include "app/run/current_failure.h"
#include "app/run/environment.h"
#include "ui/pages/report/report_page.h"
#include "ui/text/message_text.h"

#include <QTimer>

#include <algorithm>

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

// Runs `job` and answers with what it throws, as a sentence.
void orFail(
    const OrderedReader::Answer& answer, const std::function<void(const QString&)>& failed, std::function<void()> job)
{
    try {
        job();
    } catch (const storage::StorageError& error) {
        answer([failed, error] { failed(text(error)); });
    } catch (...) {
        answer([failed, failure = currentFailure()] { failed(ui::text(failure)); });
    }
}

} // namespace

ReportChoice choiceOf(const ui::ReportRequest& request, const QString& database)
{
    ReportChoice choice { .database = shownPath(database.toStdString()),
        .version = nabizVersion(),
        .title = request.title.simplified().toStdString(),
        .look = request.look };
    choice.sections.clear();
    for (const ui::PanelLayout& layout : request.panels)
        for (const ui::PanelRow& row : layout.rows)
            for (const ui::PanelSpec& panel : row.panels)
                if (panel.kind.isEmpty() && std::ranges::find(choice.panels, panel) == choice.panels.end())
                    choice.panels.push_back(panel);
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

void ReportDesk::serve(ui::ReportPage& page, Settings& settings)
{
    page.setDefaults(settings.text(Setting::ReportLanguage), settings.text(Setting::ReportFolder));
    connect(&page, &ui::ReportPage::previewWanted, this, [this, &settings](const ui::ReportRequest& request) {
        settings.set(Setting::ReportLanguage, request.language);
        if (!request.runs.isEmpty())
            preview(request);
    });
    connect(&page, &ui::ReportPage::saveRequested, this,
        [this, &settings](const ui::ReportRequest& request, const QString& folder) {
            settings.set(Setting::ReportFolder, folder);
            save(request, folder);
        });
    connect(this, &ReportDesk::previewReady, &page, &ui::ReportPage::setPreview);
    connect(this, &ReportDesk::saved, &page, &ui::ReportPage::setSaved);
}

void ReportDesk::setDatabase(const QString& file)
{
    m_file = file;
    m_previews.restart();
}

void ReportDesk::make(OrderedReader& reader, const ui::ReportRequest& request, const Making& making)
{
    const std::vector<storage::RunId> ids(request.runs.begin(), request.runs.end());
    reader.post([=, this, file = m_file.toStdString(), language = request.language.toStdString(),
                    choice = choiceOf(request, m_file)](const Answer& answer) {
        orFail(answer, making.failed, [&] {
            const storage::RunStore store(file);
            auto report = std::make_shared<Report>(
                makeReport(readRuns(store, m_presets, ids, choice.look.metric.toStdString(), choice.panels),
                    ReportText(language), choice));
            answer([=, this] { drawNext(report, 0, {}, making, answer); });
        });
    });
}

void ReportDesk::drawNext(
    std::shared_ptr<Report> report, std::size_t next, Pictures pictures, const Making& making, const Answer& answer)
{
    if (!answer.isWanted())
        return;
    if (next == report->charts.size()) {
        making.drawn(report, std::move(pictures));
        return;
    }
    pictures.merge(making.draw(report->charts[next]));
    QTimer::singleShot(
        0, this, [=, this, pictures = std::move(pictures)] { drawNext(report, next + 1, pictures, making, answer); });
}

void ReportDesk::preview(const ui::ReportRequest& request)
{
    m_previews.restart();
    make(m_previews, request,
        { pngOf,
            [this](const std::shared_ptr<Report>& report, const Pictures& pictures) {
                Q_EMIT previewReady(previewOf(*report, pictures));
            },
            [this](const QString& sentence) { Q_EMIT previewFailed(sentence); } });
}

void ReportDesk::save(const ui::ReportRequest& request, const QString& folder)
{
    make(m_saves, request,
        { drawChart,
            [=, this](const std::shared_ptr<Report>& report, const Pictures& pictures) {
                write(request, folder, report, pictures);
            },
            [this](const QString& sentence) { Q_EMIT saved({}, sentence); } });
}

void ReportDesk::write(
    const ui::ReportRequest& request, const QString& folder, std::shared_ptr<Report> report, Pictures pictures)
{
    const auto failed = [this](const QString& sentence) { Q_EMIT saved({}, sentence); };
    m_saves.post([=, this, file = m_file.toStdString()](const Answer& answer) {
        orFail(answer, failed, [&] {
            const storage::RunStore store(file);
            const auto written
                = QString::fromStdString(writeReport(*report, pictures, store, folder.toStdString()).string());
            answer([=, this] {
                Q_EMIT wrote(request.runs, request.language, written);
                Q_EMIT saved(written, {});
            });
        });
    });
}

} // namespace nabiz::app
