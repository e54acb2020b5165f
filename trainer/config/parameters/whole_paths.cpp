// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/config/parameters/whole_paths.h"

#include "trainer/config/parameters/hub_cache.h"
#include "trainer/config/parameters/parameter_table.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace nabiz::trainer {

namespace fs = std::filesystem;

std::string wholePath(const std::string& written)
{
    if (written.empty() || written.starts_with("generated:") || written.starts_with("example:"))
        return written;
    fs::path path = written;
    if (written == "~" || written.starts_with("~/")) {
        const char* const home = std::getenv("HOME");
        if (home && *home)
            path = fs::path(home) / written.substr(std::min<std::size_t>(2, written.size()));
    }
    std::error_code error;
    const fs::path whole = fs::absolute(path, error).lexically_normal();
    return error ? path.string() : whole.string();
}

Config withWholePaths(Config config)
{
    for (const Parameter& row : parameterTable()) {
        if (!row.isPath)
            continue;
        const std::string& written = config.text(row.key);
        config.set(row.key, row.key == "language.path" ? recordedLanguagePath(written) : wholePath(written));
    }
    return config;
}

} // namespace nabiz::trainer
