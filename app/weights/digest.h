// SPDX-License-Identifier: GPL-3.0-or-later
// The two hashes by which a hub names contents: SHA-256 of large files, git's SHA-1 of small ones. Read from the disk
// rather than from the wire, so that what is checked is what was kept. Any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace nabiz::app {

enum class DigestKind { Sha256, GitBlob };

// By the length of the hexadecimal text: 64 or 40 digits.
DigestKind digestKind(const std::string& digest);
bool isDigest(const std::string& text);

// In hexadecimal. `interrupted` is asked between pieces and throws to end it. Throws FetchError for what cannot be
// read.
std::string fileDigest(
    const std::filesystem::path& file, DigestKind kind, const std::function<void()>& interrupted = {});

} // namespace nabiz::app
