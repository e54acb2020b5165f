// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_ledger.h"

#include <algorithm>
#include <charconv>

namespace nabiz::trainer {

namespace {

constexpr MemoryPart kParts[] = {
    { "language_weights", NABIZ_TEXT("Message", "language weights"), &MemoryParts::languageWeights },
    { "model_weights", NABIZ_TEXT("Message", "model weights"), &MemoryParts::modelWeights },
    { "gradients", NABIZ_TEXT("Message", "gradients"), &MemoryParts::gradients },
    { "optimizer", NABIZ_TEXT("Message", "optimizer"), &MemoryParts::optimizer },
    { "activations", NABIZ_TEXT("Message", "activations"), &MemoryParts::activations },
    { "autocast", NABIZ_TEXT("Message", "mixed precision's copies"), &MemoryParts::autocast },
    { "workspace", NABIZ_TEXT("Message", "workspace"), &MemoryParts::workspace },
};

} // namespace

std::span<const MemoryPart> memoryParts()
{
    return kParts;
}

std::string ledgerText(const MemoryParts& parts)
{
    std::string text;
    for (const MemoryPart& part : kParts)
        text += (text.empty() ? "" : " ") + std::string(part.key) + '=' + std::to_string(parts.*part.bytes);
    return text;
}

std::optional<MemoryParts> ledgerFrom(std::string_view text)
{
    MemoryParts parts;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        const auto sign = word.find('=');
        const auto part
            = std::ranges::find_if(kParts, [&](const MemoryPart& known) { return known.key == word.substr(0, sign); });
        if (sign == std::string_view::npos || part == std::end(kParts))
            return std::nullopt;
        const char* const end = word.data() + word.size();
        const auto [rest, error] = std::from_chars(word.data() + sign + 1, end, parts.*(part->bytes));
        if (error != std::errc() || rest != end || parts.*(part->bytes) < 0)
            return std::nullopt;
    }
    return parts.total() > 0 ? std::optional(parts) : std::nullopt;
}

} // namespace nabiz::trainer
