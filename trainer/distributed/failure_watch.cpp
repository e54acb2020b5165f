// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/distributed/failure_watch.h"

#include "trainer/distributed/rendezvous.h"

#include <thread>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::chrono::milliseconds kBetween { 200 };

} // namespace

FailureWatch::FailureWatch(c10::intrusive_ptr<c10d::Store> store)
    : m_state(std::make_shared<State>())
{
    std::thread([state = m_state, store = std::move(store)] {
        try {
            while (!state->over && !state->failed) {
                state->failed = store->check({ kFailing });
                std::this_thread::sleep_for(kBetween);
            }
        } catch (const std::exception&) {
            return; // with the store goes who could say it, and the connections to them
        }
    }).detach();
}

FailureWatch::~FailureWatch()
{
    m_state->over = true;
}

} // namespace nabiz::trainer
