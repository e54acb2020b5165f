// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/care/page_trees.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace nabiz::storage {

namespace {

// By which the cells of a page stand in order, as far as it is numbers.
std::pair<std::int64_t, std::int64_t> keyOf(const PageCell& cell, bool hasRowids)
{
    if (hasRowids)
        return { cell.rowid, 0 };
    const auto part = [&cell](std::size_t i) {
        return i < cell.values.size() && cell.values[i].type == CellValue::Integer ? cell.values[i].integer : 0;
    };
    return { part(0), part(1) };
}

// A number that was changed on the disk mostly falls out of the order: it takes its row with it, not the next.
std::vector<bool> inOrder(const std::vector<PageCell>& cells, bool hasRowids)
{
    std::vector<bool> kept(cells.size(), true);
    constexpr auto kLowest = std::numeric_limits<std::int64_t>::min();
    std::pair last(kLowest, kLowest);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto key = keyOf(cells[i], hasRowids);
        const bool leaps
            = i + 1 < cells.size() && keyOf(cells[i + 1], hasRowids) < key && keyOf(cells[i + 1], hasRowids) >= last;
        kept[i] = key >= last && !leaps;
        if (kept[i])
            last = key;
    }
    return kept;
}

bool isSchemaRow(const PageCell& cell)
{
    using enum CellValue::Type;
    const auto& values = cell.values;
    return values.size() == 5 && values[0].type == Text && values[1].type == Text && values[2].type == Text
        && values[3].type == Integer && (values[4].type == Text || values[4].type == Null)
        && (values[0].bytes == "table" || values[0].bytes == "index" || values[0].bytes == "view");
}

// All but a few, which may be damaged.
bool areRows(const TableShape& shape, const std::vector<PageCell>& cells)
{
    const auto rows
        = std::count_if(cells.begin(), cells.end(), [&shape](const PageCell& cell) { return fits(shape, cell); });
    return rows > 0 && static_cast<std::size_t>(rows) * 10 >= cells.size() * 9;
}

} // namespace

PageTrees::PageTrees(const PageFile& file, const std::vector<TableShape>& shapes, const std::stop_token& stop)
    : m_file(file)
    , m_shapes(shapes)
    , m_kinds(file.count() + 1, PageKind::None)
    , m_owners(file.count() + 1, kNobody)
    , m_pages(shapes.size())
    , m_loss(shapes.size())
{
    scan(stop);
    skipFreePages();
    claimRoots();
    claimStrays();
}

void PageTrees::scan(const std::stop_token& stop)
{
    for (PageNumber page = 1; page <= m_file.count() && !stop.stop_requested(); ++page) {
        const PageContent content = readPage(m_file, page, PageDepth::Children);
        m_kinds[page] = content.kind;
        if (isInterior(content.kind)) {
            auto& children = m_children[page];
            for (const PageCell& cell : content.cells)
                children.push_back(cell.child);
            children.push_back(content.right);
        } else if (content.kind == PageKind::TableLeaf) {
            readSchema(page);
        }
    }
    if (!m_kinds.empty())
        m_owners[0] = kOther;
    if (m_kinds.size() > 1)
        m_owners[1] = kOther;
}

// Wherever a page of the list of tables lies, also when the first, where it begins, is gone.
void PageTrees::readSchema(PageNumber number)
{
    const PageContent content = readPage(m_file, number, PageDepth::Values);
    for (const PageCell& cell : content.cells) {
        if (!isSchemaRow(cell))
            continue;
        m_owners[number] = kOther;
        if (const auto root = cell.values[3].integer; root > 0 && root <= m_file.count())
            m_names[cell.values[1].bytes] = static_cast<PageNumber>(root);
    }
}

void PageTrees::skipFreePages()
{
    Bytes trunk;
    PageNumber page = m_file.header().firstFree;
    for (PageNumber steps = 0; page > 1 && page <= m_file.count() && steps < m_file.count(); ++steps) {
        if (m_kinds[page] != PageKind::None || !m_file.read(page, trunk))
            return; // no page of that list begins like this: it is not to be believed
        const auto leaves = std::min<std::uint64_t>(number(trunk.data() + 4, 4), m_file.usable() / 4 - 2);
        for (std::uint64_t i = 0; i < leaves; ++i) {
            const auto leaf = number(trunk.data() + 8 + 4 * i, 4);
            if (leaf > 1 && leaf <= m_file.count())
                m_owners[leaf] = kOther;
        }
        page = static_cast<PageNumber>(number(trunk.data(), 4));
    }
}

void PageTrees::claimRoots()
{
    const auto shapeNamed = [this](const std::string& name) {
        const auto found = std::find_if(
            m_shapes.begin(), m_shapes.end(), [&name](const TableShape& shape) { return shape.name == name; });
        return found == m_shapes.end() ? kOther : static_cast<int>(found - m_shapes.begin());
    };
    for (const auto& [name, root] : m_names) {
        const int shape = shapeNamed(name);
        claim(root, shape);
        m_rooted.insert(shape);
    }
    // The list of tables is damaged: most databases have each where a new one has it.
    for (int shape = 0; shape < static_cast<int>(m_shapes.size()); ++shape) {
        const PageNumber root = m_shapes[static_cast<std::size_t>(shape)].usualRoot;
        if (!m_rooted.contains(shape) && root > 0 && root <= m_file.count() && m_owners[root] == kNobody
            && areRows(m_shapes[static_cast<std::size_t>(shape)],
                readPage(m_file, leafBelow(root), PageDepth::Values).cells)) {
            claim(root, shape);
            m_rooted.insert(shape);
        }
    }
}

