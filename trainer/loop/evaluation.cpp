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

std::optional<double> evaluate(const Agiformer& model, const ValidationSet& set, std::int64_t batchSize,
    std::optional<at::ScalarType> autocast, std::stop_token stop)
{
    const at::NoGradGuard guard;
    const std::int64_t length = model.config().length;
    std::vector<std::uint8_t> ids(static_cast<std::size_t>(batchSize * length));
    Pass pass = Pass::evaluation(); // with a memory of its own, so that training's is not disturbed
    pass.setAutocast(autocast);
    at::Tensor sum = at::zeros({}, at::TensorOptions(at::kDouble).device(model.device()));
    std::int64_t targets = 0;
    for (std::int64_t i = 0; i < set.batches(); ++i) {
        if (stop.stop_requested())
            return {};
        const std::int64_t count = set.batch(i, ids);
        if (count == 0)
            continue;
        const IdBatch batch(ids, length, model.device());
        const at::Tensor loss = lossOf(model(batch.inputs, pass).logits, batch.targets);
        sum = sum + loss.to(at::kDouble) * static_cast<double>(count);
        targets += count;
    }
    if (targets == 0)
        return {};
    return sum.item<double>() / static_cast<double>(targets);
}

} // namespace nabiz::trainer
