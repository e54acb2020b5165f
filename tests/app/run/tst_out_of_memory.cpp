// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that runs out at thirty points of a run: by an allocator that gives up on purpose in every phase, and by the
// cap. Each time there is a card, the program lives, the store is whole, what the card proposes first trains to its
// end, and the next run gives the losses that a process of its own gives.
#include "app/run/memory_verdict.h"
#include "app/run/run_controller.h"
#include "storage/run_store.h"
#include "tests/trainer/loop/fake_sink.h"
#include "trainer/estimate/memory_estimate.h"
#include "trainer/estimate/memory_place.h"
#include "trainer/loop/torch_trainer.h"
#include "trainer/memory/hardware.h"
#include "trainer/memory/host_allocator.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <limits>
#include <set>

using namespace nabiz;
using namespace nabiz::test;
using storage::RunId;
using storage::RunStatus;

namespace {

// All 25 with NABIZ_POINTS=25; each trains three times.
int pointCount()
{
    bool isNumber = false;
    const int asked = qEnvironmentVariableIntValue("NABIZ_POINTS", &isNumber);
    return isNumber ? asked : 10;
}
constexpr int kCaps = 5;

// Around ours: counts allocations, and gives up at one of them.
class FailingAllocator : public c10::Allocator {
public:
    FailingAllocator()
    {
        HostAllocator::instance();
        c10::SetAllocator(c10::DeviceType::CPU, this, std::numeric_limits<std::uint8_t>::max());
    }

    // At the `place`-th allocation from now, once.
    void failAt(std::int64_t place) { m_left = place; }
    std::int64_t count() const { return m_count; }
    // As if the program took so much beside tensors that no more than this is left of a cap; 0 = without.
    void setLimit(std::int64_t bytes) { m_limit = bytes; }

    c10::DataPtr allocate(std::size_t bytes) override
    {
        ++m_count;
        const std::int64_t limit = m_limit;
        if (limit > 0 && HostAllocator::instance().current() + static_cast<std::int64_t>(bytes) > limit)
            HostAllocator::instance().refuse(static_cast<std::int64_t>(bytes), limit);
        if (m_left > 0 && --m_left == 0)
            HostAllocator::instance().refuse(static_cast<std::int64_t>(bytes));
        return HostAllocator::instance().allocate(bytes);
    }
    c10::DeleterFnPtr raw_deleter() const override { return HostAllocator::instance().raw_deleter(); }
    void copy_data(void* target, const void* source, std::size_t bytes) const override
    {
        HostAllocator::instance().copy_data(target, source, bytes);
    }

private:
    std::atomic<std::int64_t> m_count { 0 };
    std::atomic<std::int64_t> m_left { 0 };
    std::atomic<std::int64_t> m_limit { 0 };
};

// That evaluates, or that saves.
Config run(bool saves = false)
{
    Config config = smallRun(4);
    for (const auto& [key, value] :
        std::initializer_list<std::pair<const char*, std::int64_t>> { { "training.batch_size", 4 },
            { "training.eval_interval", saves ? 0 : 3 }, { "training.save_interval", saves ? 1 : 0 } })
        config.set(key, value);
    config.set("training.use_gradient_checkpointing", false);
    return config;
}

// Set for the process that trains one such run and prints its losses, exactly.
constexpr const char* kAlone = "NABIZ_TRAIN_ALONE";

app::StartSpec specOf(const Config& config)
{
    app::StartSpec spec;
    spec.config = config;
    spec.preset = "quick";
    return spec;
}

} // namespace

class TestOutOfMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void trainsAlone();
    void cleanup() { m_allocator->setLimit(0); }
    void givesACard_data();
    void givesACard();
    void everyPhase();
    void capRefusesBefore_data();
    void capRefusesBefore();
    void capRefusesWhatIsPredicted();
    void tooLargeIsNotStarted();
    void cleanupTestCase();

private:
    RunId train(const Config& config)
    {
        const RunId run = m_controller->start(specOf(config));
        m_controller->waitUntilIdle();
        return run;
    }
    storage::RunStore store() const { return storage::RunStore(m_file); }
    RunStatus statusOf(RunId run) const { return store().run(run)->run.status; }
    std::vector<double> lossesOf(RunId run) const
    {
        const auto packed = store().packed(run, "loss");
        std::vector<double> losses;
        for (std::size_t i = 0; packed && i < packed->values.size(); ++i)
            losses.push_back(packed->values[i]);
        return losses;
    }
    // Its card; the run has failed, and nothing else has happened.
    MemoryCard cardOf(RunId run) const
    {
        const auto card = app::keptCard(store().events(run));
        return card && statusOf(run) == RunStatus::Failed ? *card : MemoryCard();
    }
    void helps(const MemoryCard& card, const Config& config);

    QTemporaryDir m_folder;
    std::filesystem::path m_file = m_folder.filePath("nabiz.db").toStdString();
    std::unique_ptr<FailingAllocator> m_allocator;
    std::unique_ptr<app::RunController> m_controller;
    std::vector<double> m_alone; // the losses of a run in a process of its own
    std::int64_t m_allocations[2] {}; // of such a run
    std::set<MemoryPhase> m_phases; // that memory ran out in
    std::int64_t m_peakOfLarge = 0;
    int m_cards = 0, m_helped = 0;
};

