// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/stores/living_writers.h"
#include "app/interchange/stores/source_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr double kSilence = 600; // seconds after which nobody is presumed to write any more
constexpr double kAhead = 120; // that another machine's clock may be ahead
constexpr auto kScanAgain = std::chrono::seconds(2);

double now()
{
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

bool isForWriting(const fs::path& process, const fs::path& descriptor)
{
    std::ifstream info(process / "fdinfo" / descriptor.filename());
    for (std::string line; std::getline(info, line);) {
        if (line.starts_with("flags:"))
            return (std::strtol(line.c_str() + 6, nullptr, 8) & O_ACCMODE) != O_RDONLY;
    }
    return false;
}

// events.out.tfevents.SECONDS.HOST.PID.NUMBER of a file that was written lately.
std::optional<storage::ProcessIdentity> tensorboardWriter(const fs::path& folder)
{
    const auto host = storage::ProcessIdentity::current().host;
    std::error_code error;
    for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator();
         it.increment(error)) {
        const auto name = it->path().filename().string();
        const auto at = name.find('.' + host + '.');
        struct stat status { };
        if (name.find(".tfevents.") == std::string::npos || at == std::string::npos
            || ::stat(it->path().c_str(), &status) != 0 || now() - static_cast<double>(status.st_mtime) > kSilence)
            continue;
        const auto rest = std::string_view(name).substr(at + host.size() + 2);
        const auto pid = sourceStep(rest.substr(0, rest.find('.')));
        if (const auto writer = storage::ProcessIdentity::of(pid.value_or(0)); writer.isAlive())
            return writer;
    }
    return std::nullopt;
}

bool hasFileOfItsOwn(const storage::ImportedRun& run)
{
    static constexpr std::array<std::string_view, 4> kSources { "tensorboard", "wandb", "csv", "hf" };
    return std::ranges::find(kSources, run.source) != kSources.end();
}

} // namespace

void settle(storage::ImportedRun& run, LivingWriters& writers, double heard)
{
    using enum storage::RunStatus;
    if (run.status && !storage::isLive(*run.status))
        return;
    if (run.source != "inbox") { // which knows its own
        run.writer = writers.of(run, heard);
        if (run.writer)
            run.status = Running;
    }
    if (run.status && !(run.writer && run.writer->isAlive()))
        run.status = Interrupted;
}

double lastHeard(const storage::ImportedRun& run)
{
    double heard = run.started.value_or(storage::kNoWallTime);
    for (const auto& series : run.series) {
        for (const auto& point : series.points)
            heard = std::fmax(heard, point.wall);
    }
    return heard;
}

// What is not ours to see is passed by.
void LivingWriters::scan()
{
    const auto time = std::chrono::steady_clock::now();
    if (m_scanned && time - *m_scanned < kScanAgain)
        return;
    m_scanned = time;
    m_open.clear();
    std::error_code error;
    for (auto process = fs::directory_iterator("/proc", error); !error && process != fs::directory_iterator();
         process.increment(error)) {
        const auto pid = sourceStep(process->path().filename().string());
        if (!pid || *pid == ::getpid())
            continue;
        std::error_code hidden;
        for (auto it = fs::directory_iterator(process->path() / "fd", hidden);
             !hidden && it != fs::directory_iterator(); it.increment(hidden)) {
            std::error_code gone;
            const auto target = fs::read_symlink(it->path(), gone);
            if (!gone && target.is_absolute() && !target.string().starts_with("/dev/")
                && isForWriting(process->path(), it->path()))
                m_open.emplace(target, *pid);
        }
    }
}

std::optional<storage::ProcessIdentity> LivingWriters::of(const storage::ImportedRun& run, double heard)
{
    if (hasFileOfItsOwn(run)) {
        scan();
        const fs::path path = run.path;
        for (auto open = m_open.lower_bound(path); open != m_open.end(); ++open) {
            if (open->first == path || (run.source != "csv" && open->first.parent_path() == path)) {
                const auto writer = storage::ProcessIdentity::of(open->second);
                if (writer.isAlive())
                    return writer;
            }
            if (!open->first.string().starts_with(run.path))
                break;
        }
        if (run.source == "tensorboard")
            return tensorboardWriter(path);
        const auto host = run.facts.find("host");
        if (host != run.facts.end() && host->second == storage::ProcessIdentity::current().host)
            return std::nullopt; // it would be seen
    }
    const bool saysNoEnd = run.status && storage::isLive(*run.status);
    const double silence = now() - heard;
    if (!saysNoEnd || !std::isfinite(heard) || silence > kSilence || silence < -kAhead)
        return std::nullopt;
    return storage::ProcessIdentity::presumedUntil(static_cast<std::int64_t>((heard + kSilence) * 1000));
}

} // namespace nabiz::app
