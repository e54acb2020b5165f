// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of small files that goes away with the test, and the exception a call ends in. GUI-less; one thread.
#pragma once

#include "trainer/base/train_error.h"

#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace nabiz::trainer {

class TemporaryFolder {
public:
    std::filesystem::path path() const { return m_folder.path().toStdString(); }

    std::filesystem::path write(const std::string& name, std::string_view contents) const
    {
        const std::filesystem::path file = path() / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary).write(contents.data(), static_cast<std::streamsize>(contents.size()));
        return file;
    }

private:
    QTemporaryDir m_folder;
};

// The TrainError that `call` ends in, if it does.
template <typename Call> std::optional<TrainError> errorOf(Call&& call)
{
    try {
        call();
    } catch (const TrainError& error) {
        return error;
    }
    return std::nullopt;
}

} // namespace nabiz::trainer
