// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/distributed/gloo_comm.h"

#include "trainer/base/train_error.h"
#include "trainer/distributed/failure_watch.h"
#include "trainer/distributed/gloo_group.h"

#include <functional>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::chrono::milliseconds kGlance { 300 }; // after which a waiting rank asks whether another has failed

class GlooWork final : public Comm::Work {
public:
    GlooWork(c10::intrusive_ptr<c10d::Work> work, std::function<void(c10d::Work&)> settle)
        : m_work(std::move(work))
        , m_settle(std::move(settle))
    {
    }
    void wait() override { m_settle(*m_work); }

private:
    c10::intrusive_ptr<c10d::Work> m_work;
    std::function<void(c10d::Work&)> m_settle;
};

class GlooComm final : public Comm {
public:
    explicit GlooComm(Rendezvous& rendezvous)
        : m_rendezvous(rendezvous)
        , m_gradients(makeGlooGroup(rendezvous, "gradients"))
        , m_words(makeGlooGroup(rendezvous, "words"))
        , m_watch(rendezvous.store())
    {
    }

    int rank() const override { return m_rendezvous.world().rank; }
    int size() const override { return m_rendezvous.world().size; }
    std::string engine() const override { return "gloo"; }

    std::unique_ptr<Work> startSum(at::Tensor tensor) override
    {
        std::vector<at::Tensor> tensors { std::move(tensor) };
        return std::make_unique<GlooWork>(m_gradients->allreduce(tensors), [this](c10d::Work& work) { settle(work); });
    }

    void sum(at::Tensor tensor) override { reduce(std::move(tensor), c10d::ReduceOp::SUM); }
    void maximum(at::Tensor tensor) override { reduce(std::move(tensor), c10d::ReduceOp::MAX); }

    void broadcast(at::Tensor tensor) override
    {
        std::vector<at::Tensor> tensors { std::move(tensor) };
        settle(*m_words->broadcast(tensors));
    }

    // A sum with nothing is exact, and Gloo's own gathering is no faster for the few rows that are gathered.
    at::Tensor gather(const at::Tensor& rows) override
    {
        std::vector<std::int64_t> shape = rows.sizes().vec();
        shape[0] *= size();
        at::Tensor all = at::zeros(shape, rows.options());
        all.narrow(0, rank() * rows.size(0), rows.size(0)).copy_(rows);
        sum(all);
        return all;
    }

private:
    Rendezvous& m_rendezvous;
    c10::intrusive_ptr<c10d::Backend> m_gradients;
    c10::intrusive_ptr<c10d::Backend> m_words;
    FailureWatch m_watch;

    void reduce(at::Tensor tensor, c10d::ReduceOp::RedOpType how)
    {
        std::vector<at::Tensor> tensors { std::move(tensor) };
        c10d::AllreduceOptions options;
        options.reduceOp = how;
        settle(*m_words->allreduce(tensors, options));
    }

    void settle(c10d::Work& work)
    {
        for (;;) {
            try {
                work.wait(kGlance);
                return;
            } catch (const std::exception& error) {
                if (work.isCompleted() && work.isSuccess())
                    return;
                if (work.isCompleted() || m_watch.hasFailed())
                    fail(error);
            }
        }
    }

    [[noreturn]] void fail(const std::exception& error)
    {
        const std::string missing = m_rendezvous.missing();
        if (missing.empty())
            throw TrainError(TrainErrorKind::Device,
                message(NABIZ_TEXT("Message", "The ranks have lost each other: %1"), error.what()));
        throw TrainError(TrainErrorKind::Device,
            message(NABIZ_TEXT("Message",
                        "Of the %1 ranks, %2 is gone or stands still, and without it the training cannot go on: begin "
                        "it anew, or resume the run from its last checkpoint."),
                std::to_string(size()), missing));
    }
};

} // namespace

std::unique_ptr<Comm> makeGlooComm(Rendezvous& rendezvous)
{
    return std::make_unique<GlooComm>(rendezvous);
}

} // namespace nabiz::trainer