void TestOutOfMemory::initTestCase()
{
    auto trainer = std::shared_ptr<Trainer>(makeTorchTrainer());
    m_allocator = std::make_unique<FailingAllocator>();
    app::RunListener listener;
    m_controller = std::make_unique<app::RunController>(m_file, listener, [trainer] { return trainer; });
    if (qEnvironmentVariableIsSet(kAlone))
        return;
    QProcess alone;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(kAlone), QStringLiteral("1"));
    alone.setProcessEnvironment(environment);
    alone.start(QCoreApplication::applicationFilePath(), { QStringLiteral("trainsAlone") });
    QVERIFY(alone.waitForFinished(100000));
    for (const QByteArray& line : alone.readAllStandardOutput().split('\n')) {
        if (line.startsWith("loss "))
            m_alone.push_back(line.mid(5).toDouble());
    }
    QCOMPARE(m_alone.size(), std::size_t { 4 });
    train(run()); // what is made once is made
    for (const bool saves : { false, true }) {
        const std::int64_t before = m_allocator->count();
        QCOMPARE(lossesOf(train(run(saves))), m_alone);
        m_allocations[saves] = m_allocator->count() - before;
    }
}

// Nothing came before it.
void TestOutOfMemory::trainsAlone()
{
    if (!qEnvironmentVariableIsSet(kAlone))
        return; // of the process that initTestCase() starts
    for (const double loss : lossesOf(train(run())))
        std::printf("loss %s\n", QByteArray::number(loss, 'g', 17).constData());
    m_cards = m_helped = pointCount() + kCaps; // nothing else is asked of it
}

// What is proposed first trains to its end, and the next run is as if nothing had happened.
void TestOutOfMemory::helps(const MemoryCard& card, const Config& config)
{
    ++m_cards;
    m_phases.insert(card.account.phase);
    QVERIFY(!card.suggestions.empty());
    Config changed = config;
    for (const auto& [key, value] : card.suggestions.front().set)
        changed.set(key, value);
    const RunId again = train(changed);
    QVERIFY2(statusOf(again) == RunStatus::Finished, store().run(again)->run.failure.c_str());
    QCOMPARE(lossesOf(train(run())), m_alone);
    QCOMPARE(store().check(), std::string("ok"));
    ++m_helped;
}

void TestOutOfMemory::givesACard_data()
{
    QTest::addColumn<int>("point");
    for (int point = 0; point < pointCount(); ++point)
        QTest::addRow("point %d of %d", point + 1, pointCount()) << point;
}

void TestOutOfMemory::givesACard()
{
    QFETCH(const int, point);
    const bool saves = point % 2 != 0;
    m_allocator->failAt(1 + point * (m_allocations[saves] - 2) / (pointCount() - 1));
    const RunId failed = train(run(saves));
    m_allocator->failAt(0);
    const MemoryCard card = cardOf(failed);
    const MemoryAccount& account = card.account;
    QCOMPARE(account.device, std::string("cpu"));
    QVERIFY(account.asked && account.free && account.total && account.residual);
    QVERIFY(account.rest() >= 0);
    QVERIFY(*account.asked >= 0 && *account.free > 0 && account.cap == 0);
    QVERIFY2(*account.residual < 1000000, qPrintable(QString::number(*account.residual)));
    QCOMPARE(account.phase == MemoryPhase::Preparing, account.batch < 0);
    QCOMPARE(lossesOf(failed),
        std::vector<double>(m_alone.begin(), m_alone.begin() + static_cast<std::ptrdiff_t>(lossesOf(failed).size())));
    std::printf("%-16s %-10s batch %2lld  asked %8lld  held %8lld  first change: %s\n", QTest::currentDataTag(),
        std::string(phaseName(account.phase)).c_str(), static_cast<long long>(account.batch),
        static_cast<long long>(*account.asked), static_cast<long long>(account.held),
        card.suggestions.empty() ? "none" : settingsOf(card.suggestions.front()).c_str());
    helps(card, run(saves));
}

