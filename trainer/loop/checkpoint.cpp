// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/checkpoint.h"

#include "trainer/base/output_file.h"
#include "trainer/data/safetensors.h"

#include <nlohmann/json.hpp>
#include <torch/version.h>

#include <algorithm>
#include <charconv>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "batch-";

[[noreturn]] void throwIo(const fs::path& path, const std::string& reason)
{
    throw TrainError(TrainErrorKind::Io,
        message(NABIZ_TEXT("Message",
                    "The checkpoint %1 cannot be written: %2. Free some space or mend the folder's "
                    "permissions."),
            path.string(), reason));
}

// The tensors of one file, held on the CPU while it is written.
class TensorFile {
public:
    void add(const std::string& name, const at::Tensor& tensor)
    {
        m_kept.push_back(tensor.detach().to(at::kCPU).contiguous());
        const at::Tensor& kept = m_kept.back();
        TensorView view { name, kept.scalar_type() == at::kByte ? Dtype::U8 : Dtype::F32, kept.sizes().vec(), {} };
        view.data = { static_cast<const std::byte*>(kept.const_data_ptr()), kept.nbytes() };
        m_views.push_back(std::move(view));
    }

    void write(const fs::path& path, const std::map<std::string, std::string>& metadata) const
    {
        writeSafetensors(path, m_views, metadata);
    }

private:
    std::vector<at::Tensor> m_kept;
    std::vector<TensorView> m_views;
};

void writeModel(const fs::path& path, const CheckpointState& state)
{
    TensorFile file;
    for (const NamedTensor& entry : state.model.weights().all())
        file.add(entry.name, entry.tensor);
    file.write(path, { { "format", "nabiz" }, { "batch", std::to_string(state.batch) } });
}

void writeState(const fs::path& path, const CheckpointState& state)
{
    TensorFile file;
    const AdamW& optimizer = state.optimizer;
    for (std::size_t i = 0; i < optimizer.trained().size(); ++i) {
        const std::string& name = optimizer.trained()[i].name;
        file.add("exp_avg." + name, optimizer.firstMoments()[i]);
        file.add("exp_avg_sq." + name, optimizer.secondMoments()[i]);
        file.add("step." + name, optimizer.stepCounters()[i]);
    }
    const at::Device device = state.model.device();
    if (!device.is_cpu())
        file.add("random.device", at::globalContext().defaultGenerator(device).get_state());
    if (state.pass.memory().newest.defined())
        file.add("memory.newest", state.pass.memory().newest.to(at::kFloat));
    if (state.scaler.isEnabled()) {
        file.add("scaler.scale", state.scaler.scale());
        file.add("scaler.growth", state.scaler.growth().to(at::kFloat));
    }
    file.write(path, { { "format", "nabiz" }, { "batch", std::to_string(state.batch) } });
}

nlohmann::ordered_json describe(const CheckpointState& state)
{
    nlohmann::ordered_json config;
    for (const Parameter& row : parameterTable())
        config[std::string(row.key)] = toYaml(state.config.value(row.key));
    return {
        { "format", 1 },
        { "batch", state.batch },
        { "batches", state.batch + 1 },
        { "steps", state.optimizer.steps() },
        { "torch", TORCH_VERSION },
        { "device", state.model.device().str() },
        { "sampler",
            { { "seed", state.sampler.seed }, { "epoch", state.sampler.epoch },
                { "position", state.sampler.position } } },
        { "dropout", { { "seed", state.dropoutSeed }, { "calls", state.pass.calls() } } },
        { "memory", { { "passes", state.pass.memory().passes } } },
        { "config", config },
    };
}

std::int64_t sizeOf(const fs::path& folder)
{
    std::int64_t bytes = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        bytes += static_cast<std::int64_t>(entry.file_size());
    return bytes;
}

} // namespace

std::vector<std::pair<std::int64_t, fs::path>> listCheckpoints(const fs::path& folder)
{
    std::vector<std::pair<std::int64_t, fs::path>> result;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        std::int64_t batch = 0;
        if (!name.starts_with(kPrefix))
            continue;
        const char* const end = name.data() + name.size();
        if (std::from_chars(name.data() + kPrefix.size(), end, batch).ptr == end)
            result.emplace_back(batch, entry.path());
    }
    std::sort(result.begin(), result.end());
    return result;
}

CheckpointFiles writeCheckpoint(const fs::path& folder, const CheckpointState& state)
{
    const fs::path target = fs::absolute(folder / (std::string(kPrefix) + std::to_string(state.batch)));
    fs::path aside = target;
    aside += ".partial";
    try {
        fs::remove_all(aside);
        fs::create_directories(aside);
        writeModel(aside / "model.safetensors", state);
        writeState(aside / "state.safetensors", state);
        writeFile(aside / "state.json", describe(state).dump(2) + "\n", Replaceable::Checkpoints);
        fs::remove_all(target);
        fs::rename(aside, target);
        return { state.batch, target.string(), sizeOf(target) };
    } catch (const fs::filesystem_error& error) {
        std::error_code ignored;
        fs::remove_all(aside, ignored);
        throwIo(target, error.code().message());
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(aside, ignored);
        throw;
    }
}

void removeOlderCheckpoints(const fs::path& folder, std::int64_t keep)
{
    const auto all = listCheckpoints(folder);
    const auto surplus = static_cast<std::int64_t>(all.size()) - keep;
    for (std::int64_t i = 0; i < surplus; ++i) {
        const fs::path& old = all[static_cast<std::size_t>(i)].second;
        std::error_code error;
        fs::remove_all(old, error);
        if (error) {
            throw TrainError(TrainErrorKind::Io,
                message(
                    NABIZ_TEXT("Message", "The old checkpoint %1 cannot be removed: %2. The new one stands beside it."),
                    old.string(), error.message()));
        }
    }
}

} // namespace nabiz::trainer
