// SPDX-License-Identifier: GPL-3.0-or-later
// What git says of a folder when a run starts: its commit, and how it differs from that. Asks the program git, without
// a shell, a lock, or the external diffs and monitors that the folder may be set up with. As long as the disk takes;
// any thread.
#pragma once

#include <map>
#include <string>

namespace nabiz::app {

struct TrackedFolder {
    // track.commit, track.changes ("none", or how many files), track.hash of the difference where there is one. Empty
    // when git could not say.
    std::map<std::string, std::string> facts;
    std::string diff; // against the commit, valid UTF-8; of a very long one its beginning
    std::string failure; // why git could not say
};

TrackedFolder lookAtFolder(const std::string& folder);

} // namespace nabiz::app
