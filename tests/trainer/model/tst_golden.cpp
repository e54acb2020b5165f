// SPDX-License-Identifier: GPL-3.0-or-later
// The model against numbers that a reference in PyTorch gave: outputs to 2e-5, gradients to 1e-4 of their norm, weights
// after forty training batches to 1e-4. NABIZ_GOLDEN names another folder of such files, NABIZ_GOLDEN_DEVICE another
// device than the CPU (cuda).
#include "trainer/data/safetensors.h"
#include "trainer/language/read_decoder.h"
#include "trainer/loop/torch_device.h"
#include "trainer/model/agiformer.h"
#include "trainer/optim/adamw.h"
#include "trainer/optim/schedule.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <QtTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace nabiz::trainer;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

fs::path goldenFolder()
{
    const char* const folder = std::getenv("NABIZ_GOLDEN");
    return folder ? fs::path(folder) : fs::path(NABIZ_TEST_DATA "/golden");
}

at::Device device()
{
    const char* const name = std::getenv("NABIZ_GOLDEN_DEVICE");
    static const at::Device found = resolveDevice(name ? name : "cpu");
    return found;
}

at::Tensor tensorOf(const TensorView& view)
{
    const auto type = view.dtype == Dtype::I64 ? at::kLong : view.dtype == Dtype::I32 ? at::kInt : at::kFloat;
    at::Tensor tensor = at::empty(view.shape, type);
    std::memcpy(tensor.mutable_data_ptr(), view.data.data(), view.data.size());
    return type == at::kFloat ? tensor : tensor.to(at::kLong);
}

at::Tensor tensorOf(const SafetensorsFile& file, const std::string& name)
{
    return tensorOf(file.at(name));
}

ModelConfig modelConfig(const Json& json, bool gradientThrough)
{
    ModelConfig config;
    config.vocabulary = json.at("vocab_size");
    config.size = json.at("d_model");
    config.layers = json.at("n_layers");
    config.heads = json.at("n_heads");
    config.inner = json.at("d_ff");
    config.length = json.at("max_seq_len");
    config.experts = json.at("expert_types").get<std::vector<std::string>>();
    config.causal = json.value("causal", false);
    config.linearAttention = json.value("use_linear_attention", false);
    config.memory = json.value("use_memory", false);
    config.memorySlots = json.value("memory_size", config.memorySlots);
    config.introspection = json.value("use_introspection", false);
    config.gradientThroughLanguage = gradientThrough;
    return config;
}

// A model with the parameters of a fixture; every name must be on both sides.
std::unique_ptr<Agiformer> modelOf(const SafetensorsFile& file)
{
    const auto& metadata = file.metadata();
    const auto text = [&](const char* key) { return metadata.contains(key) ? metadata.at(key) : std::string(); };
    const ModelConfig config = modelConfig(Json::parse(metadata.at("config")), text("gradient_through_llm") == "true");
    auto model = std::make_unique<Agiformer>(
        config, 1, device(), [&] { return readDecoder(goldenFolder() / text("llm"), at::kFloat, device()); });

    const at::NoGradGuard guard;
    std::set<std::string> missing;
    for (const TensorView& view : file.tensors()) {
        if (view.name.starts_with("param."))
            missing.insert(view.name.substr(6));
    }
    for (const NamedTensor& entry : model->weights().all()) {
        if (missing.erase(entry.name) == 0)
            throw std::runtime_error("the fixture has no parameter " + entry.name);
        entry.tensor.copy_(tensorOf(file, "param." + entry.name));
    }
    if (!missing.empty())
        throw std::runtime_error("the model has no parameter " + *missing.begin());
    return model;
}

double largestDifference(const at::Tensor& a, const at::Tensor& b)
{
    return (a.detach().to(at::kCPU, at::kDouble) - b.detach().to(at::kCPU, at::kDouble)).abs().max().item<double>();
}

struct Batch {
    at::Tensor inputs;
    at::Tensor targets;
};

Batch batchOf(const SafetensorsFile& file, std::int64_t index)
{
    const at::Tensor ids = tensorOf(file, "input.ids")[index].to(device());
    return { ids.narrow(1, 0, ids.size(1) - 1), ids.narrow(1, 1, ids.size(1) - 1) };
}

} // namespace

class TestGolden : public QObject {
    Q_OBJECT

private:
    static std::vector<fs::path> files()
    {
        std::vector<fs::path> paths;
        for (const fs::directory_entry& entry : fs::directory_iterator(goldenFolder())) {
            if (entry.path().extension() == ".safetensors")
                paths.push_back(entry.path());
        }
        std::sort(paths.begin(), paths.end());
        return paths;
    }

    static int count() { return static_cast<int>(files().size()); }

