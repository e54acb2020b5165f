// SPDX-License-Identifier: GPL-3.0-or-later
// What nabiz doctor finds, line by line: printed as a table and as JSON alike.
// Main thread.
#pragma once

#include "app/cli/command_context.h"

#include <exception>
#include <string>
#include <vector>

namespace nabiz::app {

struct Finding {
    std::string section; // program, libtorch, machine, gpu, folders, database
    std::string name;
    std::string text;
    bool wrong = false;
};

class Findings {
public:
    void add(const char* section, const std::string& name, const std::string& text, bool wrong = false)
    {
        m_findings.push_back({ section, name, text, wrong });
    }
    // What `find` throws is itself a finding: a doctor does not give up at the first illness.
    template <typename Find> void attempt(const char* section, const char* name, Find&& find)
    {
        try {
            find();
        } catch (const std::exception& error) {
            add(section, name, error.what(), true);
        }
    }
    const std::vector<Finding>& all() const { return m_findings; }

private:
    std::vector<Finding> m_findings;
};

// Where things lie, what the database is like, and the room beside it. Nothing is written or made.
void examineDatabase(Findings& findings, const CommandContext& context);

} // namespace nabiz::app
