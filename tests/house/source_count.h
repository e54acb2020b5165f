// SPDX-License-Identifier: GPL-3.0-or-later
// How many functions each class of a C++ source has, and how long each function is: no compiler, but a reader of
// braces that knows this house's style. Of a class all functions count that stand in its body, declared or defined,
// whatever the access: constructors, destructor, operators, signals and slots; not what is defaulted or deleted, no
// friends, and what a class in it has counts there.
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabiz::tests {

struct CountedClass {
    std::string name;
    int line = 0;
    int functions = 0;
};

struct CountedFunction {
    std::string name;
    int line = 0;
    int lines = 0; // between its braces
};

struct SourceCount {
    std::vector<CountedClass> classes;
    std::vector<CountedFunction> functions; // those with a body
};

SourceCount countSource(std::string_view source);

} // namespace nabiz::tests
