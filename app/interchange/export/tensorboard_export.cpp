// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/export/tensorboard_export.h"
#include "app/interchange/export/exported_run.h"
#include "app/interchange/tensorboard/crc32c.h"
#include "trainer/base/output_file.h"
#include "trainer/base/plain_number.h"

#include <protozero/pbf_writer.hpp>

namespace nabiz::app {

using protozero::pbf_writer;

namespace {

template <typename Number> std::string littleEndian(Number number)
{
    std::string bytes;
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes += static_cast<char>(number >> (8 * i) & 0xff);
    return bytes;
}

// Field numbers of event.proto, summary.proto, tensor.proto and TensorBoard's hparams plugin.
class EventFile {
public:
    explicit EventFile(const std::filesystem::path& file)
        : m_file(file)
    {
    }

    void addVersion(double wall)
    {
        begin(wall, 0);
        pbf_writer(m_event).add_string(3, "brain.Event:2");
        write();
    }
    void begin(double wall, std::int64_t step)
    {
        m_event.clear();
        m_summary.clear();
        pbf_writer event(m_event);
        event.add_double(1, wall);
        event.add_int64(2, step);
    }
    void add(const std::string& tag, double value, bool single)
    {
        pbf_writer summary(m_summary);
        pbf_writer one(summary, 1);
        one.add_string(1, tag);
        if (single) {
            one.add_float(2, static_cast<float>(value));
            return;
        }
        {
            pbf_writer tensor(one, 8);
            tensor.add_enum(1, 2); // DT_DOUBLE
            tensor.add_message(2, std::string()); // a scalar
            tensor.add_packed_double(6, &value, &value + 1);
        }
        pbf_writer metadata(one, 9);
        pbf_writer(metadata, 1).add_string(1, "scalars");
        metadata.add_enum(4, 1); // DATA_CLASS_SCALAR
    }
    void addHparams(const std::string& tag, const std::string& content)
    {
        pbf_writer summary(m_summary);
        pbf_writer one(summary, 1);
        one.add_string(1, tag);
        {
            pbf_writer tensor(one, 8); // none
            tensor.add_enum(1, 1);
            tensor.add_message(2, std::string());
        }
        pbf_writer metadata(one, 9);
        pbf_writer plugin(metadata, 1);
        plugin.add_string(1, "hparams");
        plugin.add_bytes(2, content);
    }
    void write()
    {
        if (!m_summary.empty())
            pbf_writer(m_event).add_message(5, m_summary);
        const auto length = littleEndian(static_cast<std::uint64_t>(m_event.size()));
        m_file.write(length + littleEndian(maskedCrc32c(length)) + m_event + littleEndian(maskedCrc32c(m_event)));
    }
    void commit() { m_file.commit(); }

private:
    trainer::OutputFile m_file;
    std::string m_event, m_summary;
};

// google.protobuf.Value
std::string hparamValue(const std::string& text)
{
    std::string value;
    pbf_writer writer(value);
    if (const auto number = trainer::finiteNumber(text))
        writer.add_double(2, *number);
    else if (text == "true" || text == "false")
        writer.add_bool(4, text == "true");
    else
        writer.add_string(3, text);
    return value;
}

std::string sessionStart(const storage::RunStore& store, const storage::Run& run, double started)
{
    std::string all, start;
    pbf_writer writer(start);
    for (const auto& parameter : store.parameters(run.id)) {
        pbf_writer entry(writer, 1);
        entry.add_string(1, parameter.key);
        entry.add_message(2, hparamValue(parameter.value()));
    }
    writer.add_string(4, run.name);
    writer.add_double(5, started);
    pbf_writer(all).add_message(3, start);
    return all;
}

std::string sessionEnd(const storage::Run& run)
{
    constexpr int kUnknown = 0, kSuccess = 1, kFailure = 2, kRunning = 3;
    using enum storage::RunStatus;
    const bool isBad = run.status == Failed || run.status == Diverged || run.status == Interrupted;
    std::string all, end;
    pbf_writer writer(end);
    writer.add_enum(1, run.status == Finished ? kSuccess : isBad ? kFailure : isLive(run.status) ? kRunning : kUnknown);
    writer.add_double(2, static_cast<double>(run.ended.value_or(0)) / 1000);
    pbf_writer(all).add_message(4, end);
    return all;
}

} // namespace

std::int64_t exportTensorboard(
    const storage::RunStore& store, const storage::Run& run, const std::filesystem::path& folder)
{
    const auto metrics = store.metrics(run.id);
    const auto single = singlePrecision(store, run.id, metrics);
    const auto clock = exportClock(run);
    const double zero = clock.at(0);
    // The name that TensorBoard looks for; the same run again is the same file.
    std::string seconds = std::to_string(static_cast<std::int64_t>(zero));
    seconds.insert(0, seconds.size() < 10 ? 10 - seconds.size() : 0, '0');
    EventFile file(folder / ("events.out.tfevents." + seconds + ".nabiz." + std::to_string(run.id) + ".0"));
    file.addVersion(zero);
    file.begin(zero, 0);
    file.addHparams("_hparams_/session_start_info", sessionStart(store, run, zero));
    file.write();
    std::int64_t points = 0;
    store.history(run.id, metrics, [&](const storage::RunStore::HistoryRow& row) {
        file.begin(clock.at(row.time), row.batch);
        const auto before = points;
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            if (row.values[i]) {
                file.add(metrics[i].name, *row.values[i], single[i]);
                ++points;
            }
        }
        if (points > before)
            file.write();
    });
    if (!isLive(run.status)) {
        file.begin(static_cast<double>(run.ended.value_or(run.created)) / 1000, 0);
        file.addHparams("_hparams_/session_end_info", sessionEnd(run));
        file.write();
    }
    file.commit();
    return points;
}

} // namespace nabiz::app
