// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the trainer library at first need. It is never closed: LibTorch's threads outlive every use of it.
#include "trainer/base/train_error.h"
#include "trainer/loop/text_sample.h"
#include "trainer/loop/trainer.h"

#include <dlfcn.h>

#include <cstdlib>
#include <mutex>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLibrary = "libnabiz_trainer.so";
struct Doors {
    Trainer* (*create)() = nullptr;
    void (*sample)(const SampleRequest&, const std::stop_token&, std::string&) = nullptr;
};

// Beside the program, in the folder above it (a build's tests), or where an installation puts it.
fs::path findLibrary()
{
    const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();
    std::error_code error;
    for (const fs::path& place : { folder, folder.parent_path(), folder.parent_path() / "lib" / "nabiz" }) {
        if (fs::exists(place / kLibrary, error))
            return place / kLibrary;
    }
    throw TrainError(TrainErrorKind::Library,
        message(NABIZ_TEXT("Message",
                    "The trainer library %1 lies neither beside the program in %2 nor above it: build "
                    "it with `./run.sh build`."),
            kLibrary, folder.string()));
}

// A LibTorch of one's own: the folder that NABIZ_LIBTORCH names, or what get-libtorch has fetched. Empty: the one that
// lies beside the trainer library.
fs::path ownTorch()
{
    const auto folder = [](const char* name) {
        const char* value = std::getenv(name);
        return fs::path(value ? value : "");
    };
    if (const fs::path named = folder("NABIZ_LIBTORCH"); !named.empty())
        return named;
    fs::path data = folder("XDG_DATA_HOME");
    if (!data.is_absolute())
        data = folder("HOME") / ".local" / "share";
    const fs::path fetched = data / "nabiz" / "libtorch-" NABIZ_TORCH_VERSION / "torch";
    std::error_code error;
    return fs::exists(fetched / "lib" / "libtorch_cpu.so", error) ? fetched : fs::path();
}

// What is open already is what the trainer library gets when it asks for these names.
void openTorch(const fs::path& torch)
{
    for (const char* name : { "libc10.so", "libtorch_cpu.so" }) {
        if (dlopen((torch / "lib" / name).c_str(), RTLD_NOW | RTLD_LOCAL))
            continue;
        const char* const reason = dlerror();
        throw TrainError(TrainErrorKind::Library,
            message(NABIZ_TEXT("Message",
                        "The LibTorch in %1 cannot be opened: %2. Let NABIZ_LIBTORCH name the torch folder of "
                        "LibTorch %3, or unset it."),
                torch.string(), reason ? reason : "?", NABIZ_TORCH_VERSION));
    }
}

Doors openLibrary(const fs::path& library)
{
    setenv("TORCH_CPP_LOG_LEVEL", "FATAL", 0); // what LibTorch warns of besides what it throws is for its developers
    if (const fs::path torch = ownTorch(); !torch.empty())
        openTorch(torch);
    void* const handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    void* const create = handle ? dlsym(handle, "nabiz_create_trainer") : nullptr;
    void* const sample = create ? dlsym(handle, "nabiz_sample_checkpoint") : nullptr;
    if (sample)
        return { reinterpret_cast<decltype(Doors::create)>(create), reinterpret_cast<decltype(Doors::sample)>(sample) };
    const char* const reason = dlerror();
    throw TrainError(TrainErrorKind::Library,
        message(NABIZ_TEXT("Message",
                    "The trainer library %1 cannot be opened: %2. `./run.sh build` mends it, or "
                    "NABIZ_LIBTORCH, naming the torch folder of LibTorch %3."),
            library.string(), reason ? reason : "?", NABIZ_TORCH_VERSION));
}

const Doors& doors()
{
    static std::mutex mutex;
    static Doors opened;
    const std::lock_guard lock(mutex);
    if (!opened.create)
        opened = openLibrary(findLibrary());
    return opened;
}

} // namespace

std::shared_ptr<Trainer> loadTrainer()
{
    return std::shared_ptr<Trainer>(doors().create());
}

std::string sampleCheckpoint(const SampleRequest& request, const std::stop_token& stop)
{
    std::string text;
    doors().sample(request, stop, text);
    return text;
}

} // namespace nabiz::trainer
