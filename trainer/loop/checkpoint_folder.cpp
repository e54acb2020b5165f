// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/checkpoint_folder.h"

#include "trainer/base/byte_text.h"
#include "trainer/base/output_file.h"
#include "trainer/data/safetensors.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "batch-";
constexpr const char* kHashFile = "hashes.xxh";
constexpr std::array<const char*, 3> kFiles { kModelFile, kStateFile, kHeaderFile };

[[noreturn]] void throwUnwritable(const fs::path& path, const std::string& reason)
{
    throw TrainError(TrainErrorKind::Io,
        message(NABIZ_TEXT("Message",
                    "The checkpoint %1 cannot be written: %2. Free some space or mend the folder's "
                    "permissions."),
            path.string(), reason));
}

[[noreturn]] void throwDamaged(const fs::path& checkpoint, const std::string& file)
{
    throw TrainError(TrainErrorKind::Io,
        message(NABIZ_TEXT("Message", "The checkpoint %1 is damaged: its %2 is cut, changed or missing."),
            checkpoint.string(), file));
}

std::optional<std::string> hashOf(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
    XXH3_128bits_reset(state.get());
    std::vector<char> buffer(1 << 20);
    while (in) {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        XXH3_128bits_update(state.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (!in.eof())
        return std::nullopt;
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state.get()));
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : canonical.digest) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::string textOf(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(in), {} };
}

// As xxhsum writes and checks it.
std::string hashLine(const std::string& hash, const char* file)
{
    return hash + "  " + file + "\n";
}

std::string hashesOf(const fs::path& folder)
{
    std::string lines;
    for (const char* file : kFiles)
        lines += hashLine(hashOf(folder / file).value_or("unreadable"), file);
    return lines;
}

void publishFolder(const fs::path& aside, const fs::path& checkpoint)
{
    fs::remove_all(checkpoint);
    fs::rename(aside, checkpoint);
    syncFolder(checkpoint.parent_path());
}

// Does `work` on the folder that lies aside, which is gone when that fails.
void leavingNothing(const fs::path& checkpoint, const std::function<void(const fs::path&)>& work)
{
    fs::path aside = checkpoint;
    aside += ".partial";
    try {
        work(aside);
    } catch (const fs::filesystem_error& error) {
        std::error_code ignored;
        fs::remove_all(aside, ignored);
        throwUnwritable(checkpoint, error.code().message());
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(aside, ignored);
        throw;
    }
}

} // namespace

std::vector<std::pair<std::int64_t, fs::path>> listCheckpoints(const fs::path& folder)
{
    std::vector<std::pair<std::int64_t, fs::path>> result;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        std::int64_t batch = 0;
        if (!name.starts_with(kPrefix))
            continue;
        const char* const end = name.data() + name.size();
        if (std::from_chars(name.data() + kPrefix.size(), end, batch).ptr == end)
            result.emplace_back(batch, entry.path());
    }
    std::sort(result.begin(), result.end());
    return result;
}

std::int64_t bytesIn(const fs::path& checkpoint)
{
    std::int64_t bytes = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(checkpoint))
        bytes += static_cast<std::int64_t>(entry.file_size());
    return bytes;
}

void fillCheckpoint(const fs::path& checkpoint, const std::function<void(const fs::path&)>& write)
{
    leavingNothing(checkpoint, [&](const fs::path& aside) {
        fs::remove_all(aside);
        fs::create_directories(aside);
        write(aside);
    });
}

void settleCheckpoint(const fs::path& checkpoint, const std::function<void()>& publish)
{
    leavingNothing(checkpoint, [&](const fs::path& aside) {
        for (const char* file : kFiles)
            syncFile(aside / file);
        writeFile(aside / kHashFile, hashesOf(aside), Replaceable::Checkpoints); // syncs their names, too
        publish();
        publishFolder(aside, checkpoint);
    });
}

void refuseWithoutRoom(const fs::path& checkpoint, std::int64_t bytes, const std::optional<DiskRoom>& room)
{
    if (!room || judgeRoom(*room, bytes) == RoomVerdict::Enough)
        return;
    throw TrainError(TrainErrorKind::Io,
        message(NABIZ_TEXT("Message",
                    "No checkpoint %1: it takes %2, and its disk has %3 free, which the points need. Free some space."),
            checkpoint.string(), bytesText(bytes), bytesText(static_cast<std::int64_t>(room->available))));
}

CheckpointHeader verifyCheckpoint(const fs::path& checkpoint)
{
    // Its version first: an older one has no hashes.
    CheckpointHeader header = headerFrom(textOf(checkpoint / kHeaderFile), checkpoint.string());
    const std::string hashes = textOf(checkpoint / kHashFile);
    std::string expected;
    for (const char* file : kFiles) {
        const auto hash = hashOf(checkpoint / file);
        if (!hash)
            throwDamaged(checkpoint, file);
        expected += hashLine(*hash, file);
        if (!hashes.starts_with(expected))
            throwDamaged(checkpoint, file);
    }
    if (hashes != expected)
        throwDamaged(checkpoint, kHashFile);
    return header;
}

CheckpointChoice chooseCheckpoint(
    const fs::path& folder, const std::string& run, const Config& config, std::int64_t lastBatch)
{
    CheckpointChoice choice;
    auto all = listCheckpoints(folder);
    std::reverse(all.begin(), all.end());
    const auto ahead
        = std::stable_partition(all.begin(), all.end(), [&](const auto& entry) { return entry.first <= lastBatch; });
    std::reverse(ahead, all.end()); // the shorter gap first
    for (const auto& [batch, checkpoint] : all) {
        try {
            CheckpointHeader header = verifyCheckpoint(checkpoint);
            if ((!header.run.empty() && header.run != run) || header.batch != batch) { // older ones bear no mark
                choice.refused.push_back(
                    message(NABIZ_TEXT("Message", "The checkpoint %1 is of another run."), checkpoint.string()));
            } else if (const std::string key = header.differsIn(config); !key.empty()) {
                choice.refused.push_back(
                    message(NABIZ_TEXT("Message", "The checkpoint %1 is of another model: its %2 is %3."),
                        checkpoint.string(), key, header.config.at(key)));
            } else {
                choice.header = std::move(header);
                choice.checkpoint = checkpoint;
                return choice;
            }
        } catch (const TrainError& error) {
            choice.refused.push_back(error.message());
        }
    }
    return choice;
}

std::vector<std::int64_t> removeOlderCheckpoints(
    const fs::path& folder, std::int64_t keep, std::int64_t newest, std::int64_t best)
{
    std::vector<std::int64_t> gone;
    auto all = listCheckpoints(folder);
    std::reverse(all.begin(), all.end());
    for (const auto& [batch, checkpoint] : all) {
        if (batch <= newest && (keep-- > 0 || batch == best))
            continue;
        std::error_code error;
        fs::remove_all(checkpoint, error);
        if (error) {
            throw TrainError(TrainErrorKind::Io,
                message(
                    NABIZ_TEXT("Message", "The old checkpoint %1 cannot be removed: %2. The new one stands beside it."),
                    checkpoint.string(), error.message()));
        }
        gone.push_back(batch);
    }
    return gone;
}

} // namespace nabiz::trainer
