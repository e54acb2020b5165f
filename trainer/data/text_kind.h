// SPDX-License-Identifier: GPL-3.0-or-later
// What a file of text is taken for by its name, and what is no text though it lies among them on people's disks.
// Pure; any thread.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nabiz::trainer {

// In the order in which a folder is read for one of them.
enum class TextKind { Plain, JsonLines, Markdown };

// .txt, .jsonl, .md, each also with .gz behind it; a bare .gz is plain. nullopt for all other names.
std::optional<TextKind> textKind(const std::filesystem::path& path);

// Without regard to capitals.
bool hasSuffix(const std::filesystem::path& path, std::initializer_list<std::string_view> suffixes);

// What macOS puts into archives and onto foreign disks beside the files themselves, and what is hidden.
bool isHiddenName(const std::string& name);
// In which programs that train keep what they need to go on.
bool isCheckpointFolder(const std::string& name);
bool isTarName(const std::filesystem::path& path);
// By what stands in it: the files of a tar begin with a block that says so.
bool isTar(std::span<const std::uint8_t> bytes);
// A Parquet table, by its name or by how it begins.
bool isParquetName(const std::filesystem::path& path);
bool isParquet(std::span<const std::uint8_t> bytes);
// Of which kind a file is by how it begins, where that is no text whatever its name: "PDF"; empty for none of these.
std::string_view foreignKind(std::span<const std::uint8_t> bytes);

} // namespace nabiz::trainer
