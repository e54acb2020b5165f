// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the trainer library at first need. It is never closed: LibTorch's threads outlive every use of it.
#include "trainer/base/train_error.h"
#include "trainer/loop/trainer.h"

#include <cstdlib>
#include <mutex>

#include <dlfcn.h>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLibrary = "libnabiz_trainer.so";
using Create = Trainer* (*)();

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

Create open(const fs::path& library)
{
    setenv("TORCH_CPP_LOG_LEVEL", "FATAL", 0); // what LibTorch warns of besides what it throws is for its developers
    void* const handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    void* const create = handle ? dlsym(handle, "nabiz_create_trainer") : nullptr;
    if (create)
        return reinterpret_cast<Create>(create);
    const char* const reason = dlerror();
    throw TrainError(TrainErrorKind::Library,
        message(NABIZ_TEXT("Message",
                    "The trainer library %1 cannot be opened: %2. `./run.sh setup` and `./run.sh build` "
                    "mend it."),
            library.string(), reason ? reason : "?"));
}

} // namespace

std::shared_ptr<Trainer> loadTrainer()
{
    static std::mutex mutex;
    static Create create = nullptr;
    const std::lock_guard lock(mutex);
    if (!create)
        create = open(findLibrary());
    return std::shared_ptr<Trainer>(create());
}

} // namespace nabiz::trainer
