// SPDX-License-Identifier: GPL-3.0-or-later
// What nabiz import says for people: what was understood of a page, line by line, and which runs came of stores, with
// what was passed by and why. Pure.
#pragma once

#include "app/interchange/published_page.h"
#include "app/interchange/store_import.h"
#include "storage/records/records.h"

#include <string>

namespace nabiz::app {

struct Imported {
    std::string path, name;
    PublishedPage page;
    std::string text;
    storage::RunId run = 0; // 0 = not stored
};

// Why a line was taken, or was not.
std::string saidText(const PageLine& line);
std::string importText(const Imported& imported);
std::string storesText(const ImportReport& report, bool isStored);

} // namespace nabiz::app
