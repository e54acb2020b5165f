// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/safetensors.h"

#include "trainer/base/output_file.h"
#include "trainer/data/safetensors_header.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

static_assert(std::endian::native == std::endian::little, "tensors lie in files as they lie in memory");

namespace nabiz::trainer {

namespace {

namespace fs = std::filesystem;

struct DtypeRow {
    std::string_view name;
    std::size_t bytes;
};

constexpr std::array<DtypeRow, 13> kDtypes { { { "BOOL", 1 }, { "U8", 1 }, { "I8", 1 }, { "I16", 2 }, { "U16", 2 },
    { "F16", 2 }, { "BF16", 2 }, { "I32", 4 }, { "U32", 4 }, { "F32", 4 }, { "F64", 8 }, { "I64", 8 }, { "U64", 8 } } };

[[noreturn]] void fail(Message reason)
{
    throw TrainError(TrainErrorKind::Io, std::move(reason));
}

std::string reasonOf(int error)
{
    return std::error_code(error, std::generic_category()).message();
}

class Descriptor {
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return m_number; }

private:
    int m_number;
};

struct Mapping {
    std::shared_ptr<const std::byte> bytes;
    std::size_t size = 0;
};

Mapping mapFile(const std::string& path)
{
    const auto failRead = [&path](const std::string& reason) {
        fail(message(NABIZ_TEXT("Message", "%1 cannot be read: %2."), path, reason));
    };
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status { };
    if (file.number() < 0 || ::fstat(file.number(), &status) != 0)
        failRead(reasonOf(errno));
    if (!S_ISREG(status.st_mode))
        failRead("it is no regular file");
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size < 8)
        fail(message(NABIZ_TEXT("Message", "%1 is no safetensors file: it has %2 bytes."), path, std::to_string(size)));
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (address == MAP_FAILED)
        failRead(reasonOf(errno));
    const auto unmap = [size](const std::byte* bytes) { ::munmap(const_cast<std::byte*>(bytes), size); };
    return { std::shared_ptr<const std::byte>(static_cast<const std::byte*>(address), unmap), size };
}

void checkTensors(const std::vector<TensorView>& sorted, const fs::path& path)
{
    for (const TensorView& tensor : sorted) {
        const bool sized = tensorBytes(tensor.dtype, tensor.shape) == tensor.data.size();
        const auto same = [&tensor](const TensorView& other) { return other.name == tensor.name; };
        if (!sized || tensor.name == "__metadata__" || std::count_if(sorted.begin(), sorted.end(), same) != 1)
            throw TrainError(TrainErrorKind::Internal,
                message(NABIZ_TEXT("Message",
                            "%1: the tensor %2 cannot be written: its name is taken, or its "
                            "size is not that of its shape."),
                    path.string(), tensor.name));
    }
}

// NaN and infinity are the numbers whose exponent has all its bits.
template <typename Bits> bool noneHasAll(Bits exponent, std::span<const std::byte> data)
{
    constexpr std::size_t kBlock = 4096;
    std::array<Bits, kBlock> block; // a copy, for the data need not be aligned
    while (!data.empty()) {
        const std::size_t count = std::min(kBlock, data.size() / sizeof(Bits));
        std::memcpy(block.data(), data.data(), count * sizeof(Bits));
        data = data.subspan(count * sizeof(Bits));
        Bits found = 0;
        for (std::size_t i = 0; i < count; ++i)
            found = static_cast<Bits>(found | static_cast<Bits>((block[i] & exponent) == exponent));
        if (found != 0)
            return false;
    }
    return true;
}

} // namespace

std::string_view dtypeName(Dtype dtype)
{
    return kDtypes[static_cast<std::size_t>(dtype)].name;
}

std::size_t dtypeBytes(Dtype dtype)
{
    return kDtypes[static_cast<std::size_t>(dtype)].bytes;
}

std::optional<Dtype> findDtype(std::string_view name)
{
    const auto found
        = std::find_if(kDtypes.begin(), kDtypes.end(), [name](const DtypeRow& r) { return r.name == name; });
    if (found == kDtypes.end())
        return std::nullopt;
    return static_cast<Dtype>(found - kDtypes.begin());
}

