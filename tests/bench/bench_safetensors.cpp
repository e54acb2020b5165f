// SPDX-License-Identifier: GPL-3.0-or-later
// 1.2 GB of weights from a warm cache, against read() of the same file into a fresh buffer, in turns: the file opened
// and every byte of its tensors looked at; the tensors searched for NaN, copied into a fresh buffer; then the whole
// language model made of them without conversion. bench_safetensors [ROUNDS]
#include "trainer/data/safetensors.h"
#include "trainer/language/read_decoder.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace nabiz::trainer;

namespace {

constexpr std::int64_t kVocabulary = 151936; // its embedding is in the file, and no part of the model

class ScratchFolder {
public:
    ScratchFolder()
    {
        std::string name = (fs::temp_directory_path() / "nabiz-bench-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw fs::filesystem_error("no temporary folder", std::error_code(errno, std::generic_category()));
        m_path = name;
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

// Qwen3-0.6B's shape, in bfloat16.
void writeModel(const fs::path& folder)
{
    std::ofstream(folder / "config.json")
        << R"({"model_type": "qwen3", "hidden_size": 1024, "num_hidden_layers": 28, "num_attention_heads": 16,
"num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 3072, "rms_norm_eps": 1e-6, "rope_theta": 1000000})";
    const auto config = std::get<DecoderConfig>(readDecoderConfig(folder / "config.json"));
    // All tensors show the same numbers, of an embedding's size.
    std::vector<std::uint16_t> numbers(static_cast<std::size_t>(kVocabulary * config.hidden));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<std::uint16_t>(0x3c00 + i % 0x200 + (i % 3 == 0 ? 0x8000 : 0));
    const auto bytes = std::as_bytes(std::span(numbers));
    std::vector<TensorView> tensors;
    tensors.push_back({ "model.embed_tokens.weight", Dtype::BF16, { kVocabulary, config.hidden }, bytes });
    for (const DecoderTensor& tensor : config.tensors()) {
        const auto size
            = std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::size_t { 2 }, std::multiplies<>());
        tensors.push_back({ "model." + tensor.name, Dtype::BF16, tensor.shape, bytes.first(size) });
    }
    writeSafetensors(folder / "model.safetensors", std::move(tensors), {});
}

template <typename Work> double secondsOf(const Work& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void readWhole(const fs::path& file)
{
    const std::size_t size = fs::file_size(file);
    const std::unique_ptr<std::byte[]> buffer(new std::byte[size]); // fresh: no page of it was touched
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    for (std::size_t done = 0; done < size;) {
        const ssize_t count = ::read(descriptor, buffer.get() + done, size - done);
        if (count <= 0)
            throw fs::filesystem_error("read", file, std::error_code(errno, std::generic_category()));
        done += static_cast<std::size_t>(count);
    }
    ::close(descriptor);
}

std::uint64_t touchTensors(const fs::path& path)
{
    const SafetensorsFile file = SafetensorsFile::open(path);
    std::uint64_t sum = 0;
    for (const TensorView& tensor : file.tensors()) {
        const std::byte* at = tensor.data.data();
        std::size_t left = tensor.data.size();
        for (std::uint64_t word = 0; left >= sizeof word; at += sizeof word, left -= sizeof word) {
            std::memcpy(&word, at, sizeof word);
            sum += word;
        }
        for (; left > 0; --left)
            sum += static_cast<std::uint64_t>(*at++);
    }
    return sum;
}

void searchTensors(const fs::path& path)
{
    const SafetensorsFile file = SafetensorsFile::open(path);
    for (const TensorView& tensor : file.tensors()) {
        if (!allFinite(tensor))
            throw std::logic_error("what was written was finite");
    }
}

void copyTensors(const fs::path& path)
{
    const SafetensorsFile file = SafetensorsFile::open(path);
    const std::unique_ptr<std::byte[]> buffer(new std::byte[fs::file_size(path)]);
    std::byte* end = buffer.get();
    for (const TensorView& tensor : file.tensors()) {
        std::memcpy(end, tensor.data.data(), tensor.data.size());
        end += tensor.data.size();
    }
    asm volatile("" : : "r"(buffer.get()) : "memory"); // or the copy of what nobody reads would be left out
}

struct Case {
    const char* name;
    std::function<void()> work;
    std::vector<double> seconds = {};
    std::vector<double> ratios = {}; // to read() of the same round
};

struct Spread {
    explicit Spread(std::vector<double> values)
    {
        std::sort(values.begin(), values.end());
        least = values.front();
        median = values[values.size() / 2];
        most = values.back();
    }
    double least, median, most;
};

} // namespace

int main(int count, char** words)
{
    const int rounds = count > 1 ? std::max(1, std::atoi(words[1])) : 7;
    const ScratchFolder scratch;
    writeModel(scratch.path());
    const fs::path file = scratch.path() / "model.safetensors";
    std::printf("%.2f GB, %d rounds, %d threads: median (least to most)\n",
        static_cast<double>(fs::file_size(file)) / 1e9, rounds, at::get_num_threads());

    std::uint64_t sum = 0;
    std::vector<Case> cases { { "read() into a fresh buffer", [&] { readWhole(file); } },
        { "opened, every byte touched", [&] { sum += touchTensors(file); } },
        { "opened, searched for NaN", [&] { searchTensors(file); } },
        { "opened, copied into a fresh buffer", [&] { copyTensors(file); } },
        { "language model, bfloat16", [&] { readDecoder(scratch.path(), at::kBFloat16, at::kCPU); } } };
    readWhole(file); // warms the cache
    for (int i = 0; i < rounds; ++i) {
        for (Case& each : cases) {
            each.seconds.push_back(secondsOf(each.work));
            each.ratios.push_back(each.seconds.back() / cases.front().seconds.back());
        }
    }
    for (const Case& each : cases) {
        const Spread seconds(each.seconds), ratio(each.ratios);
        std::printf("%-35s %.3f s (%.3f to %.3f)   %.2f x read() (%.2f to %.2f)\n", each.name, seconds.median,
            seconds.least, seconds.most, ratio.median, ratio.least, ratio.most);
    }
    std::printf("sum of all words %llx\n", static_cast<unsigned long long>(sum));
    return 0;
}
