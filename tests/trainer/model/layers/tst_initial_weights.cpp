// SPDX-License-Identifier: GPL-3.0-or-later
// Weights taken from a file: in every type that holds them, and what of a file that is another model's is said.
#include "tests/trainer/data/temporary_folder.h"
#include "tests/trainer/model/small_model.h"
#include "trainer/data/safetensors.h"
#include "trainer/model/layers/initial_weights.h"

#include <QtTest>

#include <algorithm>
#include <cstring>
#include <limits>

using namespace nabiz::test;
namespace fs = std::filesystem;

namespace {

// The weights of a model as they lie in memory, to be changed before they are written.
struct SavedModel {
    explicit SavedModel(const Weights& weights, at::ScalarType type = at::kFloat)
    {
        const Dtype dtype = type == at::kHalf ? Dtype::F16 : type == at::kBFloat16 ? Dtype::BF16 : Dtype::F32;
        for (const NamedTensor& entry : weights.all()) {
            tensors.push_back(entry.tensor.detach().to(type).contiguous());
            const auto* bytes = static_cast<const std::byte*>(tensors.back().const_data_ptr());
            views.push_back({ entry.name, dtype, entry.tensor.sizes().vec(), { bytes, tensors.back().nbytes() } });
        }
    }

    TensorView& named(const std::string& name) { return *std::ranges::find(views, name, &TensorView::name); }

    fs::path write(const TemporaryFolder& folder) const
    {
        const fs::path path = folder.path() / "saved.safetensors";
        writeSafetensors(path, views, {});
        return path;
    }

    std::vector<at::Tensor> tensors;
    std::vector<TensorView> views;
};

std::vector<at::Tensor> copiesOf(const Weights& weights)
{
    std::vector<at::Tensor> copies;
    for (const NamedTensor& entry : weights.all())
        copies.push_back(entry.tensor.detach().clone());
    return copies;
}

} // namespace

class TestInitialWeights : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTypeIsTaken_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("float32") << static_cast<int>(at::kFloat);
        QTest::newRow("float16") << static_cast<int>(at::kHalf);
        QTest::newRow("bfloat16") << static_cast<int>(at::kBFloat16);
    }
    void everyTypeIsTaken()
    {
        QFETCH(int, type);
        const TemporaryFolder folder;
        for (const char* variant : kVariants) {
            const auto trained = makeModel(variantConfig(variant), 2);
            const SavedModel saved(trained->weights(), static_cast<at::ScalarType>(type));
            const auto model = makeModel(variantConfig(variant), 1);
            startFrom(saved.write(folder), model->weights());
            for (std::size_t i = 0; i < saved.tensors.size(); ++i) {
                const NamedTensor& entry = model->weights().all()[i];
                QVERIFY2(entry.tensor.scalar_type() == at::kFloat, entry.name.c_str());
                QVERIFY2(at::equal(entry.tensor, saved.tensors[i].to(at::kFloat)), entry.name.c_str());
            }
        }
    }

    // Behind a header whose length is odd no number is aligned.
    void unalignedNumbersAreTaken()
    {
        const TemporaryFolder folder;
        const auto trained = makeModel(smallConfig(), 2);
        const fs::path path = SavedModel(trained->weights()).write(folder);
        std::ifstream stream(path, std::ios::binary);
        std::string text { std::istreambuf_iterator<char>(stream), {} };
        std::uint64_t length = 0;
        std::memcpy(&length, text.data(), sizeof length);
        text.insert(8 + length, " ");
        ++length;
        std::memcpy(text.data(), &length, sizeof length);
        const auto model = makeModel(smallConfig(), 1);
        startFrom(folder.write("odd.safetensors", text), model->weights());
        for (std::size_t i = 0; i < trained->weights().all().size(); ++i)
            QVERIFY(at::equal(model->weights().all()[i].tensor, trained->weights().all()[i].tensor));
    }

    void differencesAreListed()
    {
        const TemporaryFolder folder;
        const auto model = makeModel(smallConfig(), 1);
        const auto before = copiesOf(model->weights());
        SavedModel saved(makeModel(smallConfig(), 2)->weights());
        saved.named("head.bias").name = "tail.bias";
        std::swap(saved.named("head.weight").shape[0], saved.named("head.weight").shape[1]);
        saved.named("norm.bias").dtype = Dtype::I32;
        const fs::path path = saved.write(folder);
        const auto error = errorOf([&] { startFrom(path, model->weights()); });
        QVERIFY(error && error->kind() == TrainErrorKind::BadInput);
        const QString said = error->what();
        for (const char* part :
            { "saved.safetensors", "in 4 tensors", "head.bias is missing", "tail.bias is not in the model",
                "head.weight is (16 × 64), not (64 × 16)", "norm.bias is of type I32", "leave model.init empty" })
            QVERIFY2(said.contains(part), qPrintable(said));
        for (std::size_t i = 0; i < before.size(); ++i) // nothing was taken of the rest
            QVERIFY2(at::equal(model->weights().all()[i].tensor, before[i]), model->weights().all()[i].name.c_str());
    }

    void tenDifferencesAreListedAndAllCounted()
    {
        const TemporaryFolder folder;
        const auto model = makeModel(smallConfig(), 1);
        const SavedModel saved(makeModel(variantConfig("pairs"), 1)->weights());
        const fs::path path = saved.write(folder);
        const SafetensorsFile file = SafetensorsFile::open(path);
        std::size_t different = 0;
        std::size_t shared = 0;
        for (const NamedTensor& entry : model->weights().all()) {
            const TensorView* view = file.find(entry.name);
            shared += view ? 1 : 0;
            different += view && at::IntArrayRef(view->shape) == entry.tensor.sizes() ? 0 : 1;
        }
        different += saved.views.size() - shared;
        QVERIFY(different > 10);
        const auto error = errorOf([&] { startFrom(path, model->weights()); });
        QVERIFY(error);
        const QString said = error->what();
        QVERIFY2(said.contains(QString("in %1 tensors").arg(different)), qPrintable(said));
        QCOMPARE(said.count("; "), 10); // between ten, and before the dots
        QVERIFY(said.contains("; …"));
    }

    void whatIsNotFiniteIsNotTaken()
    {
        const TemporaryFolder folder;
        const auto model = makeModel(smallConfig(), 1);
        const auto before = copiesOf(model->weights());
        for (const float wrong : { std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity() }) {
            const SavedModel saved(makeModel(smallConfig(), 2)->weights());
            saved.tensors.back().view(-1)[-1].fill_(wrong);
            const fs::path path = saved.write(folder);
            const auto error = errorOf([&] { startFrom(path, model->weights()); });
            QVERIFY(error && error->kind() == TrainErrorKind::BadInput);
            const std::string said = saved.views.back().name + " in " + path.string() + " hold NaN or infinite numbers";
            QVERIFY2(QString(error->what()).contains(QString::fromStdString(said)), error->what());
        }
        for (std::size_t i = 0; i < before.size(); ++i)
            QVERIFY(at::equal(model->weights().all()[i].tensor, before[i]));
    }

    void aCutFileIsNotTaken()
    {
        const TemporaryFolder folder;
        const auto model = makeModel(smallConfig(), 1);
        const fs::path path = SavedModel(model->weights()).write(folder);
        fs::resize_file(path, fs::file_size(path) - 1);
        const auto error = errorOf([&] { startFrom(path, model->weights()); });
        QVERIFY(error && error->kind() == TrainErrorKind::Io);
    }
};

QTEST_GUILESS_MAIN(TestInitialWeights)
#include "tst_initial_weights.moc"
