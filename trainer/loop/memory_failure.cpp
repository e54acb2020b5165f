// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/memory_failure.h"

#include "trainer/base/byte_text.h"
#include "trainer/estimate/memory_estimate.h"
#include "trainer/estimate/memory_place.h"
#include "trainer/loop/prepared_run.h"
#include "trainer/memory/hardware.h"
#include "trainer/memory/host_allocator.h"

#include <charconv>
#include <cmath>

namespace nabiz::trainer {

namespace {

// The size behind `sign`, as the library writes it: "123 bytes", "2.00 GiB".
std::optional<std::int64_t> sizeBehind(std::string_view sign, const std::string& text)
{
    const auto begin = text.find(sign);
    if (begin == std::string::npos)
        return {};
    const std::string_view tail = std::string_view(text).substr(begin + sign.size());
    double number = 0;
    const auto [end, failed] = std::from_chars(tail.data(), tail.data() + tail.size(), number);
    if (failed != std::errc())
        return {};
    const std::string_view unit = tail.substr(static_cast<std::size_t>(end - tail.data()));
    for (const auto& [name, power] :
        { std::pair(" bytes", 0), { " KiB", 10 }, { " MiB", 20 }, { " GiB", 30 }, { " TiB", 40 } }) {
        if (unit.starts_with(name))
            return static_cast<std::int64_t>(std::ldexp(number, power));
    }
    return {};
}

std::string sizeText(const std::optional<std::int64_t>& bytes)
{
    return bytes ? bytesText(*bytes) : "?";
}

Message capSentence(std::int64_t bytes, std::int64_t capBytes)
{
    return message(NABIZ_TEXT("Message",
                       "Training takes %1, more than the %2 that hardware.max_memory_mb allows: raise it, "
                       "or lower training.batch_size, model.max_seq_len or model.d_model."),
        bytesText(bytes), bytesText(capBytes));
}

OutOfMemory ofHost(MemoryAccount account, const std::optional<Refusal>& refusal, std::int64_t cap)
{
    const std::int64_t asked = account.asked.value_or(0);
    if (refusal && refusal->limit > 0) { // the cap, less what is no tensor
        account.cap = cap;
        account.most = refusal->limit;
        account.free = refusal->limit - refusal->held;
        return OutOfMemory(capSentence(cap - refusal->limit + refusal->held + asked, cap), std::move(account));
    }
    account.free = availableMemory();
    account.total = totalMemory();
    return OutOfMemory(message(NABIZ_TEXT("Message",
                                   "This machine has run out of memory: %1 more were asked for. Lower "
                                   "training.batch_size, model.max_seq_len or model.d_model."),
                           sizeText(account.asked)),
        std::move(account));
}

// Words that name programs of others: "Process 118636 has 71.62 GiB memory in use."
std::optional<std::int64_t> ofOthers(const std::string& text)
{
    std::optional<std::int64_t> sum;
    for (auto at = text.find("Process "); at != std::string::npos; at = text.find("Process ", at + 1)) {
        const std::string tail = text.substr(at, text.find("in use", at) - at);
        if (const auto bytes = sizeBehind(" has ", tail))
            sum = sum.value_or(0) + *bytes;
    }
    return sum;
}

constexpr std::int64_t kMegabyte = 1000000;

std::int64_t cappedAt = 0; // of the HostCap at hand, or of the last: what it has refused is told behind its end

std::int64_t bytesOf(const std::vector<at::Tensor>& tensors)
{
    std::size_t sum = 0;
    for (const at::Tensor& tensor : tensors)
        sum += tensor.nbytes();
    return static_cast<std::int64_t>(sum);
}

} // namespace

bool isOutOfMemory(const c10::Error& error)
{
    if (dynamic_cast<const c10::OutOfMemoryError*>(&error))
        return true;
    const std::string text = error.what_without_backtrace();
    for (const char* sign : { "out of memory", "ALLOC_FAILED", "can't allocate memory" }) {
        if (text.find(sign) != std::string::npos)
            return true;
    }
    return false;
}

OutOfMemory describeOutOfMemory(
    const c10::Error& error, c10::Device device, MemoryAccount account, const MemorySource& memory)
{
    const std::string text = error.what_without_backtrace();
    account.device = device.str();
    account.asked = sizeBehind("ried to allocate ", text);
    if (device.is_cpu()) {
        const auto figures = memory(device);
        const auto refusal
            = HostAllocator::isInUse() ? HostAllocator::instance().takeRefusal() : std::optional<Refusal>();
        account.held = refusal ? refusal->held : figures ? figures->allocated : 0;
        return ofHost(std::move(account), refusal, cappedAt);
    }
    auto held = sizeBehind("Of the allocated memory ", text);
    if (!held) {
        if (const auto figures = memory(device))
            held = figures->peak;
    }
    account.held = held.value_or(0);
    account.free = sizeBehind(" of which ", text);
    account.total = sizeBehind("total capacity of ", text);
    account.unused = sizeBehind("allocated by PyTorch, and ", text);
    account.others = ofOthers(text);
    return OutOfMemory(
        message(
            NABIZ_TEXT("Message",
                "The GPU has run out of memory: training held %1 at that moment, %2 of the card were free, and %3 more "
                "were asked for. Lower training.batch_size, model.max_seq_len or model.d_model."),
            sizeText(held), sizeText(account.free), sizeText(account.asked)),
        std::move(account));
}

OutOfMemory describePassedCap(std::int64_t bytes, std::int64_t capBytes, std::int64_t tensors, MemoryAccount account)
{
    account.held = tensors;
    account.cap = capBytes;
    account.most = std::max<std::int64_t>(0, tensors - (bytes - capBytes));
    return OutOfMemory(capSentence(bytes, capBytes), std::move(account));
}

void refuseTooLarge(const Config& config)
{
    const Machine machine = probeMachine();
    const MemoryEstimate estimate = estimateMemory(config, machine);
    const std::int64_t predicted = estimate.totalBytes(), available = availableMemory();
    MemoryAccount account { .device = "cpu" };
    account.asked = predicted;
    account.cap = config.integer("hardware.max_memory_mb") * kMegabyte;
    if (account.cap > 0 && estimate.verdict == MemoryVerdict::TooLarge) {
        account.most = account.free = placeOf(config, machine).usable;
        throw OutOfMemory(
            message(NABIZ_TEXT("Message",
                        "This run is predicted to take %1, and hardware.max_memory_mb leaves %2 of its %3 to it: it "
                        "was not started. Raise it, or lower training.batch_size, model.max_seq_len or model.d_model."),
                bytesText(predicted), bytesText(*account.most), bytesText(account.cap)),
            std::move(account));
    }
    if (account.cap > 0 || available <= 0 || predicted <= available)
        return;
    account.free = available;
    account.total = totalMemory();
    throw OutOfMemory(
        message(NABIZ_TEXT("Message",
                    "This run is predicted to take %1, and this machine has %2 left: it was not started. Lower "
                    "training.batch_size, model.max_seq_len or model.d_model."),
            bytesText(predicted), bytesText(available)),
        std::move(account));
}

MemoryAccount ledgerOf(const PreparedRun& run)
{
    MemoryAccount account { .device = run.device.str() };
    account.languageWeights = run.model.languageBytes();
    for (const NamedTensor& entry : run.model.weights().all())
        account.modelWeights += static_cast<std::int64_t>(entry.tensor.nbytes());
    account.gradients = bytesOf(run.optimizer.gradients());
    account.optimizer = bytesOf(run.optimizer.firstMoments()) + bytesOf(run.optimizer.secondMoments())
        + bytesOf(run.optimizer.stepCounters());
    return account;
}

OutOfMemory withResidual(const OutOfMemory& error, c10::Device device)
{
    releaseDeviceMemory(device);
    MemoryAccount account = error.account();
    if (const auto memory = readDeviceMemory(device))
        account.residual = memory->allocated;
    return OutOfMemory(error.message(), std::move(account));
}

HostCap::HostCap(std::int64_t capBytes)
{
    cappedAt = capBytes;
    if (capBytes <= 0)
        return;
    HostAllocator& host = HostAllocator::instance();
    releaseDeviceMemory(c10::Device(c10::kCPU));
    const std::int64_t besides = ProcessMemory().residentBytes() - host.current();
    // The program grows while it trains: no less than the estimate leaves to it.
    host.setLimit(std::max<std::int64_t>(1, capBytes - std::max(kProcessBytes, besides)));
}

HostCap::~HostCap()
{
    if (HostAllocator::isInUse())
        HostAllocator::instance().setLimit(0);
}

} // namespace nabiz::trainer
