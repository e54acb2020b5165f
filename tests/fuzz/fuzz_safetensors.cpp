// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a safetensors file: refused with a TrainError, or read as tensors that lie inside it, side by side.
// One thread.
#include "trainer/base/train_error.h"
#include "trainer/data/safetensors.h"
#include "trainer/data/safetensors_header.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace nabiz::trainer;

// A file without a disk, so that thousands a second can be read.
class MemoryFile {
public:
    MemoryFile(const std::uint8_t* data, std::size_t size)
        : m_number(::memfd_create("input", MFD_CLOEXEC))
    {
        if (m_number < 0 || ::write(m_number, data, size) != static_cast<ssize_t>(size))
            std::abort();
    }
    ~MemoryFile() { ::close(m_number); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::string path() const { return "/proc/self/fd/" + std::to_string(m_number); }

private:
    int m_number;
};

void require(bool holds)
{
    if (!holds)
        std::abort();
}

// Every byte of the data belongs to one tensor, and every tensor is found by its name.
void checkTensors(const SafetensorsFile& file, const std::uint8_t* data, std::size_t size)
{
    std::uint64_t header = 0;
    std::memcpy(&header, data, sizeof header);
    std::map<const std::byte*, const std::byte*> places;
    std::size_t bytes = 0;
    for (const TensorView& tensor : file.tensors()) {
        require(tensorBytes(tensor.dtype, tensor.shape) == tensor.data.size());
        require(findDtype(dtypeName(tensor.dtype)) == tensor.dtype);
        require(&file.at(tensor.name) == &tensor);
        allFinite(tensor);
        bytes += tensor.data.size();
        if (!tensor.data.empty())
            require(places.emplace(tensor.data.data(), tensor.data.data() + tensor.data.size()).second);
    }
    require(bytes == size - 8 - header);
    const std::uint8_t* expected = data + 8 + header;
    for (const auto& [begin, end] : places) {
        require(std::equal(begin, end, reinterpret_cast<const std::byte*>(expected)));
        expected += end - begin;
    }
}

// What was read must come back from what is written of it.
void checkHeaderAgain(const SafetensorsFile& file)
{
    SafetensorsHeader again;
    std::uint64_t bytes = 0;
    for (const TensorView& tensor : file.tensors())
        bytes += tensor.data.size();
    require(parseSafetensorsHeader(formatSafetensorsHeader(file.tensors(), file.metadata()), bytes, "again", again)
                .empty());
    require(again.entries.size() == file.tensors().size() && again.metadata == file.metadata());
}

// Few changes leave the length of the header right: here it is what there is, whatever it says it is.
void checkHeaderAlone(std::string_view json, std::uint64_t dataBytes)
{
    SafetensorsHeader header;
    if (!parseSafetensorsHeader(json, dataBytes, "input", header).empty())
        return;
    std::uint64_t used = 0;
    for (const SafetensorsEntry& entry : header.entries) {
        require(entry.begin == used && tensorBytes(entry.dtype, entry.shape) == entry.end - entry.begin);
        used = entry.end;
    }
    require(used == dataBytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size >= 8)
        checkHeaderAlone({ reinterpret_cast<const char*>(data) + 8, size - 8 }, data[0]);
    const MemoryFile input(data, size);
    try {
        const SafetensorsFile file = SafetensorsFile::open(input.path());
        checkTensors(file, data, size);
        checkHeaderAgain(file);
    } catch (const TrainError& error) {
        require(error.kind() == TrainErrorKind::Io && !error.message().empty());
    }
    return 0;
}
