// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a preset and as an override: problems with a place inside the text, or values that can be set again,
// taken out and validated. One thread.
#include "trainer/config/presets/preset_document.h"
#include "trainer/config/presets/preset_file.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/validation/validation.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace nabiz::trainer;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkProblems(const PresetDocument& document)
{
    for (const Problem& problem : document.problems()) {
        require(!problem.message.empty() && !problem.message.english().empty());
        require(problem.line >= 0 && problem.line <= static_cast<int>(document.text().size()) + 1);
        require(problem.column >= 0 && problem.column <= static_cast<int>(document.text().size()) + 1);
    }
}

// A sound text stays sound when it is edited, and says what it was made to say.
void checkEdits(const PresetDocument& document)
{
    int edits = 0;
    for (const auto& [key, value] : document.values()) {
        if (++edits > 4)
            break;
        const PresetDocument again = document.withValue(key, value);
        require(again.values().contains(key) && again.values().at(key) == value);
        require(again.values() == document.values());
        const PresetDocument less = document.without(key);
        require(!less.values().contains(key));
        require(less.values().size() + 1 == document.values().size());
    }
    const PresetDocument more = document.withValue("training.seed", std::int64_t { 7 });
    require(more.values().contains("training.seed") && more.values().at("training.seed") == Value(std::int64_t { 7 }));
}

// Resolves `extends` among the shipped presets alone: no path of the input is opened.
void checkConfig(const PresetDocument& document)
{
    const std::string& base = document.extends();
    if (base.find_first_of("./~") != std::string::npos)
        return;
    const Preset preset = PresetStore({}).parse(document.text(), "input.yaml");
    if (preset.problems.empty()) {
        for (const Problem& problem : validate(preset.config, Machine { .cores = 2 }))
            require(!problem.key.empty() && !problem.message.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    const PresetDocument document = PresetDocument::parse(text, "input.yaml");
    require(document.text() == text);
    require(extendsLine(text) >= 0);
    checkProblems(document);
    if (document.problems().empty())
        checkEdits(document);
    checkConfig(document);
    const Override override = parseOverride(text);
    require(override.problem || !override.key.empty());
    return 0;
}
