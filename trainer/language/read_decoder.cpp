// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/language/read_decoder.h"

#include "trainer/base/train_error.h"
#include "trainer/config/parameters/hub_cache.h"
#include "trainer/data/cancelled.h"
#include "trainer/language/decoder_files.h"
#include "trainer/model/layers/saved_tensor.h"

#include <limits>

namespace nabiz::trainer {

namespace {

// Stand-ins of one shape are one model, whatever the run's seed: as a published one would be.
constexpr std::uint64_t kStandInSeed = 20250601;

DecoderConfig shapeOf(std::variant<DecoderConfig, Message> config)
{
    if (const Message* const reason = std::get_if<Message>(&config))
        throw TrainError(TrainErrorKind::BadInput, *reason);
    return std::get<DecoderConfig>(std::move(config));
}

} // namespace

at::ScalarType heldType(const std::string& name)
{
    if (name == "float16")
        return at::kHalf;
    if (name == "bfloat16")
        return at::kBFloat16;
    return name == "int8" ? at::kChar : at::kFloat;
}

std::shared_ptr<const Decoder> readDecoder(const std::filesystem::path& folder, at::ScalarType held, at::Device device,
    const std::function<void()>& interrupted)
{
    const DecoderConfig config = shapeOf(readDecoderConfig(folder / "config.json"));
    const DecoderFiles files(folder, config);
    const bool becomesHalf = held == at::kHalf || (held == at::kChar && !device.is_cpu());
    const auto source = [&](const std::string& name, at::IntArrayRef) {
        if (interrupted)
            interrupted();
        if (!allFinite(files.tensor(name)))
            throw TrainError(TrainErrorKind::BadInput,
                message(
                    NABIZ_TEXT("Message", "The weights %1 in %2 hold NaN or infinite numbers: fetch the file again."),
                    name, files.fileOf(name)));
        at::Tensor weights = savedTensor(files.tensor(name));
        if (becomesHalf && weights.abs().max().item<float>() > std::numeric_limits<at::Half>::max())
            throw TrainError(TrainErrorKind::BadInput,
                message(NABIZ_TEXT("Message",
                            "The weights %1 in %2 hold numbers beyond 65504, float16's largest: choose "
                            "language.dtype=bfloat16 or float32."),
                    name, files.fileOf(name)));
        return weights;
    };
    return std::make_shared<const Decoder>(config, source, held, device);
}

std::shared_ptr<const Decoder> makeDecoder(const Config& applied, at::Device device, const std::stop_token& stop)
{
    const auto interrupted = [&stop] { throwIfStopped(stop); };
    const at::ScalarType held = heldType(applied.text("language.dtype"));
    if (const std::string& path = applied.text("language.path"); !path.empty())
        return readDecoder(languageFolder(path), held, device, interrupted);
    const DecoderConfig config = shapeOf(decoderConfigOf(applied));
    return std::make_shared<const Decoder>(config, randomWeights(kStandInSeed, interrupted), held, device);
}

} // namespace nabiz::trainer
