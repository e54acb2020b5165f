// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/distributed/meeting_socket.h"

#include "trainer/base/train_error.h"
#include "trainer/data/cancelled.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>
#include <utility>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace nabiz::trainer {

namespace {

struct Free {
    void operator()(addrinfo* found) const { freeaddrinfo(found); }
};
using Addresses = std::unique_ptr<addrinfo, Free>;
constexpr int kAnswerMs = 2000; // of a host, before it is asked again
constexpr std::chrono::milliseconds kBetween { 100 };

Addresses resolve(const World& world)
{
    addrinfo hints {};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int error = getaddrinfo(world.address.c_str(), std::to_string(world.port).c_str(), &hints, &found);
    if (error != 0)
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message",
                        "The host of rank 0, '%1', cannot be found (%2): set MASTER_ADDR to a name or an address that "
                        "every host knows."),
                world.address, gai_strerror(error)));
    return Addresses(found);
}

TrainError cannotListen(const World& world)
{
    if (errno == EADDRINUSE)
        return { TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message",
                        "Port %1 is in use: another training, or another program, listens there. Set MASTER_PORT to a "
                        "free one on every rank."),
                std::to_string(world.port)) };
    return { TrainErrorKind::BadInput,
        message(NABIZ_TEXT("Message", "Rank 0 cannot listen at %1: %2. MASTER_ADDR must be an address of its host."),
            world.place(), std::strerror(errno)) };
}

bool isLoopback(const World& world)
{
    return world.address == "localhost" || world.address.starts_with("127.") || world.address == "::1";
}

std::string nameOf(const sockaddr_storage& address, socklen_t size)
{
    char host[NI_MAXHOST] = "";
    getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host, sizeof host, nullptr, 0, NI_NUMERICHOST);
    return host;
}

// Our address of a connection to there; empty when nobody listens there yet.
std::string connectedFrom(const addrinfo& there)
{
    const int socket = ::socket(there.ai_family, there.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, there.ai_protocol);
    if (socket < 0)
        return {};
    std::string host;
    int error = connect(socket, there.ai_addr, there.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS) {
        pollfd event { socket, POLLOUT, 0 };
        socklen_t size = sizeof error;
        if (poll(&event, 1, kAnswerMs) != 1 || getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
            error = ETIMEDOUT;
    }
    sockaddr_storage own {};
    socklen_t size = sizeof own;
    if (error == 0 && getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size) == 0)
        host = nameOf(own, size);
    close(socket);
    return host;
}

} // namespace

Listener::Listener(const World& world)
{
    const Addresses there = resolve(world);
    const bool everywhere = !isLoopback(world);
    m_socket = socket(there->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (everywhere && there->ai_family == AF_INET)
        reinterpret_cast<sockaddr_in*>(there->ai_addr)->sin_addr.s_addr = INADDR_ANY;
    if (m_socket < 0 || bind(m_socket, there->ai_addr, there->ai_addrlen) != 0 || listen(m_socket, SOMAXCONN) != 0) {
        const TrainError error = cannotListen(world);
        close(m_socket);
        throw error;
    }
    sockaddr_storage own {};
    socklen_t size = sizeof own;
    getsockname(m_socket, reinterpret_cast<sockaddr*>(&own), &size);
    m_port = ntohs(own.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&own)->sin6_port
                                             : reinterpret_cast<sockaddr_in*>(&own)->sin_port);
}

Listener::~Listener()
{
    if (m_socket >= 0)
        close(m_socket);
}

int Listener::handOver()
{
    return std::exchange(m_socket, -1);
}

std::string waitForListener(const World& world, const std::stop_token& stop)
{
    const Addresses addresses = resolve(world);
    const auto until = std::chrono::steady_clock::now() + world.joinTimeout();
    while (std::chrono::steady_clock::now() < until) {
        for (const addrinfo* there = addresses.get(); there; there = there->ai_next) {
            if (std::string host = connectedFrom(*there); !host.empty())
                return host;
        }
        throwIfStopped(stop);
        if (world.watch)
            world.watch();
        std::this_thread::sleep_for(kBetween);
    }
    throw TrainError(TrainErrorKind::Device,
        message(NABIZ_TEXT("Message",
                    "Rank %1 has found nobody at %2 for %3 s: was rank 0 started, and does a firewall let this host "
                    "through?"),
            std::to_string(world.rank), world.place(),
            std::to_string(std::chrono::duration_cast<std::chrono::seconds>(world.joinTimeout()).count())));
}

} // namespace nabiz::trainer
