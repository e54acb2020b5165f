// SPDX-License-Identifier: GPL-3.0-or-later
// How long a run will take, by what was measured of runs like it.
#include "app/run/environment.h"
#include "app/run/run_record.h"
#include "app/run/speed_forecast.h"
#include "storage/recording/recorder.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace nabiz;

class TestSpeedForecast : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsRunsOfTheSameSettings();
    void countsWhatIsBetweenBatches();

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_file;
    // A finished run of ten batches, `seconds` each.
    void measure(const trainer::Config& config, double seconds, const std::string& host = {})
    {
        storage::Recorder recorder(m_file);
        storage::Run run { .name = "m" };
        run.facts = app::environmentFacts();
        if (!host.empty())
            run.facts["host"] = host;
        const auto id = recorder.addRun(run, app::declaredParameters(config));
        const auto stream = recorder.openStream(id, { { .name = "loss" } });
        const std::uint16_t metric = 0;
        for (int batch = 0; batch < 10; ++batch) {
            const double loss = 1;
            stream->append(batch, seconds * (batch + 1), { &metric, 1 }, { &loss, 1 });
        }
        recorder.closeStream(id);
        recorder.setStatus(id, storage::RunStatus::Finished);
        recorder.flush();
    }
    std::optional<double> seconds(const trainer::Config& config) const
    {
        return app::speedForecast(storage::RunStore(m_file)).seconds(config);
    }
};

void TestSpeedForecast::knowsRunsOfTheSameSettings()
{
    m_file = m_folder.filePath("nabiz.db").toStdString();
    trainer::Config config;
    config.set("training.max_steps", trainer::Value(std::int64_t(100)));
    config.set("training.gradient_accumulation_steps", trainer::Value(std::int64_t(2)));
    auto larger = config;
    larger.set("training.batch_size", trainer::Value(std::int64_t(64)));
    measure(larger, 8);
    measure(config, 100, "another machine");
    QCOMPARE(seconds(config), std::nullopt);
    measure(config, 0.5);
    QCOMPARE(seconds(config), std::optional(100.0));
    QCOMPARE(seconds(larger), std::optional(1600.0));
    // What a batch does not take longer by.
    config.set("training.seed", trainer::Value(std::int64_t(7)));
    config.set("training.learning_rate", trainer::Value(0.5));
    config.set("training.max_steps", trainer::Value(std::int64_t(10)));
    QCOMPARE(seconds(config), std::optional(10.0));
    measure(config, 0.25);
    measure(config, 0.25); // the median of the three
    QCOMPARE(seconds(config), std::optional(5.0));
    // One that has begun goes by its own speed.
    const storage::RunStore store(m_file);
    const trainer::SpeedForecast forecast = app::speedForecast(store);
    QCOMPARE(forecast.secondsLeft(config, 0, 0, 0), std::optional(5.0));
    QCOMPARE(forecast.secondsLeft(config, 20, 10, 20), std::optional(20.0));
}

// What is done between batches takes time, too: of the same settings all of it counts, of others the batch alone.
void TestSpeedForecast::countsWhatIsBetweenBatches()
{
    trainer::Config config;
    const auto run = [&](std::map<std::string, std::string> own) {
        return trainer::MeasuredRun { [config, own](const std::string& key) {
                                         const auto found = own.find(key);
                                         return found != own.end()         ? found->second
                                             : trainer::findParameter(key) ? trainer::toYaml(config.value(key))
                                                                           : std::string();
                                     },
            100, 64, 0.12 };
    };
    trainer::SpeedForecast forecast;
    forecast.add(run({}));
    QCOMPARE(forecast.batchSeconds(config), std::optional(0.64));
    // The same number written otherwise, and what the machine decides.
    trainer::SpeedForecast written;
    written.add(run({ { "training.gradient_clip", "1.00" }, { "hardware.device", "cpu" }, { "language.path", "" } }));
    QCOMPARE(written.batchSeconds(config), std::optional(0.64));
    auto other = config;
    other.set("training.sample_interval", trainer::Value(std::int64_t(7)));
    QCOMPARE(forecast.batchSeconds(other), std::optional(0.12));
    other.set("training.batch_size", trainer::Value(std::int64_t(64)));
    QCOMPARE(forecast.batchSeconds(other), std::nullopt);
    // Of a version that did not have the setting yet: it was as it is by default now.
    trainer::SpeedForecast earlier;
    earlier.add(run({ { "training.optimizer", "" }, { "queue.resume", "" } }));
    QCOMPARE(earlier.batchSeconds(config), std::optional(0.64));
    // Settings that are not known are not the same.
    trainer::SpeedForecast unknown;
    unknown.add({ [](const std::string&) { return std::string(); }, 100, 64, 0.12 });
    QCOMPARE(unknown.batchSeconds(config), std::nullopt);
}

QTEST_GUILESS_MAIN(TestSpeedForecast)
#include "tst_speed_forecast.moc"
