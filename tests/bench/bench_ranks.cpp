// SPDX-License-Identifier: GPL-3.0-or-later
// What several ranks cost, and what hides it: bench_ranks [RANKS] [key=value…]. A sum of 100 MB beside c10d's own; a
// step whose gradients travel while the backward pass goes on beside one that sends them at its end; and a model of the
// step's time against what is measured. The ranks are threads of one process, over TCP.
#include "trainer/config/presets/preset_document.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/distributed/gloo_comm.h"
#include "trainer/distributed/gloo_group.h"
#include "trainer/distributed/gradient_buckets.h"
#include "trainer/distributed/meeting_socket.h"
#include "trainer/loop/batch_share.h"
#include "trainer/loop/evaluation.h"
#include "trainer/loop/prepared_run.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <barrier>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>

using namespace nabiz::trainer;

namespace {

constexpr std::int64_t kLarge = 25'000'000; // floats: 100 MB
constexpr int kTimes = 12;

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

double milliseconds(const std::function<void()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

// `work` on every rank, with what it says to the others.
void onRanks(int size, const std::function<void(int, Rendezvous&, std::barrier<>&)>& work)
{
    World world;
    world.size = world.localSize = size;
    Listener listener(world);
    world.port = listener.port();
    world.listener = listener.handOver();
    std::barrier<> together(size);
    std::vector<std::thread> threads;
    for (int rank = 0; rank < size; ++rank) {
        World own = world;
        own.rank = own.localRank = rank;
        own.listener = rank == 0 ? world.listener : -1;
        threads.emplace_back([own, &work, &together] {
            Rendezvous rendezvous(own, {});
            work(own.rank, rendezvous, together);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
}

struct Sums {
    double own = 0; // ms
    double plain = 0; // of c10d itself
    double small = 0; // of 1 kB
};

Sums sums(int size)
{
    Sums result;
    onRanks(size, [&](int rank, Rendezvous& rendezvous, std::barrier<>& together) {
        const auto comm = makeGlooComm(rendezvous);
        const auto group = makeGlooGroup(rendezvous, "plain");
        const at::Tensor large = at::ones({ kLarge }), small = at::ones({ 256 });
        std::vector<double> own, plain, little;
        for (int i = 0; i < kTimes; ++i) { // in turns, so that what the machine does meanwhile hits both
            together.arrive_and_wait();
            own.push_back(milliseconds([&] { comm->startSum(large)->wait(); }));
            together.arrive_and_wait();
            std::vector<at::Tensor> tensors { large };
            plain.push_back(milliseconds([&] { group->allreduce(tensors)->wait(); }));
            together.arrive_and_wait();
            little.push_back(milliseconds([&] { comm->sum(small); }));
        }
        if (rank == 0)
            result = { median(own), median(plain), median(little) };
    });
    return result;
}

// Median of a step's milliseconds on rank 0, the first left out.
double stepTime(int size, const Config& config, bool overlaps, std::int64_t bucketBytes)
{
    double result = 0;
    onRanks(size, [&](int rank, Rendezvous& rendezvous, std::barrier<>& together) {
        const Config applied = applySettings(config, at::kCPU);
        std::unique_ptr<Comm> comm = std::make_unique<LoneComm>();
        if (size > 1)
            comm = makeGlooComm(rendezvous);
        PreparedRun run(applied, at::kCPU, {});
        const std::int64_t length = applied.integer("model.max_seq_len");
        const BatchShare share(*comm, applied.integer("training.batch_size"), length);
        Pass pass = Pass::training(applied.real("model.dropout"), 1).setPart(share.part());
        GradientBuckets buckets(*comm, run.optimizer.trained(), bucketBytes, overlaps);
        std::vector<std::uint8_t> ids(share.batchIds());
        std::vector<double> times;
        for (int i = 0; i < kTimes; ++i) {
            together.arrive_and_wait();
            times.push_back(milliseconds([&] {
                const std::int64_t all = run.sampler.next(ids);
                const IdBatch batch(share.own(ids), length, at::kCPU);
                const ModelOutput output = run.model(batch.inputs, pass);
                const at::Tensor loss = share.weighted(output.logits, batch.targets, share.ownTargets(ids), all);
                buckets.begin();
                (loss + output.balance).backward();
                buckets.finish();
                run.optimizer.clip(1.0);
                run.optimizer.step(1e-3);
                run.optimizer.clearGradients();
            }));
        }
        times.erase(times.begin(), times.begin() + 2); // the first tells the buckets what to expect
        if (rank == 0)
            result = median(times);
    });
    return result;
}

std::int64_t gradientBytes(const Config& config)
{
    const PreparedRun run(applySettings(config, at::kCPU), at::kCPU, {});
    std::int64_t bytes = 0;
    for (const NamedTensor& entry : run.optimizer.trained())
        bytes += static_cast<std::int64_t>(entry.tensor.nbytes());
    return bytes;
}

// The step of one rank on its share, and the sum over a ring: 2 (n - 1) / n of the bytes over the link of each.
void compareWithModel(Config config, int most, double bandwidth, std::int64_t bytes)
{
    std::printf("\n| ranks | samples a rank | alone, ms | model, ms | measured, ms |\n|---|---|---|---|---|\n");
    const std::int64_t batch = config.integer("training.batch_size");
    for (int ranks = 1; ranks <= most; ranks *= 2) {
        Config alone = config;
        alone.set("training.batch_size", batch / ranks);
        const double compute = stepTime(1, alone, true, kBucketBytes);
        const double cores
            = std::max(1.0, static_cast<double>(ranks) / static_cast<double>(std::thread::hardware_concurrency()));
        const double travel = ranks == 1 ? 0 : 2.0 * (ranks - 1) / ranks * static_cast<double>(bytes) / bandwidth * 1e3;
        std::printf("| %d | %d | %.1f | %.1f | %.1f |\n", ranks, static_cast<int>(batch / ranks), compute,
            compute * cores + travel, stepTime(ranks, config, true, kBucketBytes));
    }
}

} // namespace

int main(int count, char** words)
{
    at::set_num_threads(1);
    Config config = PresetStore("").load("quick").config;
    config.set("hardware.threads", std::int64_t(1));
    config.set("training.batch_size", std::int64_t(8));
    int ranks = 2;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word.find('=') == std::string::npos)
            ranks = std::stoi(word);
        else if (const Override setting = parseOverride(word); !setting.problem)
            config.set(setting.key, setting.value);
    }
    const Sums sum = sums(ranks);
    std::printf("sum of 100 MB over %d ranks: %.1f ms, c10d itself %.1f ms, %.2f of it; of 1 kB %.2f ms\n", ranks,
        sum.own, sum.plain, sum.own / sum.plain, sum.small);
    const std::int64_t bytes = gradientBytes(config);
    const double late = stepTime(ranks, config, false, bytes + 1);
    const double overlapped = stepTime(ranks, config, true, std::max<std::int64_t>(1, bytes / 8));
    std::printf("a step with %.1f MB of gradients: one sum at its end %.1f ms, in buckets while it goes on %.1f ms\n",
        static_cast<double>(bytes) / 1e6, late, overlapped);
    const double bandwidth = 2.0 * (ranks - 1) / ranks * 1e8 / (sum.own / 1e3);
    compareWithModel(config, 4, bandwidth, bytes);
    return 0;
}
