// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/data_audit.h"

#include "trainer/audit/distinct_text.h"
#include "trainer/audit/figures.h"
#include "trainer/audit/piece_index.h"

#include <algorithm>
#include <unordered_set>

namespace nabiz::trainer {

namespace {

constexpr std::size_t kMostBytes = 64'000'000;
constexpr std::size_t kMostLines = 2'000'000;
constexpr std::size_t kStride = 1 << 16; // lines between two looks at the stop token
// Shorter pieces come again in any text; longer ones would miss sentences that are repeated in changing order.
constexpr std::size_t kShortestPiece = 64, kLongestPiece = 256;

// Real text repeats itself too: licences, headings, the short lines of a dialogue.
constexpr double kRepeatedNote = 0.25, kRepeatedWarning = 0.5;
constexpr double kOverlapNote = 0.1, kOverlapWarning = 0.25;
constexpr double kPaddingNote = 0.5;
constexpr double kCollisionWarning = 0.001;

FindingSeverity severity(double share, double note, double warning)
{
    return share >= warning ? FindingSeverity::Warning : share >= note ? FindingSeverity::Note : FindingSeverity::Fine;
}

class DataAudit {
public:
    DataAudit(const Dataset& dataset, const Config& config, const std::stop_token& stop)
        : m_dataset(dataset)
        , m_config(config)
        , m_stop(stop)
        , m_length(static_cast<std::size_t>(config.integer("model.max_seq_len")))
        , m_lines(config.text("data.sampling") == "line")
        , m_training(dataset.training().first(std::min(dataset.training().size(), kMostBytes)))
        , m_trainingLines(dataset.trainingLines().first(std::min(dataset.trainingLines().size(), kMostLines)))
    {
    }

    std::vector<Finding> run()
    {
        if (m_lines) {
            lineDuplicates();
            padding();
            lineOverlap();
        } else {
            pieceDuplicates();
            pieceOverlap();
        }
        collisions();
        return std::move(m_findings);
    }

private:
    std::unordered_set<std::uint64_t> distinctLineHashes() const
    {
        std::unordered_set<std::uint64_t> hashes;
        for (std::size_t i = 0; i < m_trainingLines.size(); ++i) {
            if (i % kStride == 0)
                throwIfStopped(m_stop);
            hashes.insert(lineHash(m_dataset.training(), m_trainingLines[i], m_length));
        }
        return hashes;
    }

    void lineDuplicates()
    {
        m_hashes = distinctLineHashes();
        const double distinct = static_cast<double>(m_hashes.size()) / static_cast<double>(m_trainingLines.size());
        addDuplicates(1 - distinct,
            message(NABIZ_TEXT("Message", "%1 of %2 samples are distinct, %3 of them."),
                std::to_string(m_hashes.size()), std::to_string(m_trainingLines.size()), percentText(distinct)));
    }

    std::size_t pieceLength() const { return std::clamp(m_length, kShortestPiece, kLongestPiece); }

    void pieceDuplicates()
    {
        PieceIndex index(m_training, pieceLength());
        if (index.pieces() < 2)
            return;
        index.search(m_training, m_stop);
        const double repeated = static_cast<double>(index.found(2)) / static_cast<double>(index.pieces());
        addDuplicates(repeated,
            m_training.size() < m_dataset.training().size()
                ? message(NABIZ_TEXT("Message",
                              "%1 of the first %3 of the text stands in it more than once, in pieces "
                              "of %2 bytes."),
                      percentText(repeated), std::to_string(pieceLength()), megabytesText(m_training.size()))
                : message(NABIZ_TEXT("Message", "%1 of the text stands in it more than once, in pieces of %2 bytes."),
                      percentText(repeated), std::to_string(pieceLength())));
    }

    void addDuplicates(double repeated, Message measured)
    {
        const FindingSeverity how = severity(repeated, kRepeatedNote, kRepeatedWarning);
        if (how == FindingSeverity::Fine) {
            m_findings.push_back({ "duplicates", how,
                message(NABIZ_TEXT("Message", "%1 distinct text"), percentText(1 - repeated)), {} });
            return;
        }
        m_findings.push_back({ "duplicates", how, std::move(measured),
            message(NABIZ_TEXT("Message",
                "What is seen again and again is learnt by heart: the training loss falls "
                "without the model having learnt the language. Set data.train_path to more "
                "text, or take out what is repeated.")) });
    }

