// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/library.h"

#include "app/gui/readers/reason_reader.h"
#include "app/gui/storage_error_text.h"
#include "app/run/trail.h"
#include "storage/recording/take_in.h"

#include <QElapsedTimer>
#include <algorithm>
#include <set>
#include <sys/stat.h>

namespace nabiz::app {

namespace {

constexpr int kLookEvery = 1000; // milliseconds

// Changes whenever somebody commits: in WAL mode that writes the file or the log beside it.
std::string stamp(const std::string& file)
{
    std::string result;
    for (const auto& path : { file, file + "-wal" }) {
        struct stat status { };
        if (::stat(path.c_str(), &status) == 0)
            result += std::to_string(status.st_size) + ':' + std::to_string(status.st_mtim.tv_sec) + ':'
                + std::to_string(status.st_mtim.tv_nsec) + ':' + std::to_string(status.st_ino) + ' ';
    }
    return result;
}

// Which file lies there; not opened, since that would take this process's locks away.
std::pair<dev_t, ino_t> identity(const std::string& file)
{
    struct stat status { };
    if (::stat(file.c_str(), &status) != 0)
        return {};
    return { status.st_dev, status.st_ino };
}

bool same(const storage::RunOverview& a, const storage::RunOverview& b)
{
    const auto values = [](const storage::RunOverview& item) {
        return std::tie(item.run.name, item.run.status, item.run.note, item.run.starred, item.run.texts, item.run.why,
            item.run.failure, item.run.started, item.run.ended, item.run.plannedBatches, item.run.tags, item.run.facts,
            item.summary.batches, item.summary.steps, item.summary.seconds, item.summary.lastValLoss);
    };
    return values(a) == values(b);
}

} // namespace

struct Library::Reader {
    std::string file;
    std::optional<storage::RunStore> store;
    std::map<storage::RunId, storage::RunOverview> known;
    std::vector<storage::RunId> trash;
    std::string stamp;
    std::pair<dev_t, ino_t> identity {};
    bool isThere = true;
    QElapsedTimer sinceLook;
    qint64 pause = kLookEvery; // at least ten times what the last look took
};

Library::Library(QObject* parent)
    : QObject(parent)
    , m_reader(std::make_shared<Reader>())
{
    m_timer.setInterval(kLookEvery);
    connect(&m_timer, &QTimer::timeout, this, &Library::look);
}

Library::~Library() = default;

template <typename Value>
void Library::deliver(const Answer& answer, void (Library::*signal)(Value), std::remove_cvref_t<Value> value)
{
    answer([this, signal, value = std::move(value)] { Q_EMIT(this->*signal)(value); });
}

void Library::read(std::function<void(Reader&, const Answer&)> job)
{
    m_readings.post([this, reader = m_reader, job = std::move(job)](const Answer& answer) {
        try {
            job(*reader, answer);
        } catch (const storage::StorageError& error) {
            answer([this, error] { Q_EMIT failed(text(error)); });
        }
    });
}

void Library::open(const QString& file)
{
    m_readings.restart();
    m_looking = false;
    m_reader = std::make_shared<Reader>();
    m_reader->file = file.toStdString();
    m_timer.start();
    read([this](Reader& reader, const Answer& answer) {
        reader.stamp = stamp(reader.file);
        reader.identity = identity(reader.file);
        reader.store.emplace(reader.file);
        if (const auto& waiting = reader.store->opened().waiting; !waiting.empty())
            deliver(answer, &Library::failed, QString::fromStdString(waiting));
        auto runs = reader.store->runs();
        for (const auto& run : runs)
            reader.known[run.run.id] = run;
        reader.sinceLook.start();
        deliver(answer, &Library::reasonsLoaded, readReasons(*reader.store, runs));
        deliver(answer, &Library::runsLoaded, std::move(runs));
        deliver(answer, &Library::parametersLoaded, reader.store->parameterTable());
        loadTrash(reader, answer);
    });
}

void Library::deliverRun(Reader& reader, const Answer& answer, storage::RunOverview run)
{
    auto& known = reader.known[run.run.id];
    // What is applied comes when the run is prepared.
    const bool isPrepared = known.run.status != run.run.status || known.run.id == 0;
    known = run;
    if (auto reasons = readReasons(*reader.store, { &known, 1 }); !reasons.empty())
        deliver(answer, &Library::reasonsLoaded, std::move(reasons));
    deliver(answer, &Library::runLoaded, std::move(run));
    if (isPrepared)
        deliver(answer, &Library::parametersLoaded, reader.store->parameterTable(known.run.id));
}

// They change while it runs, and its detail is read only at its ends.
void Library::deliverCheckpoints(Reader& reader, const Answer& answer, storage::RunId run)
{
    answer([this, run, checkpoints = reader.store->checkpoints(run)] { Q_EMIT checkpointsLoaded(run, checkpoints); });
}

void Library::loadTrash(Reader& reader, const Answer& answer)
{
    auto ids = reader.store->trashedIds();
    if (ids == reader.trash)
        return;
    reader.trash = std::move(ids);
    deliver(answer, &Library::trashLoaded, reader.store->trash());
}

void Library::loadRuns(const QList<qint64>& runs)
{
    read([this, runs](Reader& reader, const Answer& answer) {
        if (!reader.store)
            return;
        for (const auto run : runs) {
            auto overview = reader.store->run(run);
            if (overview && !overview->run.deleted) {
                const bool isLive = storage::isLive(overview->run.status);
                deliverRun(reader, answer, std::move(*overview));
                if (isLive)
                    deliverCheckpoints(reader, answer, run);
            } else {
                reader.known.erase(run);
                deliver(answer, &Library::runGone, run);
            }
        }
        loadTrash(reader, answer);
    });
}

void Library::loadDetail(storage::RunId run)
{
    read([this, run](Reader& reader, const Answer& answer) {
        if (!reader.store)
            return;
        if (auto detail = reader.store->outline(run))
            deliver(answer, &Library::detailLoaded, std::move(*detail));
    });
}

// The extremes over ten million points are made here, not on the GUI thread.
void Library::loadSeries(storage::RunId run, const std::string& metric)
{
    read([this, run, metric](Reader& reader, const Answer& answer) {
        auto packed = reader.store ? reader.store->packed(run, metric) : std::nullopt;
        if (!packed)
            return;
        if (!packed->note.empty())
            leaveTrail(run, packed->note);
        answer([this, run, whole = std::make_shared<ui::RunSeries>(std::move(*packed))] {
            Q_EMIT seriesLoaded(run, whole);
        });
    });
}

void Library::look()
{
    if (m_looking)
        return;
    m_looking = true;
    read([this](Reader& reader, const Answer& answer) {
        // Whatever comes of it, the next look may be asked for.
        answer([this] { m_looking = false; });
        lookFor(reader, answer);
    });
}

void Library::lookAtPlace(Reader& reader, const Answer& answer)
{
    const bool isThere = identity(reader.file) == reader.identity;
    if (std::exchange(reader.isThere, isThere) == isThere)
        return;
    answer([this] { Q_EMIT placeChanged(); });
}

void Library::lookFor(Reader& reader, const Answer& answer)
{
    if (!reader.store || reader.sinceLook.elapsed() < reader.pause)
        return;
    lookAtPlace(reader, answer);
    if (reader.isThere)
        storage::takeIn(reader.file); // what another program has set aside since
    // A process that ends on its own leaves no trace in the file.
    const bool isLive = std::any_of(reader.known.begin(), reader.known.end(),
        [](const auto& known) { return storage::isLive(known.second.run.status); });
    const auto now = stamp(reader.file);
    if (now == reader.stamp && !isLive)
        return;
    reader.stamp = now;
    reader.sinceLook.start();
    std::set<storage::RunId> present;
    for (auto& run : reader.store->runs()) {
        present.insert(run.run.id);
        const auto known = reader.known.find(run.run.id);
        if (known != reader.known.end() && same(known->second, run))
            continue;
        deliverRun(reader, answer, std::move(run));
    }
    loadTrash(reader, answer);
    for (auto known = reader.known.begin(); known != reader.known.end();) {
        if (present.contains(known->first)) {
            ++known;
            continue;
        }
        deliver(answer, &Library::runGone, known->first);
        known = reader.known.erase(known);
    }
    reader.pause = std::max<qint64>(kLookEvery * 9 / 10, 10 * reader.sinceLook.elapsed());
}

} // namespace nabiz::app
