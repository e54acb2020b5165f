// SPDX-License-Identifier: GPL-3.0-or-later
// The text of one run, read whole, encoded and split into training and validation.
// Immutable once loaded; any thread.
#pragma once

#include "trainer/base/message.h"
#include "trainer/config/parameters/config.h"
#include "trainer/data/cancelled.h"
#include "trainer/data/encoding.h"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::trainer {

// A line as a sample, without its line end. Only where data.sampling is `line`; lines of fewer than two ids hold
// nothing to predict and are left out.
struct Line {
    std::uint64_t offset; // into training() or validation()
    std::uint64_t length;
};

class Dataset {
public:
    // Throws TrainError{Data, Io or OutOfMemory} for bad input, and Cancelled when `stop` is requested meanwhile.
    static Dataset load(const Config& config, std::stop_token stop);

    // Ids, one a byte. With data.split=block the two never overlap; with `sample` and windows both are the whole text;
    // with `sample` and lines both are the whole text and the lines below are split.
    std::span<const std::uint8_t> training() const { return m_training; }
    std::span<const std::uint8_t> validation() const { return m_validation; }
    std::span<const Line> trainingLines() const { return m_trainingLines; }
    std::span<const Line> validationLines() const { return m_validationLines; }

    // Nats an id of the source where it is known exactly and holds for how samples are taken, else 0.
    double entropy() const { return m_entropy; }
    // data.files, data.names, data.left_out, data.bytes, data.hash, data.commit, data.entropy, data.training_bytes,
    // data.validation_bytes …
    std::map<std::string, std::string> facts() const { return m_facts; }
    // Of the training text; empty with data.encoding=utf8.
    const Collisions& collisions() const { return m_collisions; }
    // What a person should know about this text: not UTF-8, NUL bytes, links that lead nowhere …
    const std::vector<Message>& notes() const { return m_notes; }

private:
    friend class DatasetLoader;
    std::shared_ptr<const std::vector<std::uint8_t>> m_text;
    std::shared_ptr<const std::vector<std::uint8_t>> m_validationText; // of data.val_path
    std::span<const std::uint8_t> m_training;
    std::span<const std::uint8_t> m_validation;
    std::vector<Line> m_trainingLines;
    std::vector<Line> m_validationLines;
    double m_entropy = 0;
    std::map<std::string, std::string> m_facts;
    std::vector<Message> m_notes;
    Collisions m_collisions;
};

} // namespace nabiz::trainer
