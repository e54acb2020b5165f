// SPDX-License-Identifier: GPL-3.0-or-later
// What a run's record says of the machine and the program, before any device is touched: host, system, processor,
// memory, versions. The trainer adds what LibTorch knows. Any thread.
#pragma once

#include <map>
#include <string>

namespace nabiz::app {

std::string nabizVersion();
std::string compilerVersion();

// Keys as in the record: host, system, kernel, cpu, memory.total, nabiz, sqlite, compiler.
std::map<std::string, std::string> environmentFacts();

} // namespace nabiz::app
