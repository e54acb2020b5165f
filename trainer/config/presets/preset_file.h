// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing one preset's file.
// Any thread; touches the disk.
#pragma once

#include "trainer/base/message.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

namespace nabiz::trainer {

// The text, or why it cannot be had: missing, a folder, not a plain file, too large, no permission. From then on no
// output takes its place.
std::variant<std::string, Message> readPresetFile(const std::filesystem::path& path);

// By OutputFile: an old preset is whole until the new one is. Makes the folder. Throws TrainError.
void writePresetFile(const std::filesystem::path& path, const std::string& text);

// Line of the `extends:` key at the outer level, from 1; 0 when there is none.
int extendsLine(std::string_view text);

} // namespace nabiz::trainer
