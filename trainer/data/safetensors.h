// SPDX-License-Identifier: GPL-3.0-or-later
// The safetensors format, free of LibTorch: a strict memory-mapped reader and an atomic writer. Strict, because a file
// that is cut or crossed must be refused with its name rather than trained from. Values; a file may be read from any
// thread.
#pragma once

#include "trainer/base/output_file.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

// In the format's order of alignment. Its 4-, 6- and 8-bit floats and complex numbers are refused by name.
enum class Dtype { Bool, U8, I8, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64 };

std::string_view dtypeName(Dtype dtype); // "F32"
std::optional<Dtype> findDtype(std::string_view name);
std::size_t dtypeBytes(Dtype dtype);

// Row-major, little-endian. `data` need not be aligned in files of other programs: copy it, never cast it.
struct TensorView {
    std::string name;
    Dtype dtype = Dtype::F32;
    std::vector<std::int64_t> shape; // empty = a scalar
    std::span<const std::byte> data;
};

// Whether no element is NaN or infinite; true of whole numbers. Reads every byte, as fast as memory gives them.
bool allFinite(const TensorView& tensor);

class SafetensorsFile {
public:
    // Checks the whole header: length, JSON, no name twice, known types, offsets without hole or overlap, exact size.
    // Throws TrainError{Io} naming the file, and the tensor where one is at fault.
    static SafetensorsFile open(const std::filesystem::path& path);

    const std::vector<TensorView>& tensors() const& { return m_tensors; } // by name; data lives as long as the file
    const std::vector<TensorView>& tensors() && = delete;
    const std::map<std::string, std::string>& metadata() const { return m_metadata; }
    const TensorView* find(std::string_view name) const; // nullptr when it is not there
    const TensorView& at(std::string_view name) const; // throws TrainError{Io} naming file and tensor

private:
    std::shared_ptr<const std::byte> m_mapping;
    std::string m_path;
    std::vector<TensorView> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

// Written beside the target, brought to the disk unless that comes later, then renamed over it: a reader sees the old
// file or the new one, whole. Throws TrainError{Io} naming the file; TrainError{Internal} for tensors that contradict
// themselves.
void writeSafetensors(const std::filesystem::path& path, std::vector<TensorView> tensors,
    const std::map<std::string, std::string>& metadata, Sync sync = Sync::Now);

} // namespace nabiz::trainer
