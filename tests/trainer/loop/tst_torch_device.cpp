// SPDX-License-Identifier: GPL-3.0-or-later
// What LibTorch's failures become: memory that ran out, in the figures of that moment, and why there is no CUDA device.
#include "trainer/loop/memory_failure.h"
#include "trainer/loop/torch_device.h"

#include <QtTest>

using namespace nabiz::trainer;

Q_DECLARE_METATYPE(nabiz::trainer::CudaState)

namespace {

// The library's own words, of LibTorch 2.11; it writes them before anything is given back.
constexpr const char* kCudaWords
    = "CUDA out of memory. Tried to allocate 7.97 GiB. GPU 0 has a total capacity of 14.56 GiB of which 1.23 GiB is free. "
      "Including non-PyTorch memory, this process has 13.33 GiB memory in use. Of the allocated memory 12.50 GiB is allocated by "
      "PyTorch, and 345.50 MiB is reserved by PyTorch but unallocated. If reserved but unallocated memory is large try setting "
      "PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation.";

QString sentence(const c10::Error& error, c10::Device device, const MemorySource& memory)
{
    return isOutOfMemory(error) ? QString::fromUtf8(describeOutOfMemory(error, device, {}, memory).what())
                                : QString("another kind: ") + describeTorchError(error).what();
}

c10::OutOfMemoryError outOfMemory(const std::string& words)
{
    return c10::OutOfMemoryError({ __func__, __FILE__, __LINE__ }, words);
}

} // namespace

class TestTorchDevice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Read after everything was given back, 34.6 MB would be said.
    void memoryHeldThen()
    {
        const auto after
            = [](c10::Device) { return std::optional(DeviceMemory { 34'600'000, 34'600'000, 40'000'000 }); };
        const QString text = sentence(outOfMemory(kCudaWords), c10::Device(c10::kCUDA, 0), after);
        QVERIFY2(text.contains("held 13.4 GB at that moment"), qPrintable(text)); // 12.50 GiB
        QVERIFY2(text.contains("1.3 GB of the card were free"), qPrintable(text));
        QVERIFY2(text.contains("8.6 GB more were asked for"), qPrintable(text));
        QVERIFY(!text.contains("34.6"));
    }

    void accountOfThen()
    {
        const c10::OutOfMemoryError error = outOfMemory(
            std::string(kCudaWords)
                .replace(std::string(kCudaWords).find("Including"), 0, "Process 118636 has 1.00 GiB memory in use. "));
        const MemoryAccount account = describeOutOfMemory(error, c10::Device(c10::kCUDA, 0),
            { .phase = MemoryPhase::Backward, .batch = 12, .modelWeights = 1'000'000 })
                                          .account();
        QCOMPARE(QString::fromStdString(account.device), QString("cuda:0"));
        QCOMPARE(account.batch, 12);
        QCOMPARE(account.held, std::int64_t { 13'421'772'800 }); // 12.50 GiB
        QVERIFY(account.unused && account.free && account.total);
        QCOMPARE(account.unused.value(), std::int64_t { 362'283'008 }); // 345.50 MiB
        QCOMPARE(account.others.value(), std::int64_t { 1'073'741'824 });
        QCOMPARE(account.rest(), account.held - 1'000'000);
        QCOMPARE(account.limit().value(), account.held + *account.unused + *account.free);
    }

    // Words of another version, without figures: the peak outlives what it was the peak of.
    void memoryWithoutFigures()
    {
        const auto after
            = [](c10::Device) { return std::optional(DeviceMemory { 34'600'000, 5'500'000'000, 40'000'000 }); };
        for (const char* words :
            { "CUDA out of memory.", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED when calling" }) {
            const c10::Error error({ __func__, __FILE__, __LINE__ }, words);
            const QString text = sentence(error, c10::Device(c10::kCUDA, 0), after);
            QVERIFY2(text.contains("held 5.5 GB at that moment"), qPrintable(text));
            QVERIFY(!text.contains("34.6"));
        }
    }

    void memoryOfTheMachine()
    {
        const c10::Error error({ __func__, __FILE__, __LINE__ },
            "DefaultCPUAllocator: can't allocate memory: you tried to allocate 1500000000 bytes. Error code 12");
        const QString text
            = sentence(error, c10::Device(c10::kCPU), [](c10::Device) { return std::optional<DeviceMemory>(); });
        QVERIFY2(text.contains("This machine has run out of memory: 1.5 GB more were asked for"), qPrintable(text));
    }

    void whyThereIsNoDevice_data()
    {
        QTest::addColumn<CudaState>("state");
        QTest::addColumn<QString>("words");
        QTest::newRow("built for the CPU") << CudaState {} << "built for the CPU alone";
        QTest::newRow("no driver") << CudaState { .built = true } << "there is no NVIDIA driver here";
        QTest::newRow("no GPU") << CudaState { .built = true, .driver = true } << "it shows no GPU";
        QTest::newRow("hidden") << CudaState { .built = true, .driver = true, .noGpus = NoCuda::Hidden }
                                << "CUDA_VISIBLE_DEVICES hides every GPU";
        QTest::newRow("NVML does not answer") << CudaState { .built = true, .driver = true, .noGpus = NoCuda::NoAnswer }
                                              << "libnvidia-ml.so.1) is missing";
        QTest::newRow("too old") << CudaState {
            .built = true, .driver = true, .driverVersion = "470.82", .gpus = 2
        } << "can use none of the 2 GPUs that the NVIDIA driver 470.82 shows: the driver is too old";
        QTest::newRow("cannot be opened")
            << CudaState { .built = true, .broken = "libcudart.so.13: cannot open shared object file" }
            << "cannot be opened: libcudart.so.13";
        QTest::newRow("two") << CudaState { .built = true, .driver = true, .gpus = 2, .usable = 2 }
                             << "can use 2 CUDA devices";
    }

    void whyThereIsNoDevice()
    {
        QFETCH(CudaState, state);
        QFETCH(QString, words);
        const QString text = QString::fromStdString(describe(state).english());
        QVERIFY2(text.contains(words), qPrintable(text));
        QVERIFY(words.startsWith("built for the CPU") || !text.contains("CPU alone"));
    }
};

QTEST_GUILESS_MAIN(TestTorchDevice)
#include "tst_torch_device.moc"
