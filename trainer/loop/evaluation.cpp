// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/evaluation.h"

#include <ATen/core/grad_mode.h>

namespace nabiz::trainer {

IdBatch::IdBatch(std::span<const std::uint8_t> ids, std::int64_t length, at::Device device)
{
    const auto rows = static_cast<std::int64_t>(ids.size()) / length;
    at::Tensor all = at::empty({ rows, length }, at::kByte);
    std::copy(ids.begin(), ids.end(), all.mutable_data_ptr<std::uint8_t>());
    all = all.to(device).to(at::kLong);
    inputs = all.narrow(1, 0, length - 1);
    targets = all.narrow(1, 1, length - 1);
}

std::optional<double> evaluate(const Agiformer& model, const ValidationSet& set, const BatchShare& share,
    std::optional<at::ScalarType> autocast, std::stop_token stop)
{
    const at::NoGradGuard guard;
    const std::int64_t length = model.config().length;
    std::vector<std::uint8_t> ids(share.batchIds());
    Pass pass = Pass::evaluation(); // with a memory of its own, so that training's is not disturbed
    pass.setAutocast(autocast).setPart(share.part());
    at::Tensor sum = at::zeros({}, at::TensorOptions(at::kDouble).device(model.device()));
    std::int64_t targets = 0;
    for (std::int64_t i = 0; i < set.batches(); ++i) {
        if (stop.stop_requested())
            return {};
        const std::int64_t all = set.batch(i, ids);
        if (all == 0)
            continue;
        const std::int64_t count = share.isPart() ? share.ownTargets(ids) : all;
        const IdBatch batch(share.own(ids), length, model.device());
        const at::Tensor logits = model(batch.inputs, pass).logits;
        targets += all;
        if (count > 0)
            sum = sum + lossOf(logits, batch.targets).to(at::kDouble) * static_cast<double>(count);
    }
    if (targets == 0)
        return {};
    return share.sum(sum.item<double>()) / static_cast<double>(targets);
}

} // namespace nabiz::trainer
