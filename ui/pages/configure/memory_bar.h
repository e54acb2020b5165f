// SPDX-License-Identifier: GPL-3.0-or-later
// A bar of parts in the series' colours, set against a capacity; as a swatch it is one part's colour in a legend.
// GUI thread.
#pragma once

#include <QWidget>

#include <vector>

namespace nabiz::ui {

class MemoryBar : public QWidget {
    Q_OBJECT
public:
    struct Part {
        double bytes = 0;
        int color = 0; // of Theme::seriesColor
    };

    enum class Kind { Bar, Swatch };

    explicit MemoryBar(Kind kind, QWidget* parent = nullptr);

    // Where the parts exceed the capacity, a line stands where it ends.
    void setParts(std::vector<Part> parts, double capacity);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Kind m_kind;
    std::vector<Part> m_parts;
    double m_capacity = 0;
};

} // namespace nabiz::ui
