// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/data/dataset.h"

#include "trainer/base/train_error.h"
#include "trainer/config/parameters/whole_paths.h"
#include "trainer/data/encoding.h"
#include "trainer/data/fingerprint.h"
#include "trainer/data/generated_text.h"
#include "trainer/data/random.h"
#include "trainer/data/text_files.h"
#include "trainer/data/text_folder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>

namespace nabiz::trainer {

namespace {

constexpr std::uint64_t kSplitSeed = 71; // which lines are split off does not hang on training.seed
constexpr std::size_t kShortestLine = 2; // ids: one to see, one to predict

[[noreturn]] void fail(Message reason)
{
    throw TrainError(TrainErrorKind::Data, std::move(reason));
}

// Lines without their ends (\n or \r\n); `tooShort` counts those left out that are not empty.
std::vector<Line> findLines(std::span<const std::uint8_t> text, std::int64_t& tooShort)
{
    std::vector<Line> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const void* found = std::memchr(text.data() + begin, '\n', text.size() - begin);
        const std::size_t end
            = found ? static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - text.data()) : text.size();
        const std::size_t length = end > begin && text[end - 1] == '\r' ? end - 1 - begin : end - begin;
        if (length >= kShortestLine)
            lines.push_back({ begin, length });
        else if (length > 0)
            ++tooShort;
        begin = end + 1;
    }
    return lines;
}

// Where validation begins: behind the line end nearest to the wanted place, if one is within `reach`, else at the first
// byte of a character.
std::size_t cutNear(std::span<const std::uint8_t> text, std::size_t wanted, std::size_t reach)
{
    for (std::size_t distance = 0; distance <= reach; ++distance) {
        if (wanted >= distance + 1 && text[wanted - distance - 1] == '\n')
            return wanted - distance;
        if (wanted + distance > 0 && wanted + distance < text.size() && text[wanted + distance - 1] == '\n')
            return wanted + distance;
    }
    std::size_t cut = wanted;
    while (cut > 0 && wanted - cut < 3 && (text[cut] & 0xc0) == 0x80)
        --cut;
    return cut;
}

} // namespace

// Loads in the order of its functions; a class so that they share what they found.
class DatasetLoader {
public:
    DatasetLoader(const Config& config, std::stop_token stop)
        : m_config(withWholePaths(config))
        , m_stop(std::move(stop))
        , m_length(static_cast<std::size_t>(config.integer("model.max_seq_len")))
        , m_lines(config.text("data.sampling") == "line")
    {
    }

    Dataset load()
    {
        const std::string& path = m_config.text("data.train_path");
        if (path.empty())
            fail(message(NABIZ_TEXT("Message",
                "There is no text to train on. Set data.train_path to a file, a folder, or "
                "generated:turkish.")));
        m_data.m_text = read(path, "data.train_path", "data.");
        splitText();
        if (m_lines)
            splitLines();
        checkSizes();
        m_data.m_facts["data.training_bytes"] = std::to_string(m_data.m_training.size());
        m_data.m_facts["data.validation_bytes"] = std::to_string(m_data.m_validation.size());
        if (m_lines) {
            m_data.m_facts["data.training_lines"] = std::to_string(m_data.m_trainingLines.size());
            m_data.m_facts["data.validation_lines"] = std::to_string(m_data.m_validationLines.size());
        }
        if (m_data.m_entropy > 0)
            m_data.m_facts["data.entropy"] = toText(m_data.m_entropy);
        return std::move(m_data);
    }

private:
    using Bytes = std::vector<std::uint8_t>;

    std::shared_ptr<const Bytes> read(const std::string& path, const char* key, const std::string& prefix)
    {
        const bool validation = prefix == "data.val_";
        auto bytes = std::make_shared<Bytes>();
        if (isGenerated(path)) {
            std::optional<GeneratedText> text = generateText(path, validation, m_stop);
            if (!text)
                fail(message(NABIZ_TEXT("Message",
                                 "%1 is no generated text. Set %2 to generated:turkish, "
                                 "generated:eight-sentences or example:turkish."),
                    path, key));
            *bytes = std::move(text->bytes);
            record(prefix, 0, bytes->size(), fingerprint(*bytes), {});
            if (!validation && !m_lines)
                m_data.m_entropy
                    = m_config.text("data.encoding") == "utf8" ? text->entropyPerByte : text->entropyPerCharacter;
        } else {
            TextFiles text = readTextFiles(path, key, m_stop, TextReading::from(m_config));
            *bytes = std::move(text.bytes);
            record(prefix, text.files, static_cast<std::size_t>(text.contentBytes), text.hash, text.commit);
            m_data.m_facts[prefix + "names"] = namesText(text.names);
            if (!text.leftOut.empty())
                m_data.m_facts[prefix + "left_out"] = text.leftOut;
            m_data.m_notes.insert(m_data.m_notes.end(), text.notes.begin(), text.notes.end());
        }
        Collisions collisions = encode(*bytes, m_config, path, m_data.m_notes, m_stop);
        if (!validation)
            m_data.m_collisions = std::move(collisions);
        return bytes;
    }

