// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/distributed/gloo_group.h"

#include "trainer/base/train_error.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <cstdlib>

namespace nabiz::trainer {

c10::intrusive_ptr<c10d::Backend> makeGlooGroup(const Rendezvous& rendezvous, const std::string& name)
{
    using Gloo = c10d::ProcessGroupGloo;
    const World& world = rendezvous.world();
    try {
        const char* const chosen = std::getenv("GLOO_SOCKET_IFNAME");
        const auto options
            = chosen && *chosen ? Gloo::Options::create_default(world.timeout) : Gloo::Options::create(world.timeout);
        // By the host's name it would be 127.0.1.1 on a Debian of its own, where no other host comes.
        if (options->devices.empty())
            options->devices.push_back(Gloo::createDeviceForHostname(rendezvous.ownAddress()));
        const auto store = c10::make_intrusive<c10d::PrefixStore>(name, rendezvous.store());
        return c10::make_intrusive<Gloo>(store, world.rank, world.size, options);
    } catch (const std::exception& error) {
        throw TrainError(TrainErrorKind::Device,
            message(NABIZ_TEXT("Message",
                        "Rank %1 cannot reach the others from %2: %3. GLOO_SOCKET_IFNAME names the interface to use."),
                std::to_string(world.rank), rendezvous.ownAddress(), std::string(error.what())));
    }
}

} // namespace nabiz::trainer