bool allFinite(const TensorView& tensor)
{
    switch (tensor.dtype) {
    case Dtype::F16:
        return noneHasAll<std::uint16_t>(0x7c00, tensor.data);
    case Dtype::BF16:
        return noneHasAll<std::uint16_t>(0x7f80, tensor.data);
    case Dtype::F32:
        return noneHasAll<std::uint32_t>(0x7f80'0000, tensor.data);
    case Dtype::F64:
        return noneHasAll<std::uint64_t>(0x7ff0'0000'0000'0000, tensor.data);
    default:
        return true;
    }
}

SafetensorsFile SafetensorsFile::open(const fs::path& path)
{
    SafetensorsFile file;
    file.m_path = path.string();
    const Mapping mapping = mapFile(file.m_path);
    file.m_mapping = mapping.bytes;

    constexpr std::string_view pointer = "version https://git-lfs";
    if (std::string_view(reinterpret_cast<const char*>(mapping.bytes.get()), mapping.size).starts_with(pointer))
        fail(message(
            NABIZ_TEXT("Message",
                "%1 is a Git LFS pointer, not the file that it stands for: fetch that with `git lfs pull`, or the "
                "weights with `nabiz weights get`."),
            file.m_path));
    std::uint64_t length = 0;
    std::memcpy(&length, mapping.bytes.get(), sizeof length);
    if (length > kMaximumHeader || length > mapping.size - 8)
        fail(message(
            NABIZ_TEXT("Message", "%1 is no safetensors file, or is cut short: its header would take %2 bytes."),
            file.m_path, std::to_string(length)));
    const std::string_view json(reinterpret_cast<const char*>(mapping.bytes.get() + 8), length);
    const std::span<const std::byte> data(mapping.bytes.get() + 8 + length, mapping.size - 8 - length);

    SafetensorsHeader header;
    if (Message problem = parseSafetensorsHeader(json, data.size(), file.m_path, header); !problem.empty())
        fail(std::move(problem));
    for (SafetensorsEntry& entry : header.entries)
        file.m_tensors.push_back({ std::move(entry.name), entry.dtype, std::move(entry.shape),
            data.subspan(entry.begin, entry.end - entry.begin) });
    std::sort(file.m_tensors.begin(), file.m_tensors.end(),
        [](const TensorView& a, const TensorView& b) { return a.name < b.name; });
    file.m_metadata = std::move(header.metadata);
    return file;
}

const TensorView* SafetensorsFile::find(std::string_view name) const
{
    const auto found = std::lower_bound(m_tensors.begin(), m_tensors.end(), name,
        [](const TensorView& tensor, std::string_view n) { return tensor.name < n; });
    return found != m_tensors.end() && found->name == name ? &*found : nullptr;
}

const TensorView& SafetensorsFile::at(std::string_view name) const
{
    if (const TensorView* tensor = find(name))
        return *tensor;
    fail(message(NABIZ_TEXT("Message", "%1 holds no tensor %2."), m_path, name));
}

void writeSafetensors(const fs::path& path, std::vector<TensorView> tensors,
    const std::map<std::string, std::string>& metadata, Sync sync)
{
    // The largest elements first, so that every tensor is aligned to its own.
    std::sort(tensors.begin(), tensors.end(), [](const TensorView& a, const TensorView& b) {
        return a.dtype != b.dtype ? a.dtype > b.dtype : a.name < b.name;
    });
    checkTensors(tensors, path);
    const std::string header = formatSafetensorsHeader(tensors, metadata);
    const std::uint64_t length = header.size();

    OutputFile file(path, Replaceable::Checkpoints);
    file.write({ reinterpret_cast<const char*>(&length), sizeof length });
    file.write(header);
    for (const TensorView& tensor : tensors)
        file.write({ reinterpret_cast<const char*>(tensor.data.data()), tensor.data.size() });
    file.commit(sync);
}

} // namespace nabiz::trainer
