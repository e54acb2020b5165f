// SPDX-License-Identifier: GPL-3.0-or-later
// Takes a run's figures out of a page that somebody published: lists of batch and loss, tables, CSV, settings and
// memory, in Markdown or plain text, Turkish or English. Every line says what was made of it, so that nothing is taken
// in silence. Pure; any thread.
#pragma once

#include "trainer/base/message.h"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

struct PublishedPoint {
    std::int64_t batch = 0;
    std::string metric; // "loss", "val.loss", or another of the metric table
    double value = 0;
    int line = 0;
};

struct PublishedSetting {
    std::string key; // of the parameter table
    std::string value; // YAML
    int line = 0;
};

struct PublishedMemory {
    std::string kind; // "steady", "peak", "predicted"
    double bytes = 0;
    int line = 0;
};

enum class LineKind { Understood, Words, NotUnderstood };

// A line that holds something. `said`: what was taken from it, or why nothing was.
struct PageLine {
    int number = 0; // from 1
    std::string text;
    LineKind kind = LineKind::NotUnderstood;
    std::vector<trainer::Message> said;
};

struct PublishedPage {
    std::string title; // the first heading; may be empty
    std::map<std::string, std::string> texts; // problem, solution, conclusion: sections of that name
    std::vector<PublishedPoint> points; // by batch
    std::vector<PublishedSetting> settings;
    std::vector<PublishedMemory> memory;
    std::vector<PageLine> lines;

    bool empty() const { return points.empty() && settings.empty() && memory.empty(); }
};

// It is no page at all: too long, not text.
class PageError : public std::runtime_error {
public:
    explicit PageError(trainer::Message message)
        : std::runtime_error(message.english())
        , m_message(std::move(message))
    {
    }
    const trainer::Message& message() const { return m_message; }

private:
    trainer::Message m_message;
};

inline constexpr std::size_t kLongestPage = 5'000'000; // bytes

// Throws PageError.
PublishedPage readPage(std::string_view text);

} // namespace nabiz::app
