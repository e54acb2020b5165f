// SPDX-License-Identifier: GPL-3.0-or-later
// The queue in the database: what is put there outlives the program, its order with it, and nothing is run twice. The
// trainer is synthetic, the recorder real.
#include "app/run/run_controller.h"
#include "storage/run_store.h"
#include "tests/support/synthetic_trainer.h"

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <mutex>

#include <sys/wait.h>
#include <unistd.h>

using namespace nabiz;
using storage::RunId;
using storage::RunStatus;

namespace {

app::StartSpec spec(const std::string& name, std::int64_t seed = 1)
{
    app::StartSpec spec;
    spec.preset = "quick";
    spec.presetText = "summary: frozen\n";
    spec.command = "nabiz train quick";
    spec.name = name;
    spec.why = "over night";
    spec.config.set("training.seed", trainer::Value(seed));
    return spec;
}

// Remembers the configurations that it was given, in order; waits before the first batch while it is shut.
class Trainer final : public trainer::Trainer {
public:
    trainer::TrainResult train(const trainer::TrainRequest& request, trainer::Sink& sink, trainer::Control& control,
        std::stop_token stop) override
    {
        {
            std::lock_guard lock(m_mutex);
            m_given.push_back(request.config);
        }
        while (shut && !stop.stop_requested())
            std::this_thread::yield();
        return m_inner.train(request, sink, control, stop);
    }
    void join(const trainer::World&, const trainer::Config&, std::stop_token) override { }
    std::optional<std::vector<trainer::Finding>> audit(const trainer::Config& config, std::stop_token stop) override
    {
        return m_inner.audit(config, stop);
    }
    std::map<std::string, std::string> facts() override { return m_inner.facts(); }
    std::optional<trainer::DeviceCheck> check(const std::string& device, bool asT4, std::stop_token stop) override
    {
        return m_inner.check(device, asT4, stop);
    }
    std::vector<std::int64_t> seeds() const
    {
        std::lock_guard lock(m_mutex);
        std::vector<std::int64_t> seeds;
        for (const auto& config : m_given)
            seeds.push_back(config.integer("training.seed"));
        return seeds;
    }
    trainer::Config given(std::size_t index) const
    {
        std::lock_guard lock(m_mutex);
        return m_given.at(index);
    }
    std::atomic<bool> shut = false;

private:
    tests::SyntheticTrainer m_inner { { .batches = 5 } };
    mutable std::mutex m_mutex;
    std::vector<trainer::Config> m_given;
};

} // namespace

class TestQueue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void waitsUntilItIsRun();
    void followsWhatRuns();
    void keepsOrderOverReopening();
    void keepsTheWholeConfiguration();
    void outlivesACrash();
    void isRunByOneProcess();
    void refusesWhatDoesNotFit();
    void servesOneGroup();
    void takesEachRunOnce();
    void isLeftAloneByOthers();
    void movesAndRemoves();
    void holdsAndGoesOn();

private:
    using Names = std::vector<std::string>;
    std::unique_ptr<app::RunController> controller()
    {
        return std::make_unique<app::RunController>(
            m_file, app::RunListener {}, [trainer = m_trainer] { return trainer; });
    }
    RunStatus status(RunId run) const { return storage::RunStore(m_file).run(run).value().run.status; }
    Names waiting(app::RunController& of) const
    {
        Names names;
        for (const RunId run : of.recorder().queue().state().waiting)
            names.push_back(storage::RunStore(m_file).run(run).value().run.name);
        return names;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_file;
    std::shared_ptr<Trainer> m_trainer;
};

void TestQueue::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath("nabiz.db").toStdString();
    m_trainer = std::make_shared<Trainer>();
}

void TestQueue::waitsUntilItIsRun()
{
    const auto one = controller();
    const RunId first = one->addToQueue(spec("a", 1));
    const RunId second = one->addToQueue(spec("b", 2));
    one->waitUntilIdle();
    QVERIFY(!one->servesQueue() && !one->isBusy());
    QCOMPARE(status(first), RunStatus::Queued);
    QVERIFY(m_trainer->seeds().empty());
    one->serveQueue(true);
    one->waitUntilIdle();
    QCOMPARE(status(first), RunStatus::Finished);
    QCOMPARE(status(second), RunStatus::Finished);
    QCOMPARE(m_trainer->seeds(), (std::vector<std::int64_t> { 1, 2 }));
    QVERIFY(!one->servesQueue());
    QVERIFY(waiting(*one).empty());
}

