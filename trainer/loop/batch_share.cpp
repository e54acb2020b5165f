// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/batch_share.h"

#include "trainer/model/agiformer.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

at::Tensor onHost(const at::Tensor& tensor)
{
    return tensor.to(at::kCPU, tensor.scalar_type(), false, true).contiguous();
}

std::shared_ptr<const BatchPart> partOf(Comm& comm)
{
    auto part = std::make_shared<BatchPart>();
    part->number = comm.rank();
    part->count = comm.size();
    part->sum = [&comm](const at::Tensor& value) {
        const at::Tensor sum = onHost(value);
        comm.sum(sum);
        return sum.to(value.device());
    };
    part->gather = [&comm](const at::Tensor& rows) { return comm.gather(onHost(rows)).to(rows.device()); };
    return part;
}

} // namespace

BatchShare::BatchShare(Comm& comm, std::int64_t rows, std::int64_t length)
    : m_comm(comm)
    , m_rows(rows)
    , m_length(length)
    , m_part(comm.size() > 1 ? partOf(comm) : nullptr)
{
}

std::span<const std::uint8_t> BatchShare::own(std::span<const std::uint8_t> batch) const
{
    const std::size_t size = batch.size() / static_cast<std::size_t>(m_comm.size());
    return batch.subspan(static_cast<std::size_t>(m_comm.rank()) * size, size);
}

std::int64_t BatchShare::ownTargets(std::span<const std::uint8_t> batch) const
{
    const auto rows = own(batch);
    const auto length = static_cast<std::size_t>(m_length);
    std::int64_t targets = 0;
    for (std::size_t row = 0; row < rows.size(); row += length)
        targets += static_cast<std::int64_t>(length) - 1 - std::ranges::count(rows.subspan(row + 1, length - 1), 0);
    return targets;
}

at::Tensor BatchShare::weighted(
    const at::Tensor& logits, const at::Tensor& ownTargets, std::int64_t own, std::int64_t targets) const
{
    if (!isPart())
        return lossOf(logits, ownTargets);
    // Padding alone: nothing to learn, and every rank has gradients for all the same.
    if (own == 0)
        return logits.sum() * 0.0;
    return lossOf(logits, ownTargets) * (static_cast<double>(own) / static_cast<double>(targets));
}

double BatchShare::sum(double value) const
{
    if (!isPart())
        return value;
    const at::Tensor sum = at::full({ 1 }, value, at::kDouble);
    m_comm.sum(sum);
    return sum.item<double>();
}

} // namespace nabiz::trainer
