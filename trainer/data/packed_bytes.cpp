// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/packed_bytes.h"

#include "trainer/base/train_error.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/gzip.h"
#include "trainer/data/text_kind.h"

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <span>
#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPiece = 256 * 1024; // between two looks at the stop token

std::string reasonOf(int error)
{
    return std::error_code(error, std::generic_category()).message();
}

struct Descriptor {
    explicit Descriptor(const fs::path& path)
        : number(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
        if (number < 0)
            failRead(path, reasonOf(errno));
    }
    ~Descriptor() { ::close(number); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    const int number;
};

[[noreturn]] void failDamaged(const fs::path& path)
{
    throw TrainError(TrainErrorKind::Data,
        message(NABIZ_TEXT("Message",
                    "%1 is damaged or cut short: it does not unpack to its end. Replace it "
                    "by a whole copy, or take it out of the folder."),
            path.string()));
}

} // namespace

[[noreturn]] void failRead(const fs::path& path, const std::string& reason)
{
    throw TrainError(TrainErrorKind::Data,
        message(
            NABIZ_TEXT("Message", "%1 cannot be read: %2. Mend that, or choose another text."), path.string(), reason));
}

void readBytes(const fs::path& path, const std::stop_token& stop, std::vector<std::uint8_t>& out, std::size_t most)
{
    const Descriptor file(path);
    struct stat status { };
    if (::fstat(file.number, &status) != 0)
        failRead(path, reasonOf(errno));
    if (!S_ISREG(status.st_mode))
        failRead(path, "it is no regular file");

    std::vector<std::uint8_t> piece(kPiece);
    std::unique_ptr<Gunzip> gunzip = hasSuffix(path, { ".gz" }) ? std::make_unique<Gunzip>() : nullptr;
    const std::size_t before = out.size();
    bool first = true;
    for (;;) {
        throwIfStopped(stop);
        const ssize_t count = ::read(file.number, piece.data(), piece.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            failRead(path, reasonOf(errno));
        if (count == 0)
            break;
        const std::span<const std::uint8_t> got(piece.data(), static_cast<std::size_t>(count));
        // By content too, since published texts are packed under any name.
        if (first && got.size() >= 3 && got[0] == 0x1f && got[1] == 0x8b && got[2] == 8 && !gunzip)
            gunzip = std::make_unique<Gunzip>();
        first = false;
        if (!gunzip)
            out.insert(out.end(), got.begin(), got.end());
        else if (!gunzip->add(got, out))
            failDamaged(path);
        if (out.size() - before >= most)
            return;
    }
    if (gunzip && !gunzip->finished())
        failDamaged(path);
}

} // namespace nabiz::trainer
