// SPDX-License-Identifier: GPL-3.0-or-later
// In the place of c10d_ranks.cpp where the LibTorch of the build has no Gloo.
#include "trainer/base/train_error.h"
#include "trainer/distributed/ranks.h"

namespace nabiz::trainer {

std::shared_ptr<Ranks> meetRanks(const World&, const std::map<std::string, std::string>&, const std::stop_token&)
{
    throw TrainError(TrainErrorKind::Library,
        message(NABIZ_TEXT("Message",
            "This LibTorch has no part for several ranks: build with the one that ./run.sh setup installs, or train with "
            "hardware.ranks=1.")));
}

} // namespace nabiz::trainer
