// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/checkpoint.h"

#include "trainer/base/output_file.h"
#include "trainer/data/safetensors.h"
#include "trainer/loop/checkpoint_folder.h"

#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#include <cstring>

namespace nabiz::trainer {

namespace fs = std::filesystem;

namespace {

constexpr const char* kCpuRandom = "random.cpu";
constexpr const char* kDeviceRandom = "random.device";
constexpr const char* kNewest = "memory.newest";
constexpr const char* kScale = "scaler.scale";
constexpr const char* kGrowth = "scaler.growth";

struct TypeRow {
    at::ScalarType type;
    Dtype dtype;
};
constexpr TypeRow kTypes[] = { { at::kFloat, Dtype::F32 }, { at::kHalf, Dtype::F16 }, { at::kBFloat16, Dtype::BF16 },
    { at::kInt, Dtype::I32 }, { at::kByte, Dtype::U8 }, { at::kDouble, Dtype::F64 }, { at::kLong, Dtype::I64 } };

Dtype dtypeOf(at::ScalarType type)
{
    for (const TypeRow& row : kTypes) {
        if (row.type == type)
            return row.dtype;
    }
    throw TrainError(TrainErrorKind::Internal, message("no type of a file is %1", c10::toString(type)));
}

at::ScalarType scalarTypeOf(Dtype dtype)
{
    for (const TypeRow& row : kTypes) {
        if (row.dtype == dtype)
            return row.type;
    }
    throw TrainError(TrainErrorKind::Internal, message("no tensor is of type %1", std::string(dtypeName(dtype))));
}

at::Generator generatorOf(at::Device device)
{
    return at::globalContext().defaultGenerator(device);
}

void add(std::vector<NamedTensor>& tensors, const std::string& name, const at::Tensor& tensor)
{
    tensors.push_back({ name, tensor.detach().to(at::kCPU) });
}

std::vector<NamedTensor> stateOf(const PreparedRun& run, const Pass& pass)
{
    std::vector<NamedTensor> state;
    const AdamW& optimizer = run.optimizer;
    for (std::size_t i = 0; i < optimizer.trained().size(); ++i) {
        const NamedTensor& trained = optimizer.trained()[i];
        add(state, "exp_avg." + trained.name, optimizer.firstMoments()[i]);
        add(state, "exp_avg_sq." + trained.name, optimizer.secondMoments()[i]);
        add(state, "step." + trained.name, optimizer.stepCounters()[i]);
        // Of a step that is not over; one that none has reached stays without.
        if (trained.tensor.grad().defined())
            add(state, "grad." + trained.name, trained.tensor.grad());
    }
    add(state, kCpuRandom, generatorOf(at::kCPU).get_state());
    if (!run.device.is_cpu())
        add(state, kDeviceRandom, generatorOf(run.device).get_state());
    if (pass.memory().newest.defined())
        add(state, kNewest, pass.memory().newest);
    if (run.scaler.isEnabled()) {
        add(state, kScale, run.scaler.scale());
        add(state, kGrowth, run.scaler.growth());
    }
    return state;
}

void writeTensors(const fs::path& path, const std::vector<NamedTensor>& tensors, std::int64_t batch)
{
    std::vector<at::Tensor> inOrder;
    std::vector<TensorView> views;
    for (const NamedTensor& entry : tensors) {
        const at::Tensor& tensor = inOrder.emplace_back(entry.tensor.contiguous());
        TensorView view { entry.name, dtypeOf(tensor.scalar_type()), tensor.sizes().vec(), {} };
        view.data = { static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes() };
        views.push_back(std::move(view));
    }
    writeSafetensors(
        path, std::move(views), { { "format", "nabiz" }, { "batch", std::to_string(batch) } }, Sync::Later);
}

at::Tensor tensorOf(const TensorView& view)
{
    at::Tensor tensor = at::empty(view.shape, at::TensorOptions(scalarTypeOf(view.dtype)));
    std::memcpy(tensor.mutable_data_ptr(), view.data.data(), view.data.size());
    return tensor;
}

// Into the tensor that is there, which others hold.
void fill(const at::Tensor& target, const SafetensorsFile& file, const std::string& name)
{
    const TensorView& view = file.at(name);
    if (at::IntArrayRef(view.shape) != target.sizes() || scalarTypeOf(view.dtype) != target.scalar_type())
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message", "The checkpoint is of another model: %1 has another shape or type."), name));
    target.copy_(tensorOf(view));
}

void restoreOptimizer(const SafetensorsFile& file, AdamW& optimizer, std::int64_t steps)
{
    for (std::size_t i = 0; i < optimizer.trained().size(); ++i) {
        const NamedTensor& trained = optimizer.trained()[i];
        fill(optimizer.firstMoments()[i], file, "exp_avg." + trained.name);
        fill(optimizer.secondMoments()[i], file, "exp_avg_sq." + trained.name);
        fill(optimizer.stepCounters()[i], file, "step." + trained.name);
        if (file.find("grad." + trained.name)) {
            // Laid out as its weights are, as it was: sums over it are rounded in that order.
            at::Tensor gradient = at::empty_like(trained.tensor).set_requires_grad(false);
            fill(gradient, file, "grad." + trained.name);
            trained.tensor.mutable_grad() = gradient;
        }
    }
    optimizer.setSteps(steps);
}

void restoreRandom(const SafetensorsFile& file, at::Device device)
{
    if (const TensorView* view = file.find(kCpuRandom))
        generatorOf(at::kCPU).set_state(tensorOf(*view));
    if (const TensorView* view = file.find(kDeviceRandom); view && !device.is_cpu())
        generatorOf(device).set_state(tensorOf(*view));
}

void restoreMemory(const SafetensorsFile& file, const CheckpointHeader& header, at::Device device, MemoryState& memory)
{
    memory = {};
    memory.passes = header.memoryPasses;
    if (const TensorView* view = file.find(kNewest))
        memory.newest = tensorOf(*view).to(device);
}

std::int64_t bytesIn(const std::vector<NamedTensor>& tensors)
{
    std::size_t bytes = 0;
    for (const NamedTensor& entry : tensors)
        bytes += entry.tensor.nbytes();
    return static_cast<std::int64_t>(bytes);
}

CheckpointHeader headerOf(const PreparedRun& run, const std::string& mark, const Pass& pass, const TrainingPlace& place)
{
    CheckpointHeader header;
    header.run = mark;
    header.batch = place.batch;
    header.seconds = place.seconds;
    header.best = place.best;
    header.steps = run.optimizer.steps();
    header.torch = TORCH_VERSION;
    header.device = run.device.str();
    header.sampler = run.sampler.save();
    header.dropoutSeed = pass.seed();
    header.dropoutCalls = pass.calls();
    header.memoryPasses = pass.memory().passes;
    header.setConfig(run.applied);
    return header;
}

} // namespace

Checkpoint takeCheckpoint(const PreparedRun& run, const std::string& mark, const Pass& pass, const TrainingPlace& place)
{
    const at::NoGradGuard guard;
    Checkpoint checkpoint { headerOf(run, mark, pass, place), {}, stateOf(run, pass), !run.device.is_cpu() };
    for (const NamedTensor& entry : run.model.weights().all())
        add(checkpoint.model, entry.name, entry.tensor);
    return checkpoint;
}

fs::path fillCheckpoint(const fs::path& folder, const Checkpoint& checkpoint)
{
    const std::int64_t batch = checkpoint.header.batch;
    const fs::path place = fs::absolute(folder / ("batch-" + std::to_string(batch)));
    refuseWithoutRoom(place, bytesIn(checkpoint.model) + bytesIn(checkpoint.state), roomAt(place));
    fillCheckpoint(place, [&](const fs::path& aside) {
        writeTensors(aside / kModelFile, checkpoint.model, batch);
        writeTensors(aside / kStateFile, checkpoint.state, batch);
        OutputFile file(aside / kHeaderFile, Replaceable::Checkpoints);
        file.write(toJson(checkpoint.header));
        file.commit(Sync::Later);
    });
    return place;
}

TrainingPlace restoreCheckpoint(const fs::path& checkpoint, PreparedRun& run, Pass& pass)
{
    const at::NoGradGuard guard;
    const CheckpointHeader header = verifyCheckpoint(checkpoint);
    const SafetensorsFile model = SafetensorsFile::open(checkpoint / kModelFile);
    if (std::as_const(model).tensors().size() != run.model.weights().all().size())
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message", "The checkpoint %1 is of another model: it has %2 tensors, not %3."),
                checkpoint.string(), std::to_string(std::as_const(model).tensors().size()),
                std::to_string(run.model.weights().all().size())));
    for (const NamedTensor& entry : run.model.weights().all())
        fill(entry.tensor, model, entry.name);
    const SafetensorsFile state = SafetensorsFile::open(checkpoint / kStateFile);
    restoreOptimizer(state, run.optimizer, header.steps);
    if (run.scaler.isEnabled() && state.find(kScale)) {
        fill(run.scaler.scale(), state, kScale);
        fill(run.scaler.growth(), state, kGrowth);
    }
    restoreMemory(state, header, run.device, pass.memory());
    pass.setStream(header.dropoutSeed, header.dropoutCalls);
    run.sampler.restore(header.sampler);
    restoreRandom(state, run.device);
    // Another batch size takes other validation texts: their losses do not compare.
    const auto size = header.config.find("training.batch_size");
    const bool isSameSet
        = size == header.config.end() || size->second == toYaml(run.applied.value("training.batch_size"));
    return { header.batch, header.seconds, isSameSet ? header.best : BestLoss() };
}

} // namespace nabiz::trainer
