// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the database for the window on a thread of its own, with a connection of its own: all runs when it is opened,
// single runs and details when asked for, and once a second what has changed, other programs' runs included. Signals
// come on the GUI thread; what was asked of an earlier database is dropped.
#pragma once

#include "app/gui/readers/ordered_reader.h"
#include "storage/run_store.h"
#include "ui/models/run_reasons.h"
#include "ui/models/run_series.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace nabiz::app {

class Library : public QObject {
    Q_OBJECT
public:
    explicit Library(QObject* parent = nullptr);
    ~Library() override;

    void open(const QString& file);
    void loadRuns(const QList<qint64>& runs);
    // Curves of very long runs as previews; their points by loadSeries.
    void loadDetail(storage::RunId run);
    void loadSeries(storage::RunId run, const std::string& metric);

Q_SIGNALS:
    // Of runs that are loaded next: why they ended, in words that can be translated.
    void reasonsLoaded(const nabiz::ui::RunReasons::Sentences& sentences);
    void runsLoaded(const std::vector<nabiz::storage::RunOverview>& runs);
    void runLoaded(const nabiz::storage::RunOverview& run); // new, or changed
    void runGone(qint64 run); // deleted, or in the trash
    void parametersLoaded(const nabiz::storage::ParameterTable& table); // of all runs, or of one that changed
    void trashLoaded(const std::vector<nabiz::storage::TrashedRun>& trash);
    void detailLoaded(const nabiz::storage::RunDetail& detail);
    void seriesLoaded(qint64 run, const std::shared_ptr<nabiz::ui::RunSeries>& whole);
    void checkpointsLoaded(qint64 run, const std::vector<nabiz::storage::Checkpoint>& checkpoints); // of a live run
    // The file was moved, deleted or replaced, or is back. What was read of it can still be read.
    void placeChanged();
    void failed(const QString& sentence);

private:
    struct Reader; // what its thread has, and no other
    using Answer = OrderedReader::Answer;

    void deliverCheckpoints(Reader& reader, const Answer& answer, storage::RunId run);
    template <typename Value>
    void deliver(const Answer& answer, void (Library::*signal)(Value), std::remove_cvref_t<Value> value);
    // Delivers its failure, too.
    void read(std::function<void(Reader&, const Answer&)> job);
    // New or changed, with its parameters.
    void deliverRun(Reader& reader, const Answer& answer, storage::RunOverview run);
    void loadTrash(Reader& reader, const Answer& answer);
    void look();
    void lookFor(Reader& reader, const Answer& answer);
    void lookAtPlace(Reader& reader, const Answer& answer);

    QTimer m_timer;
    bool m_looking = false;
    std::shared_ptr<Reader> m_reader;
    OrderedReader m_readings; // last: ends before what it uses
};

} // namespace nabiz::app
