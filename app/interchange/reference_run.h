// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps what was taken out of a published page as a run of status reference: its points where they were given, its
// settings as declared, its memory as facts, its words, and the page itself. Any thread; waits for the recorder.
#pragma once

#include "app/interchange/published_page.h"
#include "storage/recording/recorder.h"

namespace nabiz::app {

// Facts of a reference: memory in bytes.
inline constexpr const char* kReferenceMemory = "reference.memory."; // + steady, peak, predicted

// Throws StorageError. `page` must not be empty(); the name is made free.
storage::RunId keepReference(
    storage::Recorder& recorder, const PublishedPage& page, const std::string& name, std::string_view text);

} // namespace nabiz::app