// Start while something runs and Add to queue come to the same; what was started while nothing ran goes before what
// waited.
void TestQueue::followsWhatRuns()
{
    m_trainer->shut = true;
    const auto one = controller();
    one->addToQueue(spec("waited", 9));
    one->start(spec("now", 1));
    QTRY_COMPARE(m_trainer->seeds(), std::vector<std::int64_t> { 1 });
    one->start(spec("started later", 2));
    one->addToQueue(spec("added", 3));
    QCOMPARE(waiting(*one), (Names { "waited", "started later", "added" }));
    m_trainer->shut = false;
    one->waitUntilIdle();
    QCOMPARE(m_trainer->seeds(), (std::vector<std::int64_t> { 1, 9, 2, 3 }));
}

void TestQueue::keepsOrderOverReopening()
{
    RunId moved = 0;
    {
        const auto one = controller();
        one->addToQueue(spec("a", 1));
        one->addToQueue(spec("b", 2));
        moved = one->addToQueue(spec("c", 3));
        QVERIFY(one->recorder().queue().move(moved, 0));
    }
    QCOMPARE(status(moved), RunStatus::Queued);
    const auto again = controller();
    QCOMPARE(waiting(*again), (Names { "c", "a", "b" }));
    QCOMPARE(status(moved), RunStatus::Queued);
    const auto run = storage::RunStore(m_file).run(moved).value().run;
    QCOMPARE(run.why, std::string("over night"));
    QCOMPARE(run.presetText, std::string("summary: frozen\n"));
    again->serveQueue(true);
    again->waitUntilIdle();
    QCOMPARE(m_trainer->seeds(), (std::vector<std::int64_t> { 3, 1, 2 }));
}

void TestQueue::keepsTheWholeConfiguration()
{
    auto start = spec("odd", 1234567890123);
    start.config.set("data.train_path", trainer::Value(std::string("/tmp/ğ it's: # \"x\" \\ 0123")));
    start.config.set("training.learning_rate", trainer::Value(1.0 / 3 * 1e-3));
    {
        const auto one = controller();
        one->addToQueue(start);
    }
    const auto again = controller();
    again->serveQueue(true);
    again->waitUntilIdle();
    const auto given = m_trainer->given(0);
    for (const auto& row : trainer::parameterTable())
        QVERIFY2(given.value(row.key) == start.config.value(row.key), std::string(row.key).c_str());
}

// The process that put runs there is killed while it trains the first.
void TestQueue::outlivesACrash()
{
    int ready[2];
    QCOMPARE(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        m_trainer->shut = true;
        const auto one = controller();
        one->addToQueue(spec("a", 1));
        one->addToQueue(spec("b", 2));
        one->addToQueue(spec("c", 3));
        one->serveQueue(true);
        while (m_trainer->seeds().empty())
            std::this_thread::yield();
        one->recorder().flush();
        const bool told = write(ready[1], "x", 1) == 1;
        pause();
        _exit(told ? 0 : 1);
    }
    char byte = 0;
    QCOMPARE(read(ready[0], &byte, 1), ssize_t(1));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ready[0]);
    close(ready[1]);

    const storage::RunStore store(m_file);
    QCOMPARE(store.queue().waiting.size(), std::size_t(3)); // as a reader sees it before anybody has put it right
    const auto again = controller();
    QCOMPARE(waiting(*again), (Names { "a", "b", "c" }));
    QCOMPARE(status(store.find("a").value()), RunStatus::Interrupted);
    QCOMPARE(status(store.find("b").value()), RunStatus::Queued);
    again->serveQueue(true);
    again->waitUntilIdle();
    QCOMPARE(m_trainer->seeds(), (std::vector<std::int64_t> { 1, 2, 3 }));
    QCOMPARE(status(store.find("a").value()), RunStatus::Finished);
}

// While a process trains what it took from the queue, another takes nothing, and says so.
void TestQueue::isRunByOneProcess()
{
    int ready[2];
    QCOMPARE(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        m_trainer->shut = true;
        const auto one = controller();
        one->addToQueue(spec("a", 1));
        one->addToQueue(spec("b", 2));
        one->serveQueue(true);
        while (m_trainer->seeds().empty())
            std::this_thread::yield();
        one->recorder().flush();
        const bool told = write(ready[1], "x", 1) == 1;
        pause();
        _exit(told ? 0 : 1);
    }
    char byte = 0;
    QCOMPARE(read(ready[0], &byte, 1), ssize_t(1));
    const auto other = controller();
    other->serveQueue(true);
    other->waitUntilIdle();
    QVERIFY(m_trainer->seeds().empty());
    const storage::QueueState state = storage::RunStore(m_file).queue();
    QVERIFY(state.served);
    QCOMPARE(state.server.pid, std::int64_t(child));
    QCOMPARE(state.waiting.size(), std::size_t(1));
    QVERIFY(other->recorder().queue().take().outcome == storage::QueueTake::Outcome::Elsewhere);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ready[0]);
    close(ready[1]);
    other->serveQueue(true); // and takes over what the other leaves
    other->waitUntilIdle();
    QCOMPARE(m_trainer->seeds(), (std::vector<std::int64_t> { 1, 2 }));
}

