// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/model_check.h"

#include "app/weights/digest.h"
#include "app/weights/fetch_error.h"
#include "app/weights/hub_model.h"
#include "trainer/base/train_error.h"
#include "trainer/language/decoder_files.h"

#include <algorithm>

namespace nabiz::app {

namespace fs = std::filesystem;
using trainer::message;

namespace {

const char* nameOf(trainer::Architecture architecture)
{
    switch (architecture) {
    case trainer::Architecture::Llama:
        return "llama";
    case trainer::Architecture::Qwen2:
        return "qwen2";
    case trainer::Architecture::Qwen3:
        break;
    }
    return "qwen3";
}

// The hash that a link into the cache's contents promises; empty for a plain file.
std::string promisedHash(const fs::path& file)
{
    std::error_code error;
    const fs::path target = fs::read_symlink(file, error);
    const std::string name = target.filename().string();
    return !error && target.parent_path().filename() == "blobs" && isDigest(name) ? name : std::string();
}

void checkFiles(CheckedModel& model, const fs::path& folder, const std::function<void()>& interrupted)
{
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::error_code missing;
        const auto size = fs::file_size(it->path(), missing);
        if (!missing)
            model.files.push_back({ it->path().filename().string(), static_cast<std::int64_t>(size) });
        else if (it->is_symlink(missing))
            model.problems.push_back(
                message(NABIZ_TEXT("Message", "%1 leads to a content that is not there."), it->path().string()));
    }
    std::ranges::sort(model.files, {}, &CheckedFile::name);
    for (CheckedFile& file : model.files) {
        const std::string promised = promisedHash(folder / file.name);
        if (promised.empty())
            continue;
        file.hasKnownHash = true;
        const std::string found = fileDigest(folder / file.name, digestKind(promised), interrupted);
        if (found != promised)
            model.problems.push_back(message(
                NABIZ_TEXT("Message",
                    "%1 is not what the hub gave: its hash is %2. Remove it and what it links to, and fetch it again."),
                (folder / file.name).string(), found));
    }
}

void checkTensors(CheckedModel& model, const fs::path& folder, const std::function<void()>& interrupted)
{
    const auto config = trainer::readDecoderConfig(folder / kConfigFile);
    if (const auto* reason = std::get_if<trainer::Message>(&config)) {
        model.problems.push_back(*reason);
        return;
    }
    const auto& shape = std::get<trainer::DecoderConfig>(config);
    model.architecture = nameOf(shape.architecture);
    model.layers = shape.layers;
    model.hidden = shape.hidden;
    model.weights = shape.weights();
    const trainer::DecoderFiles files(folder, shape);
    model.unusedTensors = files.unusedTensors();
    for (const trainer::DecoderTensor& tensor : shape.tensors()) {
        interrupted();
        if (!trainer::allFinite(files.tensor(tensor.name)))
            model.problems.push_back(message(
                NABIZ_TEXT("Message", "The weights %1 in %2 hold NaN or infinite numbers: fetch the file again."),
                tensor.name, files.fileOf(tensor.name)));
    }
}

} // namespace

CheckedModel checkModel(const fs::path& folder, const std::function<void()>& interrupted)
{
    CheckedModel model;
    try {
        checkTensors(model, folder, interrupted);
    } catch (const trainer::TrainError& error) {
        model.problems.push_back(error.message());
    }
    try {
        checkFiles(model, folder, interrupted);
    } catch (const FetchError& error) {
        model.problems.push_back(error.message());
    }
    return model;
}

std::string architectureName(const fs::path& folder, trainer::Message& whyNot)
{
    const auto config = trainer::readDecoderConfig(folder / kConfigFile);
    if (const auto* reason = std::get_if<trainer::Message>(&config)) {
        whyNot = *reason;
        return {};
    }
    return nameOf(std::get<trainer::DecoderConfig>(config).architecture);
}

} // namespace nabiz::app
