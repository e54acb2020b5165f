// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/rank_exchange.h"

#include "trainer/config/parameters/rank_metrics.h"

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kCommands = 8; // at most, of one message
constexpr std::int64_t kFigures = 3; // of a rank
// Places in the message: who wants to stop, commands, figures of each rank, rows.
constexpr std::int64_t kFirstCommand = 1;
constexpr std::int64_t kFirstFigure = kFirstCommand + kCommands;

std::vector<std::pair<Metric, double>> metricsOf(const double* figures, int ranks)
{
    std::vector<std::pair<Metric, double>> metrics;
    for (std::int64_t rank = 0; rank < ranks; ++rank, figures += kFigures) {
        metrics.emplace_back(rankMetric(rank, RankFigure::Memory), figures[0]);
        metrics.emplace_back(rankMetric(rank, RankFigure::TokensPerSecond), figures[1]);
        metrics.emplace_back(rankMetric(rank, RankFigure::WaitSeconds), figures[2]);
    }
    return metrics;
}

} // namespace

Agreed RankExchange::exchange(RowQueue& rows, const RankFigures& own, bool stop, Control& control)
{
    const std::vector<at::Tensor> values = rows.unagreed();
    std::int64_t size = kFirstFigure + kFigures * m_comm.size();
    for (const at::Tensor& row : values)
        size += row.numel();
    const at::Tensor message = at::zeros({ size }, at::kDouble);
    double* const said = message.mutable_data_ptr<double>();
    said[0] = stop ? 1 : 0;
    for (std::int64_t i = 0; m_comm.rank() == 0 && i < kCommands; ++i) {
        const auto command = control.poll();
        if (!command)
            break;
        said[kFirstCommand + i] = static_cast<double>(*command) + 1;
    }
    double* const figures = said + kFirstFigure + kFigures * m_comm.rank();
    const double busy = own.seconds - own.waited;
    figures[0] = own.memory;
    figures[1] = busy > 0 ? own.tokens / busy : 0;
    figures[2] = own.waited;
    std::int64_t place = kFirstFigure + kFigures * m_comm.size();
    for (const at::Tensor& row : values) {
        message.narrow(0, place, row.numel()).copy_(row);
        // The loss is weighted already; all else is a mean over equal parts.
        message.narrow(0, place + 1, row.numel() - 1).div_(m_comm.size());
        place += row.numel();
    }
    m_comm.sum(message);
    place = kFirstFigure + kFigures * m_comm.size();
    for (const at::Tensor& row : values) {
        at::Tensor(row).copy_(message.narrow(0, place, row.numel()));
        place += row.numel();
    }
    rows.agree(metricsOf(said + kFirstFigure, m_comm.size()));
    Agreed agreed { said[0] > 0, {} };
    for (std::int64_t i = 0; i < kCommands && said[kFirstCommand + i] > 0; ++i)
        agreed.commands.push_back(static_cast<Command>(static_cast<int>(said[kFirstCommand + i]) - 1));
    return agreed;
}

} // namespace nabiz::trainer