    // Those that were trained from, or those that were not.
    static void addFiles(bool trained)
    {
        QTest::addColumn<QString>("path");
        for (const fs::path& path : files()) {
            if (SafetensorsFile::open(path).metadata().contains("training") == trained)
                QTest::newRow(path.stem().c_str()) << QString::fromStdString(path.string());
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        at::set_num_threads(1);
        qInfo("%d files in %s", count(), goldenFolder().c_str());
        QVERIFY2(count() > 0, goldenFolder().c_str());
    }

    void outputsAndGradients_data() { addFiles(false); }
    void outputsAndGradients()
    {
        QFETCH(QString, path);
        const SafetensorsFile file = SafetensorsFile::open(path.toStdString());
        const auto model = modelOf(file);

        const at::Tensor losses = tensorOf(file, "output.losses");
        Pass evaluation = Pass::evaluation();
        for (std::int64_t i = 0; i < losses.size(0); ++i) {
            const at::NoGradGuard guard;
            const Batch batch = batchOf(file, i);
            const at::Tensor logits = (*model)(batch.inputs, evaluation).logits;
            QVERIFY(largestDifference(lossOf(logits, batch.targets), losses[i]) <= 2e-5);
            if (i == losses.size(0) - 1)
                QVERIFY(largestDifference(logits, tensorOf(file, "output.logits")) <= 2e-5);
        }

        // Of several batches the first has passed through fresh memory, and the second is measured.
        Pass training = Pass::training(0, 1);
        const bool carries = losses.size(0) > 1;
        if (carries)
            (*model)(batchOf(file, 0).inputs, training);
        const Batch batch = batchOf(file, carries ? 1 : 0);
        const ModelOutput output = (*model)(batch.inputs, training);
        const at::Tensor loss = lossOf(output.logits, batch.targets);
        (loss + output.balance).backward();
        QVERIFY(largestDifference(loss, tensorOf(file, "train.loss")) <= 2e-5);
        QVERIFY(largestDifference(output.balance, tensorOf(file, "train.balance")) <= 2e-5);
        for (const NamedTensor& entry : model->weights().all()) {
            const TensorView* const view = file.find("grad." + entry.name);
            const at::Tensor& gradient = entry.tensor.grad();
            QVERIFY2(gradient.defined() == (view != nullptr), entry.name.c_str());
            if (!view)
                continue;
            const at::Tensor reference = tensorOf(*view).to(at::kDouble);
            const double difference = (gradient.to(at::kCPU, at::kDouble) - reference).norm().item<double>();
            QVERIFY2(difference <= 1e-4 * reference.norm().item<double>() + 1e-7, entry.name.c_str());
        }
    }

    void training_data() { addFiles(true); }
    void training()
    {
        QFETCH(QString, path);
        const SafetensorsFile file = SafetensorsFile::open(path.toStdString());
        const Json settings = Json::parse(file.metadata().at("training"));
        const auto model = modelOf(file);
        const std::int64_t accumulation = settings.at("gradient_accumulation_steps");
        const Schedule schedule(
            Schedule::Kind::Constant, settings.at("learning_rate"), settings.at("warmup_steps"), 1000);
        AdamW optimizer(model->weights().trained(),
            { settings.at("adam_beta1"), settings.at("adam_beta2"), settings.at("adam_epsilon"),
                settings.at("weight_decay") });

        const at::Tensor losses = tensorOf(file, "output.losses"), norms = tensorOf(file, "output.grad_norms");
        Pass pass = Pass::training(0, 1);
        for (std::int64_t i = 0; i < losses.size(0); ++i) {
            const Batch batch = batchOf(file, i);
            const ModelOutput output = (*model)(batch.inputs, pass);
            const at::Tensor loss = lossOf(output.logits, batch.targets);
            QVERIFY(largestDifference(loss, losses[i]) <= 2e-5);
            ((loss + output.balance) / static_cast<double>(accumulation)).backward();
            if ((i + 1) % accumulation != 0)
                continue;
            const std::int64_t step = (i + 1) / accumulation;
            const double norm = optimizer.clip(settings.at("gradient_clip")).item<double>();
            const double reference = norms[step - 1].item<double>();
            QVERIFY(std::abs(norm - reference) <= 1e-4 * reference);
            optimizer.step(schedule.rate(step));
            optimizer.clearGradients();
        }
        QCOMPARE(optimizer.steps(), norms.size(0));
        for (const NamedTensor& entry : model->weights().all())
            QVERIFY2(
                largestDifference(entry.tensor, tensorOf(file, "final." + entry.name)) <= 1e-4, entry.name.c_str());
    }

    void decoder_data()
    {
        QTest::addColumn<QString>("path");
        std::error_code error;
        for (const fs::directory_entry& entry : fs::directory_iterator(goldenFolder() / "llm", error)) {
            if (fs::exists(entry.path() / "reference.safetensors"))
                QTest::newRow(entry.path().filename().c_str()) << QString::fromStdString(entry.path().string());
        }
    }
    void decoder()
    {
        QFETCH(QString, path);
        const fs::path folder = path.toStdString();
        const at::NoGradGuard guard;
        const auto decoder = readDecoder(folder, at::kFloat, device());
        const SafetensorsFile reference = SafetensorsFile::open(folder / "reference.safetensors");
        const at::Tensor hidden = (*decoder)(tensorOf(reference, "input.embeddings").to(device()));
        QVERIFY(largestDifference(hidden, tensorOf(reference, "output.hidden")) <= 2e-5);
    }
};

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_golden.moc"
