// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a CSV file as UTF-8 with lines that end in \n, while it is read block by block: of UTF-16, as Excel
// writes it, where its first two bytes say so, and of an old Mac's lines. One thread.
#pragma once

#include <string>

namespace nabiz::app {

class CsvText {
public:
    // Takes the bytes, but what is cut in a sign, and appends them to the text.
    void take(std::string& bytes, std::string& text);

private:
    enum class Kind { Unknown, Bytes, Little, Big };
    void decode(std::string& bytes, std::string& text) const;

    Kind m_kind = Kind::Unknown;
    bool m_hasReturns = false; // and no other ends of lines
    bool m_isBegun = false;
};

} // namespace nabiz::app
