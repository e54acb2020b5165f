// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/page_words.h"

#include "trainer/config/parameters/metric_table.h"
#include "trainer/config/parameters/parameter_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace nabiz::app {

namespace {

struct Pair {
    std::string_view from, to;
};

bool isAmong(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool holds(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::any_of(
        words.begin(), words.end(), [&](auto word) { return text.find(word) != std::string_view::npos; });
}

constexpr Pair kLetters[]
    = { { "İ", "i" }, { "I", "ı" }, { "Ğ", "ğ" }, { "Ü", "ü" }, { "Ş", "ş" }, { "Ö", "ö" }, { "Ç", "ç" } };

constexpr Pair kSettings[] = {
    { "gradient accumulation", "training.gradient_accumulation_steps" },
    { "accumulation steps", "training.gradient_accumulation_steps" },
    { "accumulation", "training.gradient_accumulation_steps" },
    { "gradyan biriktirme", "training.gradient_accumulation_steps" },
    { "lr", "training.learning_rate" },
    { "öğrenme oranı", "training.learning_rate" },
    { "öğrenme hızı", "training.learning_rate" },
    { "batch boyutu", "training.batch_size" },
    { "yığın boyutu", "training.batch_size" },
    { "layers", "model.n_layers" },
    { "katman sayısı", "model.n_layers" },
    { "heads", "model.n_heads" },
    { "attention heads", "model.n_heads" },
    { "experts", "model.expert_types" },
    { "expert", "model.expert_types" },
    { "uzmanlar", "model.expert_types" },
    { "uzman", "model.expert_types" },
    { "sequence length", "model.max_seq_len" },
    { "amp", "training.use_amp" },
    { "mixed precision", "training.use_amp" },
    { "karma hassasiyet", "training.use_amp" },
    { "gradient checkpointing", "training.use_gradient_checkpointing" },
    { "warmup", "training.warmup_steps" },
    { "aygıt", "hardware.device" },
    { "cihaz", "hardware.device" },
    { "tohum", "training.seed" },
    { "optimiser", "training.optimizer" },
    { "train batch size", "training.batch_size" },
    { "lr scheduler warmup steps", "training.warmup_steps" },
    { "linear attention", "model.use_linear_attention" },
    { "introspection", "model.use_introspection" },
    { "use gradient checkpointing", "training.use_gradient_checkpointing" },
};

// Every key, by its name without the section and by its label.
const std::map<std::string, std::string, std::less<>>& names(bool labels)
{
    static const auto made = [] {
        std::array<std::map<std::string, std::string, std::less<>>, 2> result;
        for (const trainer::Parameter& row : trainer::parameterTable()) {
            const std::string key(row.key);
            result[0].emplace(folded(key), key);
            result[0].emplace(folded(key.substr(key.find('.') + 1)), key);
            result[1].emplace(folded(row.label), key);
        }
        for (const Pair& pair : kSettings)
            result[0].emplace(pair.from, pair.to);
        return result;
    }();
    return made[labels ? 1 : 0];
}

} // namespace

std::string plainText(std::string_view markdown)
{
    std::string_view rest = markdown;
    const auto skipSpace = [&] { rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size())); };
    skipSpace();
    while (rest.starts_with("> ") || rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ ")
        || rest.starts_with("\xE2\x80\xA2")) {
        rest.remove_prefix(rest.starts_with("\xE2\x80\xA2") ? 3 : 2);
        skipSpace();
    }
    std::string text;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        if (c == '\\' && i + 1 < rest.size()
            && std::string_view("\\`*_{}[]<>|~&$#.()-+=!").find(rest[i + 1]) != std::string_view::npos)
            text += rest[++i];
        else if (c == '`'
            || (c == '*' && (i + 1 == rest.size() || rest[i + 1] != ' ' || (i > 0 && rest[i - 1] != ' '))))
            continue;
        else if (c == '_' && i + 1 < rest.size() && rest[i + 1] == '_')
            ++i;
        else
            text += c == '\t' ? ' ' : c;
    }
    text.erase(
        std::find_if(text.rbegin(), text.rend(), [](char c) { return c != ' ' && c != '\r'; }).base(), text.end());
    return text;
}