    void padding()
    {
        std::size_t real = 0, longest = 0;
        for (const Line& line : m_trainingLines) {
            real += std::min<std::size_t>(line.length, m_length);
            longest = std::max<std::size_t>(longest, line.length);
        }
        const double padded = 1 - static_cast<double>(real) / static_cast<double>(m_trainingLines.size() * m_length);
        if (padded < kPaddingNote)
            return;
        m_findings.push_back({ "padding", FindingSeverity::Note,
            message(NABIZ_TEXT("Message", "%1 of the training samples is padding."), percentText(padded)),
            longest < m_length ? message(NABIZ_TEXT("Message",
                                             "Padding costs time and memory and teaches nothing. The longest line "
                                             "has %1 bytes: set model.max_seq_len=%1, or data.sampling=window."),
                                     std::to_string(longest))
                               : message(NABIZ_TEXT("Message",
                                     "Padding costs time and memory and teaches nothing. Lower "
                                     "model.max_seq_len, or set data.sampling=window.")) });
    }

    void lineOverlap()
    {
        const auto lines = m_dataset.validationLines();
        const auto asked = lines.first(std::min(lines.size(), kMostLines));
        std::size_t found = 0;
        for (const Line& line : asked)
            found += m_hashes.contains(lineHash(m_dataset.validation(), line, m_length)) ? 1 : 0;
        if (!asked.empty())
            addOverlap(static_cast<double>(found) / static_cast<double>(asked.size()));
    }

    void pieceOverlap()
    {
        const auto text = m_dataset.validation();
        PieceIndex index(text.first(std::min(text.size(), kMostBytes)), pieceLength());
        if (index.pieces() == 0)
            return;
        index.search(m_training, m_stop);
        addOverlap(static_cast<double>(index.found(1)) / static_cast<double>(index.pieces()));
    }

    void addOverlap(double share)
    {
        const FindingSeverity how = severity(share, kOverlapNote, kOverlapWarning);
        if (how == FindingSeverity::Fine) {
            m_findings.push_back({ "overlap", how,
                share > 0 ? message(NABIZ_TEXT("Message", "%1 of the validation text in training"), percentText(share))
                          : message(NABIZ_TEXT("Message", "validation apart from training")),
                {} });
            return;
        }
        m_findings.push_back({ "overlap", how,
            message(NABIZ_TEXT("Message", "%1 of the validation samples stand in the training text as well."),
                percentText(share)),
            m_config.text("data.val_path").empty()
                ? message(NABIZ_TEXT("Message",
                      "A validation loss on them tells what the model knows by heart, not what "
                      "it makes of new text. Set data.split=block, take out what the text "
                      "repeats, or set data.val_path to another text."))
                : message(NABIZ_TEXT("Message",
                      "A validation loss on them tells what the model knows by heart, not what "
                      "it makes of new text. Set data.val_path to text that is not in "
                      "data.train_path.")) });
    }

    void collisions()
    {
        const Collisions& found = m_dataset.collisions();
        if (found.characters == 0)
            return;
        const double share = static_cast<double>(found.occurrences) / static_cast<double>(found.textCharacters);
        std::string examples;
        for (const Collisions::Pair& pair : found.examples)
            examples += (examples.empty() ? "" : ", ") + pair.lost + " = " + pair.kept;
        m_findings.push_back({ "collisions",
            share >= kCollisionWarning ? FindingSeverity::Warning : FindingSeverity::Note,
            message(
                NABIZ_TEXT("Message", "%1 different characters, %2 of the text, become another character's id: %3."),
                std::to_string(found.characters), percentText(share), examples),
            message(NABIZ_TEXT("Message",
                "The model cannot tell them apart, and what it writes cannot be read back. Set "
                "data.encoding=utf8.")) });
    }

    const Dataset& m_dataset;
    const Config& m_config;
    const std::stop_token& m_stop;
    const std::size_t m_length;
    const bool m_lines;
    const std::span<const std::uint8_t> m_training;
    const std::span<const Line> m_trainingLines;
    std::unordered_set<std::uint64_t> m_hashes; // of training lines
    std::vector<Finding> m_findings;
};

} // namespace

std::vector<Finding> auditData(const Dataset& dataset, const Config& config, const std::stop_token& stop)
{
    return DataAudit(dataset, config, stop).run();
}

} // namespace nabiz::trainer
