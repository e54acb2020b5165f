// SPDX-License-Identifier: GPL-3.0-or-later
// A group of c10d's Gloo over a store: the one file that knows its class, whose header wants Gloo's.
// Training thread.
#pragma once

#include "trainer/distributed/rendezvous.h"

#include <torch/csrc/distributed/c10d/Backend.hpp>

#include <string>

namespace nabiz::trainer {

// Over the interface by which rank 0 is reached, or those of GLOO_SOCKET_IFNAME. Throws TrainError.
c10::intrusive_ptr<c10d::Backend> makeGlooGroup(const Rendezvous& rendezvous, const std::string& name);

} // namespace nabiz::trainer
