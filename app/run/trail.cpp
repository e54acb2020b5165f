// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/trail.h"

#include "app/run/terminal_text.h"
#include "storage/recording/side_file.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace nabiz::app {

namespace {

constexpr std::size_t kBytes = 5'000'000;
constexpr std::size_t kOlder = 2; // beside the one that is written

std::shared_ptr<spdlog::logger> openLog()
{
    const auto folder = trailFolder();
    if (folder.empty())
        return nullptr;
    try {
        auto log = spdlog::rotating_logger_mt("trail", folder / "nabiz.log", kBytes, kOlder);
        log->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %P %v", spdlog::pattern_time_type::utc);
        log->set_error_handler([](const std::string&) {}); // see the header
        log->flush_on(spdlog::level::info);
        return log;
    } catch (const spdlog::spdlog_ex&) {
        return nullptr;
    }
}

} // namespace

std::filesystem::path trailFolder()
{
    return storage::stateFolder();
}

void leaveTrail(storage::RunId run, std::string_view line)
{
    static const auto log = openLog();
    if (!log)
        return;
    if (run != 0)
        log->info("run {}: {}", run, safeLine(line));
    else
        log->info("{}", safeLine(line));
}

} // namespace nabiz::app
