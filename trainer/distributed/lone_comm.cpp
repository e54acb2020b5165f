// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/distributed/comm.h"

namespace nabiz::trainer {

namespace {

class Done final : public Comm::Work {
public:
    void wait() override { }
};

} // namespace

std::unique_ptr<Comm::Work> LoneComm::startSum(at::Tensor)
{
    return std::make_unique<Done>();
}

} // namespace nabiz::trainer
