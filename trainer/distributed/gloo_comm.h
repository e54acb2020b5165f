// SPDX-License-Identifier: GPL-3.0-or-later
// Comm over c10d's Gloo, which LibTorch brings: on CPUs, over TCP. Two groups, so that small messages do not stand in
// line behind gradients. Training thread.
#pragma once

#include "trainer/distributed/comm.h"
#include "trainer/distributed/rendezvous.h"

namespace nabiz::trainer {

// `rendezvous` outlives it. Throws TrainError{Library} where this LibTorch has no Gloo.
std::unique_ptr<Comm> makeGlooComm(Rendezvous& rendezvous);

} // namespace nabiz::trainer
