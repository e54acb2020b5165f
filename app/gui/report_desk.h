// SPDX-License-Identifier: GPL-3.0-or-later
// Makes reports for the window: runs are read and folders written on threads of its own, charts are drawn on the GUI
// thread, one a turn of its event loop, so that the window stays awake.
#pragma once

#include "app/gui/readers/ordered_reader.h"
#include "app/report/report.h"
#include "trainer/config/presets/preset_store.h"
#include "ui/requests/report_preview.h"
#include "ui/requests/report_request.h"

#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace nabiz::ui {
class ReportPage;
}

namespace nabiz::app {

class Settings;

class ReportDesk : public QObject {
    Q_OBJECT
public:
    explicit ReportDesk(const trainer::PresetStore& presets, QObject* parent = nullptr);
    ~ReportDesk() override;

    // Makes what the page wants; what is chosen there is kept in the settings.
    void serve(ui::ReportPage& page, Settings& settings);
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
    using Answer = OrderedReader::Answer;
    using Pictures = std::map<std::string, std::string>;
    using Failed = std::function<void(const QString&)>;
    // One that is wanted: how its charts are drawn, and what becomes of it. GUI thread.
    struct Making {
        std::function<Pictures(const ReportChart&)> draw;
        std::function<void(std::shared_ptr<Report>, Pictures)> drawn;
        Failed failed;
    };

    // Reads and composes on the reader's thread, and draws while the answer is wanted.
    void make(OrderedReader& reader, const ui::ReportRequest& request, const Making& making);
    void drawNext(std::shared_ptr<Report> report, std::size_t next, Pictures pictures, const Making& making,
        const Answer& answer);
    void write(
        const ui::ReportRequest& request, const QString& folder, std::shared_ptr<Report> report, Pictures pictures);

    const trainer::PresetStore& m_presets;
    QString m_file;
    OrderedReader m_previews; // last, with the next: they end before what they use
    OrderedReader m_saves; // each is wanted
};

// What was chosen, the sections by their names, and where the page says it comes from.
ReportChoice choiceOf(const ui::ReportRequest& request, const QString& database);
// A whole preview at once, for a picture of the page. GUI thread.
ui::ReportPreview makePreview(const Report& report);

} // namespace nabiz::app
