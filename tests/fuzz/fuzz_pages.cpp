// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a published page: refused, or read to its end with something said of each line, every point whole and
// once, every setting one that can be set. One thread.
#include "app/interchange/published_page.h"
#include "trainer/config/presets/preset_document.h"

#include <cstdint>
#include <cstdlib>
#include <set>

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace nabiz;
    const std::string text(reinterpret_cast<const char*>(data), size);
    try {
        const auto page = app::readPage(text);
        std::set<std::pair<std::int64_t, std::string>> seen;
        for (const auto& point : page.points)
            require(point.batch >= 0 && !point.metric.empty() && seen.emplace(point.batch, point.metric).second);
        for (const auto& setting : page.settings)
            require(!trainer::parseOverride(setting.key + "=" + setting.value).problem);
        for (const auto& memory : page.memory)
            require(!memory.kind.empty());
        int last = 0;
        for (const auto& line : page.lines) {
            require(!line.said.empty() && line.number >= last);
            last = line.number;
        }
    } catch (const app::PageError& error) {
        require(!error.message().empty());
    }
    return 0;
}
