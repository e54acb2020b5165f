// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/distributed/rendezvous.h"

#include "trainer/base/train_error.h"
#include "trainer/data/cancelled.h"
#include "trainer/distributed/meeting_socket.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <future>
#include <memory>
#include <thread>
#include <utility>

namespace nabiz::trainer {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kBetween { 10 };
constexpr std::chrono::milliseconds kAnswer { 1500 }; // of a rank that lives

std::string keyOf(const std::string& what, int rank)
{
    return what + "/" + std::to_string(rank);
}

std::string packed(const std::map<std::string, std::string>& facts)
{
    std::string text;
    for (const auto& [name, value] : facts)
        text += name + '\x1f' + value + '\x1e';
    return text;
}

std::map<std::string, std::string> unpacked(const std::string& text)
{
    std::map<std::string, std::string> facts;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\x1e', begin);
        const auto middle = text.find('\x1f', begin);
        if (middle == std::string::npos || end == std::string::npos)
            break;
        facts[text.substr(begin, middle - begin)] = text.substr(middle + 1, end - middle - 1);
        begin = end + 1;
    }
    return facts;
}

// The first that differs, in a sentence.
Message difference(int rank, std::map<std::string, std::string> own, std::map<std::string, std::string> first)
{
    const auto said = [](const std::string& text) { return text.size() > 200 ? text.substr(0, 200) + "…" : text; };
    for (const auto& [name, value] : first)
        own.try_emplace(name);
    for (const auto& [name, value] : own) {
        const std::string other = first[name];
        if (other != value)
            return message(NABIZ_TEXT("Message",
                               "Rank %1 is not of the same training as rank 0: %2 is %3 there, and %4 on rank 0. Every "
                               "rank takes the same preset, text, program and LibTorch."),
                std::to_string(rank), name, said(value), said(other));
    }
    return message(NABIZ_TEXT("Message", "Rank %1 is not of the same training as rank 0."), std::to_string(rank));
}

std::string askWhoIsMissing(c10d::Store& store, const World& world)
{
    std::string ranks;
    try {
        store.set(keyOf("left", world.rank), std::vector<std::uint8_t> { '.' });
        store.set(kFailing, std::vector<std::uint8_t> { '.' });
        // Rank 0, whose store it may be, asks the longest.
        const auto until = Clock::now() + (world.rank == 0 ? 2 * kAnswer : kAnswer);
        for (int rank = 0; rank < world.size; ++rank) {
            while (!store.check({ keyOf("left", rank) }) && Clock::now() < until)
                std::this_thread::sleep_for(kBetween);
            if (!store.check({ keyOf("left", rank) }))
                ranks += (ranks.empty() ? "" : ", ") + std::to_string(rank);
        }
    } catch (const std::exception&) {
        return ranks.empty() ? "0" : ranks; // 0, whose store it was
    }
    return ranks;
}

TrainError storeGone(const World& world)
{
    return { TrainErrorKind::Device,
        message(NABIZ_TEXT("Message", "Rank 0, or its launcher, is no longer at %1: the training has ended there."),
            world.place()) };
}

} // namespace

Rendezvous::Rendezvous(World world, std::stop_token stop)
    : m_world(std::move(world))
    , m_stop(std::move(stop))
{
    open();
    try {
        meet();
    } catch (const c10::Error&) {
        throw storeGone(m_world);
    }
}

void Rendezvous::open()
{
    c10d::TCPStoreOptions options;
    options.isServer = m_world.rank == 0 && !m_world.storeIsThere;
    options.waitWorkers = false;
    options.timeout = m_world.joinTimeout();
    if (options.isServer) {
        if (m_world.listener < 0) {
            Listener listener(m_world);
            m_world.port = listener.port();
            m_world.listener = listener.handOver();
        }
        options.masterListenFd = m_world.listener;
    } else {
        m_ownAddress = waitForListener(m_world, m_stop);
    }
    options.port = static_cast<std::uint16_t>(m_world.port);
    try {
        auto store = c10::make_intrusive<c10d::TCPStore>(m_world.address, options);
        // What ranks that are begun anew say is not to be taken for what the dead ones said.
        m_store = c10::make_intrusive<c10d::PrefixStore>("nabiz/" + std::to_string(m_world.restart), std::move(store));
    } catch (const std::exception& error) {
        throw TrainError(TrainErrorKind::Device,
            message(NABIZ_TEXT("Message", "What listens at %1 is no rank 0 of a training: %2"), m_world.place(),
                std::string(error.what())));
    }
    if (options.isServer)
        m_ownAddress = waitForListener(m_world, m_stop);
}

