// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/stand_in.h"

#include "trainer/base/nearest.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace nabiz::trainer {

namespace {

constexpr StandIn kQwen3 {
    .hidden = 1024, .layers = 28, .heads = 16, .kvHeads = 8, .headDim = 128, .intermediate = 3072
};

constexpr std::string_view kNames[] = { "hidden", "layers", "heads", "kv_heads", "head_dim", "intermediate" };
constexpr std::int64_t kLargest = 65536;

std::int64_t* field(StandIn& shape, std::string_view name)
{
    std::int64_t* fields[]
        = { &shape.hidden, &shape.layers, &shape.heads, &shape.kvHeads, &shape.headDim, &shape.intermediate };
    const auto found = std::find(std::begin(kNames), std::end(kNames), name);
    return found == std::end(kNames) ? nullptr : fields[found - std::begin(kNames)];
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(' ');
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// One name=number; empty when it is well.
Message readSize(StandIn& shape, std::string_view part)
{
    const auto equals = part.find('=');
    const std::string_view name = trimmed(part.substr(0, equals));
    std::int64_t* place = field(shape, name);
    if (!place) {
        const auto near = nearest(name, kNames);
        return near.empty()
            ? message(NABIZ_TEXT(
                          "Message", "The stand-in '%1' is neither qwen3-0.6b nor sizes such as hidden=128,layers=2."),
                  part)
            : message(NABIZ_TEXT("Message", "A stand-in has no size %1; is %2 meant?"), name, near);
    }
    if (*place != 0)
        return message(NABIZ_TEXT("Message", "The stand-in's %1 is given twice."), name);
    const std::string_view number = equals == std::string_view::npos ? "" : trimmed(part.substr(equals + 1));
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), *place);
    if (error != std::errc() || end != number.data() + number.size() || *place < 1 || *place > kLargest)
        return message(NABIZ_TEXT("Message", "The stand-in's %1 must be a whole number from 1 to %2, and is '%3'."),
            name, std::to_string(kLargest), number);
    return {};
}

Message checkShape(const StandIn& shape)
{
    if (shape.heads % shape.kvHeads != 0)
        return message(
            NABIZ_TEXT("Message", "The stand-in's kv_heads (%1) must divide its heads (%2) without remainder."),
            std::to_string(shape.kvHeads), std::to_string(shape.heads));
    if (shape.headDim % 2 != 0)
        return message(
            NABIZ_TEXT("Message", "The stand-in's head_dim must be even, and is %1."), std::to_string(shape.headDim));
    if (shape.layers > 1000)
        return message(NABIZ_TEXT("Message", "The stand-in's layers must be at most 1000, and are %1."),
            std::to_string(shape.layers));
    return {};
}

} // namespace

std::variant<StandIn, Message> parseStandIn(std::string_view text)
{
    text = trimmed(text);
    if (text == "qwen3-0.6b")
        return kQwen3;
    StandIn shape;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        if (Message problem = readSize(shape, text.substr(begin, end - begin)); !problem.empty())
            return problem;
        begin = end + 1;
    }
    if (shape.hidden == 0 || shape.layers == 0)
        return message(NABIZ_TEXT("Message", "A stand-in needs hidden and layers, such as hidden=128,layers=2."));
    if (shape.heads == 0)
        shape.heads = std::max<std::int64_t>(2, shape.hidden / 64);
    if (shape.kvHeads == 0) {
        // Half of the heads, or the next lower number that divides them.
        shape.kvHeads = std::max<std::int64_t>(1, shape.heads / 2);
        while (shape.heads % shape.kvHeads != 0)
            --shape.kvHeads;
    }
    if (shape.headDim == 0)
        shape.headDim = 64;
    if (shape.intermediate == 0)
        shape.intermediate = 3 * shape.hidden;
    if (Message problem = checkShape(shape); !problem.empty())
        return problem;
    return shape;
}

bool standInReplacesWeights(Config& config, bool namesStandIn, bool namesPath)
{
    if (!namesStandIn || namesPath || config.text("language.stand_in").empty() || config.text("language.path").empty())
        return false;
    config.set("language.path", std::string());
    return true;
}

} // namespace nabiz::trainer
