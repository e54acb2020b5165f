// SPDX-License-Identifier: GPL-3.0-or-later
// What a folder of published weights may and may not hold: config.json key by key, shards, names and shapes.
#include "tests/trainer/data/temporary_folder.h"
#include "trainer/language/decoder_files.h"
#include "trainer/validation/validation.h"

#include <QtTest>

using namespace nabiz::trainer;
namespace fs = std::filesystem;

namespace {

fs::path published(const char* kind)
{
    return fs::path(NABIZ_TEST_DATA "/golden/llm") / kind;
}

std::string textOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return { std::istreambuf_iterator<char>(stream), {} };
}

// A small description that is well, with one line in the place of another.
std::string description(const QString& line = {})
{
    QMap<QString, QString> keys { { "model_type", "\"qwen3\"" }, { "hidden_size", "64" }, { "num_hidden_layers", "2" },
        { "num_attention_heads", "4" }, { "num_key_value_heads", "2" }, { "head_dim", "32" },
        { "intermediate_size", "128" } };
    if (!line.isEmpty()) {
        const QString value = line.section(": ", 1);
        value == "gone" ? void(keys.remove(line.section(": ", 0, 0))) : void(keys[line.section(": ", 0, 0)] = value);
    }
    QStringList lines;
    for (auto it = keys.cbegin(); it != keys.cend(); ++it)
        lines += QString("\"%1\": %2").arg(it.key(), it.value());
    return ("{" + lines.join(", ") + "}").toStdString();
}

DecoderConfig configOf(const fs::path& file)
{
    return std::get<DecoderConfig>(readDecoderConfig(file));
}

} // namespace

class TestDecoderFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsPublishedShapes()
    {
        const DecoderConfig qwen3 = configOf(published("qwen3") / "config.json");
        QVERIFY(qwen3.architecture == Architecture::Qwen3 && qwen3.normsHeads() && !qwen3.attentionBias);
        QCOMPARE(qwen3.headSize, std::int64_t(32));
        const DecoderConfig qwen2 = configOf(published("qwen2") / "config.json");
        QVERIFY(qwen2.architecture == Architecture::Qwen2 && qwen2.attentionBias && !qwen2.outputBias);
        QCOMPARE(qwen2.headSize, std::int64_t(16)); // hidden / heads, which the file does not say
        const DecoderConfig llama = configOf(published("llama") / "config.json");
        QVERIFY(llama.architecture == Architecture::Llama && !llama.normsHeads() && !llama.attentionBias);
        QCOMPARE(llama.ropeTheta, 1e6);
    }

    void qwenHasItsWeights()
    {
        Config settings;
        settings.set("language.stand_in", std::string("qwen3-0.6b"));
        // 596 049 920 published, less the embedding of 151 936 × 1024.
        QCOMPARE(
            std::get<DecoderConfig>(decoderConfigOf(settings)).weights(), std::int64_t(596'049'920 - 151'936 * 1024));
    }

    void readsOldAndNewRotations()
    {
        const TemporaryFolder folder;
        const std::string base = description();
        const auto with = [&](const std::string& more) {
            return configOf(folder.write("config.json", base.substr(0, base.size() - 1) + ", " + more + "}"));
        };
        QCOMPARE(with("\"rope_theta\": 5000").ropeTheta, 5000.0);
        QCOMPARE(with("\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 7000}").ropeTheta, 7000.0);
        const DecoderConfig scaled
            = with("\"rope_theta\": 500000, \"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 32, "
                   "\"low_freq_factor\": 1, \"high_freq_factor\": 4, "
                   "\"original_max_position_embeddings\": 4096}");
        QVERIFY(scaled.ropeScaling && scaled.ropeScaling->factor == 32 && scaled.ropeScaling->originalLength == 4096);
        QVERIFY(!with("\"rope_scaling\": null").ropeScaling);
    }

    // As they lie on people's disks.
    void foldersInTheWild()
    {
        const auto wild
            = [](const char* name) { return fs::path(NABIZ_TEST_DATA "/golden/llm/wild") / name / "config.json"; };
        QCOMPARE(configOf(wild("theta-top-params-without")).ropeTheta, 1e6);
        QCOMPARE(configOf(wild("params-per-layer-type")).ropeTheta, 1e6);
        const auto yarn = readDecoderConfig(wild("params-and-yarn-scaling"));
        QVERIFY(std::holds_alternative<Message>(yarn));
        QVERIFY(std::get<Message>(yarn).english().find("the rotation rope_type \"yarn\"") != std::string::npos);
        const TemporaryFolder folder;
        folder.write("config.json", textOf(wild("fewer-layers")));
        folder.write("model.safetensors", textOf(published("qwen3") / "model.safetensors"));
        QCOMPARE(DecoderFiles(folder.path(), configOf(wild("fewer-layers"))).unusedTensors(), 11);
        Config config;
        config.set("language.path", folder.path().string());
        config.set("model.expert_types", std::vector<std::string> { "language" });
        const auto problems = languagePathProblems(config);
        QVERIFY(problems.size() == 1 && problems[0].severity == Severity::Note);
        QVERIFY(problems[0].message.english().find("11 tensors") != std::string::npos);
        const auto pointer = errorOf([&] { DecoderFiles(wild("lfs").parent_path(), configOf(wild("lfs"))); });
        QVERIFY(pointer && std::string(pointer->what()).find("is a Git LFS pointer") != std::string::npos);
    }

    // Neither is what the other says, and what is beside them wins in neither.
    void twoRotationsThatDoNotAgree()
    {
        const TemporaryFolder folder;
        const std::string base = description();
        const auto with = [&](const std::string& more) {
            return readDecoderConfig(folder.write("config.json", base.substr(0, base.size() - 1) + ", " + more + "}"));
        };
        const std::string both = "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 7000}, "
                                 "\"rope_scaling\": {\"rope_type\": \"default\"}";
        const auto apart = with(both);
        QVERIFY(std::holds_alternative<Message>(apart));
        QVERIFY(std::get<Message>(apart).english().find("do not agree on rope_theta") != std::string::npos);
        QVERIFY(std::holds_alternative<DecoderConfig>(with(both + ", \"rope_theta\": 7000")));
    }

    // A bias in the file that the config does not count would change what the model says.
    void tensorsTooMuchAreRefused()
    {
        DecoderConfig config = configOf(published("qwen2") / "config.json");
        QVERIFY(!errorOf([&] { DecoderFiles(published("qwen2"), config); }));
        config.attentionBias = false;
        const auto error = errorOf([&] { DecoderFiles(published("qwen2"), config); });
        QVERIFY(error
            && std::string(error->what()).find("layers.0.self_attn.k_proj.bias is too much") != std::string::npos);
    }

    void badDescriptions_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* line, const char* sentence) { QTest::newRow(line) << line << sentence; };
        row("model_type: \"mamba\"", "of a model “mamba”");
        row("model_type: 7", "of a model “”");
        row("hidden_size: gone", "has no hidden_size");
        row("hidden_size: 0", "hidden_size cannot be 0");
        row("hidden_size: -64", "hidden_size cannot be -64");
        row("hidden_size: 1e3", "hidden_size cannot be 1000.0");
        row("hidden_size: \"64\"", "hidden_size cannot be \"64\"");
        row("hidden_size: 100000000000000000000", "hidden_size cannot be");
        row("num_hidden_layers: 1000000", "num_hidden_layers cannot be 1000000");
        row("num_key_value_heads: 3", "must divide num_attention_heads (4)");
        row("head_dim: 33", "head_dim must be even");
        row("rms_norm_eps: -1", "rms_norm_eps cannot be -1");
        row("rope_theta: \"many\"", "rope_theta cannot be");
        row("rope_scaling: {\"type\": \"yarn\"}", "the rotation type \"yarn\"");
        row("rope_parameters: {\"rope_type\": \"dynamic\"}", "the rotation rope_type \"dynamic\"");
        row("rope_scaling: \"linear\"", "rope_scaling cannot be \"linear\"");
        row("rope_scaling: {\"rope_type\": \"llama3\", \"factor\": 8}", "the rotation llama3 needs low_freq_factor");
        row("rope_scaling: {\"rope_type\": \"llama3\", \"factor\": 8, \"low_freq_factor\": 4, \"high_freq_factor\": 4, "
            "\"original_max_position_embeddings\": 64}",
            "high_freq_factor cannot be 4");
        row("quantization_config: {\"quant_method\": \"gptq\", \"bits\": 4}", "a quantized model (\"gptq\")");
        row("layer_types: [\"full_attention\", \"sliding_attention\"]", "sliding window");
        row("hidden_act: \"gelu\"", "hidden_act cannot be \"gelu\"");
    }
    void badDescriptions()
    {
        QFETCH(QString, line);
        QFETCH(QString, sentence);
        const TemporaryFolder folder;
        const fs::path file = folder.write("config.json", description(line));
        const auto read = readDecoderConfig(file);
        const Message* const why = std::get_if<Message>(&read);
        QVERIFY2(why, qPrintable(line));
        QVERIFY2(why->english().find(sentence.toStdString()) != std::string::npos, why->english().c_str());
        QVERIFY(why->english().find(file.string()) != std::string::npos);
    }

    void slidingWindowSwitchedOffIsFine()
    {
        const TemporaryFolder folder;
        std::string text = description();
        text.insert(1, "\"use_sliding_window\": false, \"sliding_window\": 4096, ");
        QVERIFY(std::holds_alternative<DecoderConfig>(readDecoderConfig(folder.write("config.json", text))));
        text.replace(text.find("false"), 5, "true");
        QVERIFY(std::holds_alternative<Message>(readDecoderConfig(folder.write("config.json", text))));
    }

    void brokenJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray("{\"hidden_size\": 6");
        QTest::newRow("a list") << QByteArray("[1, 2]");
        QTest::newRow("deep") << QByteArray(200000, '[');
        QTest::newRow("not text") << QByteArray("\xff\xfe\x00\x01", 4);
    }
    void brokenJson()
    {
        QFETCH(QByteArray, text);
        const TemporaryFolder folder;
        const fs::path file = folder.write("config.json", { text.constData(), static_cast<std::size_t>(text.size()) });
        const auto read = readDecoderConfig(file);
        QVERIFY(std::holds_alternative<Message>(read));
        QVERIFY(std::get<Message>(read).english().find(file.string()) != std::string::npos);
    }

    void listsWhatIsMissingOrOfAnotherShape()
    {
        DecoderConfig config = configOf(published("qwen3") / "config.json");
        QVERIFY(!errorOf([&] { DecoderFiles(published("qwen3"), config); }));
        config.intermediate = 96;
        config.layers = 3;
        const auto error = errorOf([&] { DecoderFiles(published("qwen3"), config); });
        QVERIFY(error && error->kind() == TrainErrorKind::BadInput);
        const std::string text = error->what();
        QVERIFY(text.find("layers.0.mlp.gate_proj.weight is (128 × 64), not (96 × 64)") != std::string::npos);
        QVERIFY(
            text.find("in 17 tensors") != std::string::npos); // three of two layers, eleven of one that is not there
    }

    void shardsMustBeThere()
    {
        const TemporaryFolder folder;
        const DecoderConfig config = configOf(published("qwen3") / "config.json");
        folder.write("model.safetensors.index.json", R"({"weight_map": {"model.norm.weight": "a.safetensors"}})");
        const auto missing = errorOf([&] { DecoderFiles(folder.path(), config); });
        QVERIFY(missing && std::string(missing->what()).find("not there: a.safetensors") != std::string::npos);
        folder.write("model.safetensors.index.json", R"({"weight_map": {"model.norm.weight": "../a.safetensors"}})");
        const auto outside = errorOf([&] { DecoderFiles(folder.path(), config); });
        QVERIFY(outside && std::string(outside->what()).find("no file beside it") != std::string::npos);
        folder.write("model.safetensors.index.json", R"({"weights": 1})");
        QVERIFY(errorOf([&] { DecoderFiles(folder.path(), config); }));
        // One that is left from an earlier version of the model is not asked: the whole file is there.
        folder.write("model.safetensors", textOf(published("qwen3") / "model.safetensors"));
        QVERIFY(!errorOf([&] { DecoderFiles(folder.path(), config); }));
    }

    void pathIsLookedAtBeforeARunStarts()
    {
        const TemporaryFolder folder;
        Config config;
        config.set("language.path", published("llama").string());
        QVERIFY(validateData(config).empty());
        config.set("language.path", (folder.path() / "nowhere").string());
        QCOMPARE(validateData(config).size(), std::size_t(1));
        QCOMPARE(validateData(config).front().key, std::string("language.path"));
        config.set("language.stand_in", std::string());
        QCOMPARE(validateData(config).size(), std::size_t(2)); // both remedies together make it start
        config.set("model.expert_types", std::vector<std::string> { "standard" });
        QVERIFY(validateData(config).empty());
        config.set("model.expert_types", std::vector<std::string> { "language" });
        folder.write("config.json", textOf(published("llama") / "config.json"));
        const std::string weights = textOf(published("llama") / "model.safetensors");
        folder.write("model.safetensors", std::string_view(weights).substr(0, weights.size() - 1));
        config.set("language.path", folder.path().string());
        QVERIFY(validateData(config).front().message.english().find("model.safetensors") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestDecoderFiles)
#include "tst_decoder_files.moc"
