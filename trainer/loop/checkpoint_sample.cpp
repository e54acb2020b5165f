// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/checkpoint_sample.h"

#include "trainer/data/cancelled.h"
#include "trainer/data/preview.h"
#include "trainer/language/read_decoder.h"
#include "trainer/loop/checkpoint_folder.h"
#include "trainer/loop/memory_failure.h"
#include "trainer/loop/prepared_run.h"
#include "trainer/loop/sample_text.h"
#include "trainer/loop/torch_device.h"
#include "trainer/model/layers/initial_weights.h"

#include <ATen/Parallel.h>

namespace nabiz::trainer {

namespace {

std::string writeOn(c10::Device device, const SampleRequest& request, const std::stop_token& stop)
{
    const Config applied = applySettings(request.config, device);
    at::set_num_threads(static_cast<int>(applied.integer("hardware.threads")));
    const Agiformer model(
        ModelConfig::from(applied), static_cast<std::uint64_t>(applied.integer("training.seed")), device,
        [&] { return makeDecoder(applied, device, stop); }, [&stop] { throwIfStopped(stop); });
    startFrom(request.checkpoint / kModelFile, model.weights());
    const bool codePoints = applied.text("data.encoding") != "utf8";
    const auto autocast = applied.boolean("training.use_amp")
        ? std::optional(heldType(applied.text("training.amp_dtype")))
        : std::nullopt;
    const auto prompt = promptIds(request.prompt, codePoints, model.config().vocabulary);
    const auto written = writeText(model, prompt, request.length, request.seed, autocast, stop, request.temperature);
    throwIfStopped(stop);
    return idsToText(written, codePoints);
}

} // namespace

std::string writeSample(const SampleRequest& request, const std::stop_token& stop)
{
    const c10::Device device = resolveDevice(request.config.text("hardware.device"));
    try {
        return writeOn(device, request, stop);
    } catch (const c10::Error& error) {
        if (isOutOfMemory(error))
            throw describeOutOfMemory(error, device, {});
        throw describeTorchError(error);
    }
}

} // namespace nabiz::trainer
