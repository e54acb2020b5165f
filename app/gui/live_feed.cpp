// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/live_feed.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace nabiz::app {

namespace {

constexpr int kDrainAfter = 50; // milliseconds: twenty times a second while something comes

enum class Kind { Changed, Rows, Event, Ended, DiskTrouble };

struct Entry {
    Kind kind;
    storage::RunId run = 0;
    std::vector<storage::Row> rows = {};
    storage::Event event = {};
    storage::RunStatus status = {};
    trainer::Message message = {};
    storage::Trouble trouble = {};
};

} // namespace

struct LiveFeed::Buffer {
    std::mutex mutex; // guards all below
    std::vector<Entry> entries;
    LiveFeed* feed = nullptr; // that follows this one
    bool isTold = false; // it will come

    void push(Entry entry)
    {
        std::lock_guard lock(mutex);
        entries.push_back(std::move(entry));
        tell();
    }
    void pushRows(storage::RunId run, std::span<const storage::Row> rows)
    {
        std::lock_guard lock(mutex);
        if (entries.empty() || entries.back().kind != Kind::Rows || entries.back().run != run)
            entries.push_back({ .kind = Kind::Rows, .run = run });
        auto& kept = entries.back().rows;
        kept.insert(kept.end(), rows.begin(), rows.end());
        tell();
    }
    std::vector<Entry> take()
    {
        std::lock_guard lock(mutex);
        isTold = false;
        return std::exchange(entries, {});
    }
    void setFeed(LiveFeed* wanted)
    {
        std::lock_guard lock(mutex);
        feed = wanted;
        if (!entries.empty())
            tell();
    }
    // Under the lock: the feed cannot end meanwhile, and what is queued for it ends with it.
    void tell()
    {
        if (feed && !std::exchange(isTold, true))
            QMetaObject::invokeMethod(feed, [to = feed] { to->m_timer.start(); }, Qt::QueuedConnection);
    }
};

LiveFeed::LiveFeed(ui::RunCatalog& catalog, QObject* parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_metrics(recordedMetrics())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDrainAfter);
    connect(&m_timer, &QTimer::timeout, this, &LiveFeed::drain);
}

LiveFeed::~LiveFeed()
{
    follow(nullptr);
}

LiveFeed::Channel LiveFeed::makeChannel()
{
    const auto buffer = std::make_shared<Buffer>();
    RunListener listener {
        .changed = [buffer](storage::RunId run) { buffer->push({ .kind = Kind::Changed, .run = run }); },
        .rows = [buffer](storage::RunId run, std::span<const storage::Row> rows) { buffer->pushRows(run, rows); },
        .event
        = [buffer](storage::RunId run,
              const storage::Event& event) { buffer->push({ .kind = Kind::Event, .run = run, .event = event }); },
        .ended =
            [buffer](storage::RunId run, storage::RunStatus status, const trainer::Message& failure) {
                buffer->push({ .kind = Kind::Ended, .run = run, .status = status, .message = failure });
            },
        .diskTrouble
        = [buffer](
              const storage::Trouble& trouble) { buffer->push({ .kind = Kind::DiskTrouble, .trouble = trouble }); },
    };
    return { std::move(listener), buffer };
}

void LiveFeed::follow(std::shared_ptr<Buffer> buffer)
{
    if (m_buffer)
        m_buffer->setFeed(nullptr);
    m_buffer = std::move(buffer);
    if (m_buffer)
        m_buffer->setFeed(this);
}

void LiveFeed::drain()
{
    if (!m_buffer)
        return;
    const auto entries = m_buffer->take();
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        switch (entry->kind) {
        case Kind::Changed: {
            // A record that changes again further on is read once.
            const bool again = std::any_of(entry + 1, entries.end(),
                [&](const Entry& other) { return other.kind == Kind::Changed && other.run == entry->run; });
            if (!again)
                Q_EMIT runChanged(entry->run);
            break;
        }
        case Kind::Rows:
            m_catalog.appendRows(entry->run, m_metrics, entry->rows);
            break;
        case Kind::Event:
            m_catalog.appendEvent(entry->run, entry->event);
            break;
        case Kind::Ended:
            Q_EMIT runEnded(entry->run, entry->status, entry->message);
            break;
        case Kind::DiskTrouble:
            Q_EMIT diskTrouble(entry->trouble);
            break;
        }
    }
}

} // namespace nabiz::app