std::string folded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const auto letter = std::find_if(std::begin(kLetters), std::end(kLetters),
            [&](const Pair& pair) { return pair.from != "I" && text.substr(i).starts_with(pair.from); });
        if (letter != std::end(kLetters)) {
            result += letter->to;
            i += letter->from.size();
            continue;
        }
        const char c = text[i++];
        if (c == ' ' || c == '_' || c == '\t')
            result += result.empty() || result.back() == ' ' ? "" : " ";
        else
            result += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    while (!result.empty() && result.back() == ' ')
        result.pop_back();
    return result;
}

bool meansBatch(std::string_view word)
{
    return isAmong(word,
        { "batch", "batches", "batch no", "step", "global step", "steps", "training step", "training steps",
            "train step", "optimizer step", "optimizer steps", "gradient step", "gradient steps", "iteration",
            "iterations", "iter", "it", "adım", "adim", "yineleme", "yığın", "schritt", "schritte" });
}

std::string metricOf(std::string_view word)
{
    if (isAmong(word,
            { "loss", "train loss", "training loss", "lm loss", "lm_loss", "train/loss", "loss/train", "kayıp", "kayip",
                "eğitim kaybı", "kaybı", "verlust", "trainingsverlust" }))
        return "loss";
    if (isAmong(word,
            { "val loss", "val.loss", "validation loss", "eval loss", "val/loss", "eval/loss", "loss/val", "loss/eval",
                "valid loss", "dev loss", "evaluation loss", "doğrulama kaybı", "validierungsverlust" }))
        return "val.loss";
    std::string name(word);
    if (trainer::findMetric(name))
        return name;
    std::replace(name.begin(), name.end(), ' ', '_');
    return trainer::findMetric(name) ? name : std::string();
}

std::string ownSection(std::string_view heading)
{
    if (isAmong(heading, { "problem", "sorun" }))
        return "problem";
    if (isAmong(heading, { "applied solution", "solution", "uygulanan çözüm", "çözüm" }))
        return "solution";
    return isAmong(heading, { "conclusion", "conclusions", "çıkarım", "sonuç" }) ? "conclusion" : "";
}

std::string settingKey(std::string_view name, bool isLabelled)
{
    const auto& exact = names(false);
    if (const auto found = exact.find(name); found != exact.end())
        return found->second;
    const auto& labels = names(true);
    const auto found = labels.find(name);
    const bool counts = found != labels.end() && (isLabelled || name.find(' ') != std::string_view::npos);
    return counts ? found->second : std::string();
}

std::optional<bool> switchOf(std::string_view word)
{
    if (isAmong(word, { "on", "true", "yes", "enabled", "açık", "evet", "var" }))
        return true;
    if (isAmong(word, { "off", "false", "no", "disabled", "none", "kapalı", "hayır", "yok" }))
        return false;
    return std::nullopt;
}

double unitBytes(std::string_view unit)
{
    static constexpr std::pair<std::string_view, double> kUnits[] = { { "gb", 1e9 }, { "mb", 1e6 }, { "kb", 1e3 },
        { "gib", 1073741824.0 }, { "mib", 1048576.0 }, { "kib", 1024.0 } };
    for (const auto& [name, bytes] : kUnits) {
        if (unit == name)
            return bytes;
    }
    return 0;
}

bool speaksOfMemory(std::string_view line)
{
    return holds(line, { "memory", "vram", "bellek", "belleğ", "belleg" });
}

std::string memoryKind(std::string_view line)
{
    if (holds(line, { "total", "capacity", "toplam", "kapasite" }))
        return {};
    if (holds(line, { "peak", "maximum", "tepe", "en yüksek", "max " }))
        return "peak";
    return holds(line, { "predicted", "estimate", "tahmin", "öngör" }) ? "predicted" : "steady";
}

} // namespace nabiz::app
