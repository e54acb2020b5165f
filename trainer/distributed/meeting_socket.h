// SPDX-License-Identifier: GPL-3.0-or-later
// The sockets by which ranks find each other, before c10d takes over: so that a host that does not resolve, a port in
// use and a rank 0 that never comes are sentences, and nobody waits who could know better. Training thread.
#pragma once

#include "trainer/distributed/world.h"

#include <stop_token>
#include <string>

namespace nabiz::trainer {

// Listens at the world's port, 0 = any, of its address alone where that is this machine's loopback; closed with it.
class Listener {
public:
    // Throws TrainError{BadInput}.
    explicit Listener(const World& world);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    int port() const { return m_port; }
    int handOver(); // the socket, which is the caller's from then on

private:
    int m_socket = -1;
    int m_port = 0;
};

// Waits until somebody listens there, and returns the address of this host by which it reaches them. Throws TrainError,
// and Cancelled.
std::string waitForListener(const World& world, const std::stop_token& stop);

} // namespace nabiz::trainer