void PageTrees::claim(PageNumber root, int shape)
{
    std::vector<PageNumber> waiting { root };
    while (!waiting.empty()) {
        const PageNumber page = waiting.back();
        waiting.pop_back();
        if (!take(page, shape)) {
            if (shape >= 0)
                ++m_loss[static_cast<std::size_t>(shape)].pages;
            continue;
        }
        if (const auto children = m_children.find(page); children != m_children.end())
            waiting.insert(waiting.end(), children->second.rbegin(), children->second.rend());
    }
}

bool PageTrees::take(PageNumber page, int shape)
{
    if (page < 2 || page > m_file.count() || m_owners[page] != kNobody || m_kinds[page] == PageKind::None)
        return false;
    if (shape >= 0) {
        const TableShape& wanted = m_shapes[static_cast<std::size_t>(shape)];
        if (isOfTable(m_kinds[page]) != wanted.hasRowids)
            return false;
        if (m_kinds[page] != PageKind::TableInterior) {
            const auto cells = readPage(m_file, page, PageDepth::Values).cells;
            const bool isOne = std::any_of(
                cells.begin(), cells.end(), [&wanted](const PageCell& cell) { return fits(wanted, cell); });
            if (!isOne && !cells.empty())
                return false;
        }
        m_pages[static_cast<std::size_t>(shape)].push_back(page);
    }
    m_owners[page] = shape;
    return true;
}

// Its tree is not whole, or it is not known where it begins.
bool PageTrees::isOpen(int shape) const
{
    return !m_rooted.contains(shape) || m_loss[static_cast<std::size_t>(shape)].pages > 0;
}

// The first below a piece of a tree that may have rows.
PageNumber PageTrees::leafBelow(PageNumber top) const
{
    PageNumber page = top;
    for (int depth = 0; depth < 20 && m_children.contains(page); ++depth) {
        const auto& children = m_children.at(page);
        const auto child = std::find_if(children.begin(), children.end(), [this](PageNumber one) {
            return one >= 2 && one <= m_file.count() && m_owners[one] == kNobody && m_kinds[one] != PageKind::None;
        });
        if (child == children.end())
            break;
        page = *child;
    }
    return page;
}

// By the first leaf below. std::nullopt: no table's, or more than one might have it.
std::optional<int> PageTrees::shapeOf(PageNumber top) const
{
    const PageNumber page = leafBelow(top);
    const auto cells = readPage(m_file, page, PageDepth::Values).cells;
    std::vector<int> found;
    for (int shape = 0; shape < static_cast<int>(m_shapes.size()); ++shape) {
        const TableShape& one = m_shapes[static_cast<std::size_t>(shape)];
        if (isOpen(shape) && one.hasRowids == isOfTable(m_kinds[page]) && areRows(one, cells))
            found.push_back(shape);
    }
    // Two tables look alike; the texts that a person writes have four names.
    if (found.size() == 2 && m_shapes[static_cast<std::size_t>(found[0])].name == "run_fact"
        && m_shapes[static_cast<std::size_t>(found[1])].name == "run_text") {
        static const std::set<std::string> kTexts { "problem", "solution", "conclusion", "page" };
        return found[kTexts.contains(cells.front().values[1].bytes) ? 1 : 0];
    }
    return found.size() == 1 ? std::optional(found[0]) : std::nullopt;
}

void PageTrees::claimStrays()
{
    std::set<PageNumber> below;
    for (const auto& [page, children] : m_children) {
        if (m_owners[page] == kNobody)
            below.insert(children.begin(), children.end());
    }
    for (const bool top : { true, false }) { // then what its own parent could not be claimed with
        for (PageNumber page = 2; page <= m_file.count(); ++page) {
            if (m_owners[page] != kNobody || m_kinds[page] == PageKind::None || (top && below.contains(page)))
                continue;
            const auto shape = shapeOf(page);
            if (shape && isInterior(m_kinds[page]))
                claim(page, *shape);
            else if (shape)
                take(page, *shape);
            else if (!top)
                ++m_strays;
        }
    }
}

void PageTrees::visit(std::size_t shape, const std::function<void(const PageCell&)>& row)
{
    const TableShape& wanted = m_shapes[shape];
    for (const PageNumber page : m_pages[shape]) {
        if (m_kinds[page] == PageKind::TableInterior)
            continue;
        const PageContent content = readPage(m_file, page, PageDepth::Values);
        const auto kept = inOrder(content.cells, wanted.hasRowids);
        m_loss[shape].rows += content.broken;
        for (std::size_t i = 0; i < content.cells.size(); ++i) {
            if (kept[i] && fits(wanted, content.cells[i]))
                row(content.cells[i]);
            else
                ++m_loss[shape].rows;
        }
    }
}

} // namespace nabiz::storage
