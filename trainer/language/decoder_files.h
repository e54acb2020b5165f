// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of a frozen language model in its folder: model.safetensors, or the shards that
// model.safetensors.index.json names. Memory-mapped; nothing but headers is read before a tensor is asked for. Free of
// LibTorch; any thread.
#pragma once

#include "trainer/base/problem.h"
#include "trainer/data/safetensors.h"
#include "trainer/language/decoder_config.h"

namespace nabiz::trainer {

class DecoderFiles {
public:
    // Every tensor of `config` must be there in its shape, and no other in its layers: a bias that is not computed
    // would change what it says. Throws TrainError{BadInput} that lists what is missing, of another shape or too much,
    // TrainError{Io} for a file that is not whole.
    DecoderFiles(const std::filesystem::path& folder, const DecoderConfig& config);

    // By its name without the leading "model.".
    const TensorView& tensor(std::string_view name) const;
    std::string fileOf(std::string_view name) const;
    // Tensors of layers that the config does not count: they are not used.
    std::int64_t unusedTensors() const { return m_unused; }

private:
    struct Place {
        const TensorView* tensor;
        std::size_t file;
    };

    void open(const std::filesystem::path& folder);
    void openShards(const std::filesystem::path& index);
    void check(const std::filesystem::path& folder, const DecoderConfig& config);
    std::vector<std::string> unexpected(const DecoderConfig& config);

    std::vector<SafetensorsFile> m_files;
    std::vector<std::string> m_paths;
    std::map<std::string, Place, std::less<>> m_places;
    std::int64_t m_unused = 0;
};

// Which file of a model's folder is not there: the config, the weights or a shard of them. Empty when all are; says
// nothing of what is in them.
Message missingModelFile(const std::filesystem::path& folder);

// The model of the Hugging Face cache that language.path names, where it is needed and is not there or not whole; else
// empty.
std::string missingModel(const Config& config);

// What is wrong with language.path, where a language expert needs it; empty when it is well or not set.
std::vector<Problem> languagePathProblems(const Config& config);

} // namespace nabiz::trainer