void Rendezvous::meet()
{
    const std::string size = std::to_string(m_world.size);
    if (m_store->add(keyOf("taken", m_world.rank), 1) > 1)
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message",
                        "Two processes at %1 are rank %2: give each its own RANK, and each training "
                        "its own MASTER_PORT."),
                m_world.place(), std::to_string(m_world.rank)));
    write(keyOf("size", m_world.rank), size);
    for (int rank = 0; rank < m_world.size; ++rank) {
        if (!wait(keyOf("size", rank), m_world.joinTimeout()))
            throw TrainError(TrainErrorKind::Device,
                message(
                    NABIZ_TEXT("Message",
                        "Rank %1 has not come to %2 within %3 s: was it started there, and does it reach this host?"),
                    std::to_string(rank), m_world.place(),
                    std::to_string(std::chrono::duration_cast<std::chrono::seconds>(m_world.joinTimeout()).count())));
        if (const std::string other = read(keyOf("size", rank)); other != size)
            throw TrainError(TrainErrorKind::BadInput,
                message(NABIZ_TEXT("Message", "WORLD_SIZE is %1 on rank %2 and %3 on rank %4: it is the same on all."),
                    size, std::to_string(m_world.rank), other, std::to_string(rank)));
    }
}

bool Rendezvous::wait(const std::string& key, std::chrono::milliseconds time)
{
    const auto until = Clock::now() + time;
    while (!m_store->check({ key })) {
        if (Clock::now() > until)
            return false;
        throwIfStopped(m_stop);
        if (m_world.watch)
            m_world.watch();
        std::this_thread::sleep_for(kBetween);
    }
    return true;
}

std::string Rendezvous::read(const std::string& key)
{
    const auto bytes = m_store->get(key);
    return { bytes.begin(), bytes.end() - 1 };
}

// With a byte behind it, since what is said may be empty.
void Rendezvous::write(const std::string& key, const std::string& value)
{
    std::vector<std::uint8_t> bytes(value.begin(), value.end());
    bytes.push_back('.');
    m_store->set(key, bytes);
}

std::vector<std::string> Rendezvous::collect(const std::string& what, const std::string& own)
{
    std::vector<std::string> all;
    try {
        write(keyOf(what, m_world.rank), own);
        for (int rank = 0; rank < m_world.size; ++rank) {
            if (!wait(keyOf(what, rank), m_world.joinTimeout()))
                throw TrainError(TrainErrorKind::Device,
                    message(NABIZ_TEXT("Message", "Rank %1 has said nothing for %2 s: it is gone, or stands still."),
                        std::to_string(rank),
                        std::to_string(
                            std::chrono::duration_cast<std::chrono::seconds>(m_world.joinTimeout()).count())));
            all.push_back(read(keyOf(what, rank)));
        }
    } catch (const c10::Error&) {
        throw storeGone(m_world);
    }
    return all;
}

// Each rank reads what all say, so that all come to the same end. Rank 0, whose store it may be, leaves last.
void Rendezvous::compare(const std::string& what, const std::map<std::string, std::string>& facts)
{
    const std::vector<std::string> all = collect(what, packed(facts));
    if (m_world.rank == 0)
        collect(what + "-read", {});
    else
        write(keyOf(what + "-read", m_world.rank), {});
    const auto own = static_cast<std::size_t>(m_world.rank);
    if (all[own] != all[0])
        throw TrainError(TrainErrorKind::BadInput, difference(m_world.rank, unpacked(all[own]), unpacked(all[0])));
    for (std::size_t rank = 1; rank < all.size(); ++rank) {
        if (all[rank] != all[0])
            throw TrainError(
                TrainErrorKind::BadInput, difference(static_cast<int>(rank), unpacked(all[rank]), unpacked(all[0])));
    }
}

// Not on this thread: where rank 0 stands still, its store does not answer either.
std::string Rendezvous::missing() const
{
    const auto answer = std::make_shared<std::promise<std::string>>();
    std::future<std::string> found = answer->get_future();
    std::thread([answer, store = m_store, world = m_world] {
        answer->set_value(askWhoIsMissing(*store, world));
    }).detach();
    return found.wait_for(3 * kAnswer) == std::future_status::ready ? found.get() : "0";
}

} // namespace nabiz::trainer