// What its settings make too large for this machine is not started, and the next is.
void TestQueue::refusesWhatDoesNotFit()
{
    const auto one = controller();
    auto large = spec("large", 1);
    large.config.set("hardware.device", trainer::Value(std::string("cpu")));
    large.config.set("model.d_model", trainer::Value(std::int64_t(65536)));
    large.config.set("model.d_ff", trainer::Value(std::int64_t(262144)));
    large.config.set("model.n_layers", trainer::Value(std::int64_t(64)));
    const RunId first = one->addToQueue(large);
    one->addToQueue(spec("small", 2));
    one->serveQueue(true);
    one->waitUntilIdle();
    QCOMPARE(m_trainer->seeds(), std::vector<std::int64_t> { 2 });
    const auto run = storage::RunStore(m_file).run(first).value().run;
    QCOMPARE(run.status, RunStatus::Failed);
    QVERIFY2(run.failure.starts_with("It was not started: it would take"), run.failure.c_str());
}

void TestQueue::servesOneGroup()
{
    const auto one = controller();
    const RunId other = one->addToQueue(spec("other", 1));
    auto grid = spec("g", 2);
    grid.group = "grid";
    one->addToQueue(grid);
    one->runQueue("grid");
    one->waitUntilIdle();
    QCOMPARE(m_trainer->seeds(), std::vector<std::int64_t> { 2 });
    QCOMPARE(status(other), RunStatus::Queued);
    one->runQueue();
    one->waitUntilIdle();
    QCOMPARE(m_trainer->seeds(), (std::vector<std::int64_t> { 2, 1 }));
}

void TestQueue::takesEachRunOnce()
{
    const auto one = controller();
    const auto other = controller();
    std::vector<std::int64_t> expected;
    for (std::int64_t seed = 1; seed <= 12; ++seed) {
        one->addToQueue(spec("r", seed));
        expected.push_back(seed);
    }
    one->serveQueue(true);
    other->serveQueue(true);
    one->waitUntilIdle();
    other->waitUntilIdle();
    auto seeds = m_trainer->seeds();
    std::ranges::sort(seeds);
    QCOMPARE(seeds, expected);
}

// `nabiz train` on the same database.
void TestQueue::isLeftAloneByOthers()
{
    const auto window = controller();
    const RunId waits = window->addToQueue(spec("waits", 1));
    {
        const auto train = controller();
        train->enqueue(spec("trained", 2));
        train->waitUntilIdle();
        train->stopAll();
    }
    QCOMPARE(status(waits), RunStatus::Queued);
    QCOMPARE(waiting(*window), Names { "waits" });
    QCOMPARE(m_trainer->seeds(), std::vector<std::int64_t> { 2 });
}

void TestQueue::movesAndRemoves()
{
    const auto one = controller();
    one->addToQueue(spec("a", 1));
    const RunId b = one->addToQueue(spec("b", 2));
    const RunId c = one->addToQueue(spec("c", 3), 0);
    QCOMPARE(waiting(*one), (Names { "c", "a", "b" }));
    QVERIFY(one->recorder().queue().move(c, 1));
    QCOMPARE(waiting(*one), (Names { "a", "c", "b" }));
    QVERIFY(one->recorder().queue().move(c, 99));
    QCOMPARE(waiting(*one), (Names { "a", "b", "c" }));
    QVERIFY(one->recorder().queue().remove(b));
    QVERIFY(!one->recorder().queue().remove(b));
    QVERIFY(!one->recorder().queue().move(b, 0));
    QCOMPARE(waiting(*one), (Names { "a", "c" }));
    QCOMPARE(storage::RunStore(m_file).trashedIds(), std::vector<RunId> { b });
    one->serveQueue(true);
    one->waitUntilIdle();
    QCOMPARE(m_trainer->seeds(), (std::vector<std::int64_t> { 1, 3 }));
    QVERIFY(!one->recorder().queue().move(c, 0)); // it has run
}

void TestQueue::holdsAndGoesOn()
{
    m_trainer->shut = true;
    const auto one = controller();
    one->start(spec("now", 1));
    QTRY_COMPARE(m_trainer->seeds().size(), std::size_t(1));
    const RunId next = one->addToQueue(spec("next", 2));
    QVERIFY(one->servesQueue());
    one->serveQueue(false);
    m_trainer->shut = false;
    one->waitUntilIdle();
    QCOMPARE(status(next), RunStatus::Queued);
    {
        const auto other = controller(); // held for everybody, over closing
        other->runQueue();
        other->start(spec("beside", 3));
        other->waitUntilIdle();
        QVERIFY(other->recorder().queue().state().isPaused);
        QCOMPARE(status(next), RunStatus::Queued);
    }
    one->serveQueue(true);
    one->waitUntilIdle();
    QCOMPARE(status(next), RunStatus::Finished);
}

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
