// SPDX-License-Identifier: GPL-3.0-or-later
// Makes reports for the window: runs are read and folders written on a thread of its own, charts are drawn on the GUI
// thread, one a turn of its event loop, so that the window stays awake.
#pragma once

#include "app/gui/worker.h"
#include "app/report/report.h"
#include "trainer/config/presets/preset_store.h"
#include "ui/requests/report_request.h"
#include "ui/window/main_window.h"

#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace nabiz::app {

class ReportDesk : public QObject {
    Q_OBJECT
public:
    explicit ReportDesk(const trainer::PresetStore& presets, QObject* parent = nullptr);
    ~ReportDesk() override;

    void setDatabase(const QString& file);
    // A newer preview takes the place of one that is on its way.
    void preview(const ui::ReportRequest& request);
    void save(const ui::ReportRequest& request, const QString& folder);

Q_SIGNALS:
    void previewReady(const nabiz::ui::ReportPreview& preview);
    void previewFailed(const QString& sentence);
    void saved(const QString& folder, const QString& failure); // one of the two is empty
    void wrote(const QList<qint64>& runs, const QString& language, const QString& folder);

private:
    using Pictures = std::map<std::string, std::string>;
    using Drawn = std::function<void(std::shared_ptr<Report>, Pictures)>;

    // Reads and composes on the worker, draws with `draw` on the GUI thread, then calls `drawn` there. Drawing goes on
    // while `wanted` says so.
    void make(const ui::ReportRequest& request, std::function<Pictures(const ReportChart&)> draw,
        std::function<bool()> wanted, Drawn drawn, std::function<void(const QString&)> failed);
    void drawNext(std::shared_ptr<Report> report, std::size_t next, Pictures pictures,
        std::function<Pictures(const ReportChart&)> draw, std::function<bool()> wanted, Drawn drawn);
    // Runs `job` on the worker; what it throws comes to `failed` on the GUI thread, as a sentence.
    void work(std::function<void()> job, std::function<void(const QString&)> failed);

    const trainer::PresetStore& m_presets;
    QString m_file;
    std::uint64_t m_generation = 0;
    Worker m_worker; // last: ends before what its jobs use
};

// What was chosen, the sections by their names, and where the page says it comes from.
ReportChoice choiceOf(const ui::ReportRequest& request, const QString& database);
// A whole preview at once, for a picture of the page. GUI thread.
ui::ReportPreview makePreview(const Report& report);

} // namespace nabiz::app
