// SPDX-License-Identifier: GPL-3.0-or-later
// What the ranks say to each other once a step besides gradients, in one message: the losses of their rows, who wants
// to stop, what rank 0 was told to do, and how each fares. Training thread only.
#pragma once

#include "trainer/distributed/comm.h"
#include "trainer/loop/control.h"
#include "trainer/loop/row_queue.h"

#include <vector>

namespace nabiz::trainer {

// How a rank fared since it last said so.
struct RankFigures {
    double memory = 0; // bytes
    double tokens = 0; // of its rows
    double seconds = 0; // of its batches
    double waited = 0; // of them, for other ranks
};

struct Agreed {
    bool stop = false; // somebody wants it
    std::vector<Command> commands; // of rank 0
};

class RankExchange {
public:
    explicit RankExchange(Comm& comm)
        : m_comm(comm)
    {
    }

    // The rows leave the queue, those of all ranks as one. Commands are taken from `control` on rank 0.
    Agreed exchange(RowQueue& rows, const RankFigures& own, bool stop, Control& control);

private:
    Comm& m_comm;
};

} // namespace nabiz::trainer