void TestOutOfMemory::everyPhase()
{
    // The copies for a checkpoint are few: the last of them lie near the end.
    for (std::int64_t place = m_allocations[1]; place > m_allocations[1] * 8 / 10; place -= 7) {
        if (m_phases.contains(MemoryPhase::Checkpoint))
            break;
        m_allocator->failAt(place);
        const RunId failed = train(run(true));
        m_allocator->failAt(0);
        const auto card = app::keptCard(store().events(failed));
        if (card && card->account.phase == MemoryPhase::Checkpoint)
            helps(cardOf(failed), run(true));
    }
    // The optimizer's step allocates little: of few points none may fall in it.
    std::vector<MemoryPhase> phases { MemoryPhase::Forward, MemoryPhase::Backward, MemoryPhase::Evaluation,
        MemoryPhase::Checkpoint };
    if (qEnvironmentVariableIsSet("NABIZ_POINTS"))
        phases.push_back(MemoryPhase::Step);
    for (const MemoryPhase phase : phases)
        QVERIFY2(m_phases.contains(phase), std::string(phaseName(phase)).c_str());
}

void TestOutOfMemory::capRefusesBefore_data()
{
    QTest::addColumn<int>("part");
    for (int i = 1; i <= kCaps; ++i)
        QTest::addRow("%d %% of the peak", 40 + 9 * i) << 40 + 9 * i;
}

void TestOutOfMemory::capRefusesBefore()
{
    QFETCH(const int, part);
    Config config = run();
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, std::int64_t>> {
             { "training.batch_size", 64 }, { "model.max_seq_len", 128 }, { "model.d_model", 64 } })
        config.set(key, value);
    HostAllocator& host = HostAllocator::instance();
    if (m_peakOfLarge == 0) {
        QCOMPARE(statusOf(train(config)), RunStatus::Finished);
        m_peakOfLarge = host.peak();
    }
    const std::int64_t cap = 4000; // MB: by what is predicted it fits
    const std::int64_t limit = m_peakOfLarge * part / 100;
    config.set("hardware.max_memory_mb", cap);
    m_allocator->setLimit(limit);
    const RunId failed = train(config);
    const MemoryCard card = cardOf(failed);
    QCOMPARE(card.account.cap, cap * 1000000);
    QCOMPARE(card.account.most, std::optional(limit));
    QVERIFY(card.account.held <= limit);
    QVERIFY(card.account.held + card.account.asked.value_or(0) > *card.account.most);
    std::printf("cap %3lld MB, %s batch %lld: held %lld, asked %lld, allowed %lld, first change: %s\n",
        static_cast<long long>(cap), std::string(phaseName(card.account.phase)).c_str(),
        static_cast<long long>(card.account.batch), static_cast<long long>(card.account.held),
        static_cast<long long>(card.account.asked.value_or(0)), static_cast<long long>(*card.account.most),
        card.suggestions.empty() ? "none" : settingsOf(card.suggestions.front()).c_str());
    helps(card, config);
}

// The cap refuses beforehand what is predicted to pass it, as the estimate judges it.
void TestOutOfMemory::capRefusesWhatIsPredicted()
{
    Config config = run();
    config.set("training.batch_size", std::int64_t { 64 });
    config.set("model.max_seq_len", std::int64_t { 128 });
    const std::int64_t predicted = estimateMemory(config, probeMachine()).totalBytes();
    config.set("hardware.max_memory_mb", (kProcessBytes + predicted * 9 / 10) / 1000000);
    const RunId failed = train(config);
    const MemoryCard card = cardOf(failed);
    QCOMPARE(card.account.phase, MemoryPhase::Preparing);
    QCOMPARE(card.account.asked, std::optional(predicted));
    QVERIFY(QString::fromStdString(store().run(failed)->run.failure).contains("was not started"));
    helps(card, config);
    // The cap holds to the end: what the process took was never more.
    config.set("hardware.max_memory_mb", (kProcessBytes + predicted * 12 / 10) / 1000000);
    const RunId fits = train(config);
    QVERIFY2(statusOf(fits) == RunStatus::Finished, store().run(fits)->run.failure.c_str());
    const auto process = store().packed(fits, "memory.process");
    QVERIFY(process && process->values.size() > 0);
    for (std::size_t i = 0; i < process->values.size(); ++i)
        QVERIFY(process->values[i] <= 1e6 * static_cast<double>(config.integer("hardware.max_memory_mb")));
}

// The kernel would end the program.
void TestOutOfMemory::tooLargeIsNotStarted()
{
    Config config = run();
    config.set("model.d_model", std::int64_t { 8192 });
    config.set("model.d_ff", std::int64_t { 65536 });
    config.set("model.n_layers", std::int64_t { 48 });
    const RunId refused = train(config);
    const MemoryCard card = cardOf(refused);
    QVERIFY(card.account.asked && card.account.free && *card.account.asked > *card.account.free);
    QVERIFY(QString::fromStdString(store().run(refused)->run.failure).contains("was not started"));
}

void TestOutOfMemory::cleanupTestCase()
{
    std::printf("%d cards, %d first changes trained to the end\n", m_cards, m_helped);
    QCOMPARE(m_helped, m_cards);
    QVERIFY(m_cards >= pointCount() + kCaps);
}

QTEST_GUILESS_MAIN(TestOutOfMemory)
#include "tst_out_of_memory.moc"
