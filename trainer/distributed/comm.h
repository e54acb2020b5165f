// SPDX-License-Identifier: GPL-3.0-or-later
// What ranks say to each other, whatever carries it: sums and broadcasts that every rank calls in the same order. What
// fails throws TrainError with a sentence that names who is gone, and then nothing goes any more. One engine a file.
// Training thread only.
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>

namespace nabiz::trainer {

class Comm {
public:
    // Under way; its tensor is not to be touched until wait() has returned.
    class Work {
    public:
        virtual ~Work() = default;
        virtual void wait() = 0;
    };

    virtual ~Comm() = default;
    virtual int rank() const = 0;
    virtual int size() const = 0;
    virtual std::string engine() const = 0; // "gloo"; empty of a lone rank

    // Large tensors on the run's device, in place, beside what is computed.
    virtual std::unique_ptr<Work> startSum(at::Tensor tensor) = 0;
    // Small ones on the CPU, in place, at once.
    virtual void sum(at::Tensor tensor) = 0;
    virtual void maximum(at::Tensor tensor) = 0;
    // From rank 0, in place.
    virtual void broadcast(at::Tensor tensor) = 0;
    // The rows of all ranks, as many of each, one rank's after another's.
    virtual at::Tensor gather(const at::Tensor& rows) = 0;
};

// Of a run without others: nothing is sent, and nothing changes.
class LoneComm final : public Comm {
public:
    int rank() const override { return 0; }
    int size() const override { return 1; }
    std::string engine() const override { return {}; }
    std::unique_ptr<Work> startSum(at::Tensor) override;
    void sum(at::Tensor) override { }
    void maximum(at::Tensor) override { }
    void broadcast(at::Tensor) override { }
    at::Tensor gather(const at::Tensor& rows) override { return rows; }
};

} // namespace nabiz::trainer
