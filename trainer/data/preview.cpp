// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/preview.h"

#include "trainer/base/train_error.h"
#include "trainer/data/sampler.h"
#include "trainer/data/utf8.h"

namespace nabiz::trainer {

namespace {

constexpr std::size_t kSamples = 3;

SamplePreview preview(const Config& config, std::stop_token stop)
{
    const Dataset data = Dataset::load(config, std::move(stop));
    const bool lines = config.text("data.sampling") == "line";
    const bool codePoints = config.text("data.encoding") == "ord_mod_256";
    const auto length = static_cast<std::size_t>(config.integer("model.max_seq_len"));

    SamplePreview result;
    result.trainingBytes = static_cast<std::int64_t>(data.training().size());
    result.validationBytes = static_cast<std::int64_t>(data.validation().size());
    result.trainingSamples
        = static_cast<std::int64_t>(lines ? data.trainingLines().size() : data.training().size() - length + 1);
    result.entropy = data.entropy();

    Sampler sampler(data, config, static_cast<std::uint64_t>(config.integer("training.seed")));
    std::vector<std::uint8_t> ids(length);
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(kSamples, sampler.epochSamples()); ++i) {
        sampler.next(ids);
        std::size_t real = length;
        while (real > 0 && ids[real - 1] == 0)
            --real;
        result.samples.push_back({ idsToText(std::span(ids).first(real), codePoints), static_cast<std::int64_t>(real),
            static_cast<std::int64_t>(length - real) });
    }
    return result;
}

} // namespace

std::string idsToText(std::span<const std::uint8_t> ids, bool codePoints)
{
    constexpr char32_t kUnknown = 0xfffd;
    const auto shown = [](char32_t c) {
        const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
        return control ? kUnknown : c;
    };
    std::string text;
    if (codePoints) {
        for (const std::uint8_t id : ids)
            appendUtf8(text, shown(id));
        return text;
    }
    Utf8Reader reader(ids);
    while (const auto character = reader.next())
        appendUtf8(text, character->valid ? shown(character->codePoint) : kUnknown);
    return text;
}

SamplePreview previewSamples(const Config& config, std::stop_token stop)
{
    SamplePreview result;
    try {
        result = preview(config, std::move(stop));
    } catch (const Cancelled&) {
        return {}; // whoever asked no longer wants it
    } catch (const TrainError& error) {
        result.failure = error.message();
    } catch (const std::exception& error) {
        result.failure = message(NABIZ_TEXT("Message", "The samples cannot be shown: %1."), error.what());
    }
    return result;
}

} // namespace nabiz::trainer
