// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/check/check_device.h"

#include "trainer/check/checked_parts.h"
#include "trainer/data/cancelled.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include <limits>
#include <map>

namespace nabiz::trainer {

namespace {

constexpr double kDropout = 0.1;

// Products that are asked for in float32 are computed in it, not in the 19 bits of TF32.
class FullFloat32 {
public:
    FullFloat32()
        : m_before(at::globalContext().float32MatmulPrecision())
    {
        at::globalContext().setFloat32MatmulPrecision("highest");
    }
    ~FullFloat32()
    {
        const bool highest = m_before == at::Float32MatmulPrecision::HIGHEST;
        const bool high = m_before == at::Float32MatmulPrecision::HIGH;
        at::globalContext().setFloat32MatmulPrecision(highest ? "highest" : high ? "high" : "medium");
    }
    FullFloat32(const FullFloat32&) = delete;
    FullFloat32& operator=(const FullFloat32&) = delete;

private:
    at::Float32MatmulPrecision m_before;
};

// Fused attention as sm_75 has it.
class AttentionOfT4 {
public:
    AttentionOfT4()
        : m_flash(at::globalContext().userEnabledFlashSDP())
        , m_cudnn(at::globalContext().userEnabledCuDNNSDP())
    {
        at::globalContext().setSDPUseFlash(false);
        at::globalContext().setSDPUseCuDNN(false);
    }
    ~AttentionOfT4()
    {
        at::globalContext().setSDPUseFlash(m_flash);
        at::globalContext().setSDPUseCuDNN(m_cudnn);
    }
    AttentionOfT4(const AttentionOfT4&) = delete;
    AttentionOfT4& operator=(const AttentionOfT4&) = delete;

private:
    bool m_flash;
    bool m_cudnn;
};

class Threads {
public:
    explicit Threads(int count)
        : m_before(at::get_num_threads())
    {
        at::set_num_threads(count);
    }
    ~Threads() { at::set_num_threads(m_before); }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

private:
    int m_before;
};

std::string nameOf(at::ScalarType type)
{
    switch (type) {
    case at::kHalf:
        return "float16";
    case at::kBFloat16:
        return "bfloat16";
    case at::kChar:
        return "int8";
    default:
        return "float32";
    }
}

// In float32 sums in another order move a tensor by 1e-6 of its norm, a gradient that is the small rest of large sums
// by 1e-5; TF32, or a product of another shape, by 5e-4. In the small types a product is rounded by 2^-11 and 2^-8, and
// what passes through several by a few times that. Where a feature is cut off at zero, rounding across it turns a
// gradient on or off whole, and the difference goes with the root of the rounding.
double toleranceFor(at::ScalarType type, bool cutsOff)
{
    const double factor = cutsOff ? 4 : 1;
    switch (type) {
    case at::kHalf:
    case at::kChar:
        return 1e-2 * factor;
    case at::kBFloat16:
        return 8e-2 * factor;
    default:
        return 1e-4;
    }
}

// The same device, masks and weights: only the order in which a GPU adds is free.
double toleranceOfCheckpointing(at::ScalarType type)
{
    return type == at::kFloat ? 1e-5 : 2e-2;
}

class Checker {
public:
    Checker(at::Device device, bool bfloat16, std::stop_token stop)
        : m_device(device)
        , m_stop(std::move(stop))
    {
        if (!device.is_cpu())
            m_small.push_back(at::kHalf);
        if (bfloat16)
            m_small.push_back(at::kBFloat16);
    }

    void check(const CheckedPart& part)
    {
        m_references.clear();
        switch (part.kind) {
        case CheckedPart::Kind::Part:
            againstCpu(part, true);
            break;
        case CheckedPart::Kind::Whole:
            againstCpu(part, true);
            againstPlainPass(part);
            break;
        case CheckedPart::Kind::Decoder:
            againstCpu(part, false);
            break;
        case CheckedPart::Kind::Optimizer:
            againstCpu(part, at::kFloat, {});
            break;
        }
    }

    std::vector<DeviceCheckRow> take() { return std::move(m_rows); }

private:
    void againstCpu(const CheckedPart& part, bool autocast)
    {
        againstCpu(part, at::kFloat, {});
        for (const at::ScalarType type : m_small)
            againstCpu(
                part, type, { autocast ? std::optional(type) : std::nullopt, part.hasDecoder ? type : at::kFloat });
        if (part.kind == CheckedPart::Kind::Decoder)
            againstCpu(part, at::kChar, { {}, at::kChar });
    }

    // The CPU computes in float32, on the same weights and in one thread: on a CPU, too, there is something to compare.
    void againstCpu(const CheckedPart& part, at::ScalarType type, const Manner& manner)
    {
        const auto reference = [&]() -> const Computed& {
            auto& known = m_references[manner.held];
            if (known.outputs.empty()) {
                const Threads one(1);
                known = part.compute(at::kCPU, Manner { .held = manner.held });
            }
            return known;
        };
        compare(
            { part.name, nameOf(type), "CPU", 0, 0, toleranceFor(type, part.cutsOff), false, {} },
            [&] {
                const Threads threads(
                    type == at::kFloat && part.kind != CheckedPart::Kind::Whole ? at::get_num_threads() : 1);
                return part.compute(m_device, manner);
            },
            reference);
    }

    void againstPlainPass(const CheckedPart& part)
    {
        const Threads one(1);
        std::vector<at::ScalarType> types = m_small;
        types.insert(types.begin(), at::kFloat);
        for (const at::ScalarType type : types) {
            Manner manner { type == at::kFloat ? std::nullopt : std::optional(type),
                part.hasDecoder ? type : at::kFloat, kDropout };
            const auto plain = [&] { return part.compute(m_device, manner); };
            compare(
                { part.name + ", checkpointed", nameOf(type), "plain pass", 0, 0, toleranceOfCheckpointing(type), false,
                    {} },
                [&, again = manner]() mutable {
                    again.checkpointing = true;
                    return part.compute(m_device, again);
                },
                plain);
        }
    }

    template <typename Compute, typename Reference>
    void compare(DeviceCheckRow row, Compute&& compute, Reference&& reference)
    {
        throwIfStopped(m_stop);
        try {
            const Deviation deviation = deviationOf(compute(), reference());
            row.output = deviation.output;
            row.gradient = deviation.gradient;
            row.worst = deviation.worst;
            row.agrees = row.output <= row.tolerance && row.gradient <= row.tolerance;
        } catch (const c10::Error& error) {
            row.output = row.gradient = std::numeric_limits<double>::quiet_NaN();
            const std::string text = error.what_without_backtrace();
            row.worst = text.substr(0, text.find('\n'));
        }
        m_rows.push_back(std::move(row));
    }

    at::Device m_device;
    std::stop_token m_stop;
    std::vector<at::ScalarType> m_small;
    std::map<at::ScalarType, Computed> m_references; // of the part at hand, by what the decoder's weights are held in
    std::vector<DeviceCheckRow> m_rows;
};

} // namespace

std::vector<DeviceCheckRow> checkDevice(at::Device device, bool bfloat16, const std::stop_token& stop)
{
    const FullFloat32 precise;
    Checker checker(device, bfloat16, stop);
    for (const auto& parts : { checkedPartsWithoutOrder(), checkedParts(true), checkedParts(false) }) {
        for (const CheckedPart& part : parts)
            checker.check(part);
    }
    return checker.take();
}

std::vector<DeviceCheckRow> checkAsT4(at::Device device, const std::stop_token& stop)
{
    const AttentionOfT4 attention;
    return checkDevice(device, false, stop);
}

} // namespace nabiz::trainer