    void record(const std::string& prefix, std::int64_t files, std::size_t bytes, const std::string& hash,
        const std::string& commit)
    {
        m_data.m_facts[prefix + "files"] = std::to_string(files);
        m_data.m_facts[prefix + "bytes"] = std::to_string(bytes);
        m_data.m_facts[prefix + "hash"] = hash;
        if (!commit.empty())
            m_data.m_facts[prefix + "commit"] = commit;
    }

    void splitText()
    {
        const std::span<const std::uint8_t> text(*m_data.m_text);
        const std::string& path = m_config.text("data.val_path");
        const double fraction = m_config.real("data.val_fraction");
        m_data.m_training = text;
        if (!path.empty()) {
            m_data.m_validationText = read(path, "data.val_path", "data.val_");
            m_data.m_validation = *m_data.m_validationText;
        } else if (fraction > 0 && m_config.text("data.split") == "sample") {
            m_data.m_validation = text;
        } else if (fraction > 0) {
            const auto held = static_cast<std::size_t>(static_cast<double>(text.size()) * fraction);
            const std::size_t reach = std::min(m_length, held / 8);
            const std::size_t cut = held > 0 ? cutNear(text, text.size() - held, reach) : text.size();
            m_data.m_training = text.first(cut);
            m_data.m_validation = text.subspan(cut);
        }
    }

    void splitLines()
    {
        std::int64_t tooShort = 0;
        m_data.m_trainingLines = findLines(m_data.m_training, tooShort);
        const bool asPublished = m_config.text("data.val_path").empty() && m_config.text("data.split") == "sample";
        if (!asPublished)
            m_data.m_validationLines = findLines(m_data.m_validation, tooShort);
        else
            splitOffLines();
        if (tooShort > 0)
            m_data.m_notes.push_back(
                message(NABIZ_TEXT("Message", "Lines of one byte hold nothing to predict: %1 are left out."),
                    std::to_string(tooShort)));
    }

    // Draws val_fraction of the lines, each as likely as any other; both parts keep the order of the text.
    void splitOffLines()
    {
        const std::vector<Line> all = std::move(m_data.m_trainingLines);
        m_data.m_trainingLines.clear();
        auto wanted = static_cast<std::uint64_t>(
            std::llround(static_cast<double>(all.size()) * m_config.real("data.val_fraction")));
        Random random(kSplitSeed);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool held = wanted > 0 && random.below(all.size() - i) < wanted;
            wanted -= held ? 1 : 0;
            (held ? m_data.m_validationLines : m_data.m_trainingLines).push_back(all[i]);
        }
    }

    void checkSizes() const
    {
        const std::string size = std::to_string(m_data.m_training.size());
        const std::string length = std::to_string(m_length);
        const std::string& path = m_config.text("data.train_path");
        if (m_lines && m_data.m_trainingLines.empty())
            fail(message(NABIZ_TEXT("Message",
                             "%1 has no line of two bytes to train on. Set data.sampling=window, or "
                             "data.train_path to another text."),
                path));
        if (!m_lines && m_data.m_training.size() < m_length)
            fail(message(NABIZ_TEXT("Message",
                             "%1 leaves %2 bytes to train on, less than one sample of %3. Lower "
                             "model.max_seq_len, or set data.train_path to a longer text."),
                path, size, length));
        const bool wanted = m_config.integer("training.eval_interval") > 0
            && (m_config.real("data.val_fraction") > 0 || !m_config.text("data.val_path").empty());
        if (!wanted)
            return;
        if (m_lines && m_data.m_validationLines.empty())
            fail(message(NABIZ_TEXT("Message",
                "No line of two bytes is left for validation. Raise data.val_fraction, or "
                "set training.eval_interval=0 to train without.")));
        if (!m_lines && m_data.m_validation.size() < m_length)
            fail(message(NABIZ_TEXT("Message",
                             "%1 bytes are left for validation, less than one sample of %2. Raise "
                             "data.val_fraction, lower model.max_seq_len, or set "
                             "training.eval_interval=0 to train without."),
                std::to_string(m_data.m_validation.size()), length));
    }

    const Config m_config;
    std::stop_token m_stop;
    std::size_t m_length;
    bool m_lines;
    Dataset m_data;
};

Dataset Dataset::load(const Config& config, std::stop_token stop)
{
    try {
        return DatasetLoader(config, std::move(stop)).load();
    } catch (const std::bad_alloc&) {
        throw TrainError(TrainErrorKind::OutOfMemory,
            message(NABIZ_TEXT("Message",
                        "%1 does not fit into this machine's memory. Set data.train_path to "
                        "a part of it."),
                config.text("data.train_path")));
    }
}

} // namespace nabiz::trainer
