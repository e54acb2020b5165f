// SPDX-License-Identifier: GPL-3.0-or-later
// A plain text editor for a preset: line numbers, comments and keys told apart, problems underlined at their line.
// GUI thread.
#pragma once

#include <QPlainTextEdit>
#include <vector>

class QSyntaxHighlighter;

namespace nabiz::ui {

class YamlEditor : public QPlainTextEdit {
    Q_OBJECT
public:
    struct Mark {
        int line = 0; // from 1
        int column = 0; // from 1, 0 = the whole line
        QString sentence;
        bool isError = true;
    };

    explicit YamlEditor(QWidget* parent = nullptr);

    // Keeps the cursor where it is.
    void showText(const QString& text);
    void setMarks(std::vector<Mark> marks);
    void goToLine(int line);

    int gutterWidth() const;
    void paintGutter(QPaintEvent* event);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void underline();
    void placeGutter();

    QWidget* m_gutter;
    QSyntaxHighlighter* m_highlighter;
    std::vector<Mark> m_marks;
};

} // namespace nabiz::ui
