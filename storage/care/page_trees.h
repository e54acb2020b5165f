// SPDX-License-Identifier: GPL-3.0-or-later
// Which page of a damaged database belongs to which table: by the trees as far as they hold together, and where a piece
// of one is cut off, by what stands on its pages. One thread.
#pragma once

#include "storage/care/table_shapes.h"

#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace nabiz::storage {

class PageTrees {
public:
    PageTrees(const PageFile& file, const std::vector<TableShape>& shapes, const std::stop_token& stop);

    struct Loss {
        std::int64_t pages = 0; // that a tree names and that are not there, or not its own
        std::int64_t rows = 0; // on pages that can be read otherwise
    };
    const Loss& loss(std::size_t shape) const { return m_loss[shape]; }
    // That hold rows of which none can tell whose they are.
    std::int64_t strayPages() const { return m_strays; }
    // Of another program's database, by what its first pages say of its tables.
    bool knowsRoots() const { return !m_names.empty(); }
    bool isForeign() const
    {
        return m_names.size() > 1 && !m_names.contains("run_param") && !m_names.contains("batch");
    }
    // Every row of the shape that can be read.
    void visit(std::size_t shape, const std::function<void(const PageCell&)>& row);

private:
    void scan(const std::stop_token& stop);
    void readSchema(PageNumber number);
    void skipFreePages();
    void claimRoots();
    void claimStrays();
    void claim(PageNumber root, int shape);
    bool take(PageNumber page, int shape);
    PageNumber leafBelow(PageNumber top) const;
    std::optional<int> shapeOf(PageNumber top) const;
    bool isOpen(int shape) const;

    static constexpr int kNobody = -1;
    static constexpr int kOther = -2; // known, and nothing of it is wanted

    const PageFile& m_file;
    const std::vector<TableShape>& m_shapes;
    std::vector<PageKind> m_kinds; // by page number
    std::vector<int> m_owners;
    std::map<PageNumber, std::vector<PageNumber>> m_children; // of interior pages
    std::map<std::string, PageNumber> m_names; // roots
    std::vector<std::vector<PageNumber>> m_pages; // by shape
    std::vector<Loss> m_loss;
    std::set<int> m_rooted; // shapes
    std::int64_t m_strays = 0;
};

} // namespace nabiz::storage
