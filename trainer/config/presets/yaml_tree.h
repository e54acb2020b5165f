// SPDX-License-Identifier: GPL-3.0-or-later
// A YAML text as a plain tree with positions. Anchors are not followed, so a text cannot point at itself; depth is
// bounded, so it cannot exhaust the stack; duplicate keys stay, so that they can be reported. Pure; any thread.
#pragma once

#include "trainer/base/message.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::trainer {

struct YamlMark {
    int line = -1; // from 0; -1 = unknown
    int byte = 0; // within the line, from 0
};

struct YamlEntry;

struct YamlNode {
    enum class Kind { Null, Scalar, List, Map };

    Kind kind = Kind::Null;
    std::string text; // of a scalar
    bool quoted = false; // or a block scalar: never a number or a boolean
    bool flow = false; // a list or map in brackets
    bool linked = false; // has an anchor, or is an alias
    bool tagged = false;
    YamlMark mark;
    std::vector<YamlNode> items;
    std::vector<YamlEntry> entries;
};

struct YamlEntry {
    YamlNode first; // the key
    YamlNode second;
};

struct YamlResult {
    std::optional<YamlNode> root; // absent when the text is not YAML, or holds more than one document
    Message failure;
    YamlMark failureMark;
};

// `text` begins behind a byte-order mark.
YamlResult parseYaml(std::string_view text);

} // namespace nabiz::trainer
