// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/parameter_editors.h"

#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace nabiz::ui {

using trainer::Parameter;
using trainer::Value;

namespace {

// A text, with a list of usual ones where there are any, and a button to browse where it is a path.
class TextEditor : public ParameterEditor {
public:
    TextEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parameter, parent)
    {
        auto* layout = makeLine();
        if (!parameter.suggestions.empty()) {
            m_box = new QuietComboBox(this);
            m_box->setObjectName(nameFor("box"));
            m_box->setEditable(true);
            m_box->setInsertPolicy(QComboBox::NoInsert);
            m_box->setCompleter(nullptr);
            makeNarrowable(*m_box);
            for (const std::string_view suggestion : parameter.suggestions)
                m_box->addItem(QString::fromUtf8(suggestion.data(), static_cast<qsizetype>(suggestion.size())));
            m_edit = m_box->lineEdit();
            connect(m_box, &QComboBox::activated, this, [this] { sendText(); });
            layout->addWidget(m_box, 1);
        } else {
            m_edit = new QLineEdit(this);
            layout->addWidget(m_edit, 1);
        }
        m_edit->setObjectName(nameFor("edit"));
        setFocusProxy(m_box ? static_cast<QWidget*>(m_box) : m_edit);
        if (parameter.isPath)
            layout->addWidget(makeBrowse());
        connect(m_edit, &QLineEdit::textEdited, this, [this] { sendText(); });
        TextEditor::retranslateUi();
    }
    void setValue(const Value& value) override
    {
        const QString text = QString::fromStdString(std::get<std::string>(value));
        if (text != m_edit->text())
            m_edit->setText(text);
    }
    void setWrong(bool wrong) override { markWrong(m_box ? static_cast<QWidget*>(m_box) : m_edit, wrong); }
    bool isWide() const override { return true; }
    void retranslateUi() override
    {
        m_edit->setAccessibleName(parameterLabel(parameter()));
        m_edit->setToolTip(parameterHelp(parameter()));
        m_edit->setPlaceholderText(parameter().isPath ? ParameterEditor::tr("A file or a folder") : QString());
        if (m_box)
            m_box->setAccessibleName(parameterLabel(parameter()));
        if (m_browse) {
            m_browse->setToolTip(ParameterEditor::tr("Browse for a file or a folder"));
            m_browse->setAccessibleName(ParameterEditor::tr("Browse: %1").arg(parameterLabel(parameter())));
        }
    }

private:
    QToolButton* makeBrowse()
    {
        m_browse = new QToolButton(this);
        m_browse->setObjectName(nameFor("browseButton"));
        m_browse->setIcon(Theme::icon(QStringLiteral("folder")));
        connect(m_browse, &QToolButton::clicked, this, [this] {
            auto* menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            menu->addAction(
                ParameterEditor::tr("Choose a &file…"), this, [this] { take(QFileDialog::getOpenFileName(this)); });
            menu->addAction(ParameterEditor::tr("Choose a f&older…"), this,
                [this] { take(QFileDialog::getExistingDirectory(this)); });
            menu->popup(m_browse->mapToGlobal(QPoint(0, m_browse->height())));
        });
        return m_browse;
    }
    void take(const QString& path)
    {
        if (path.isEmpty())
            return;
        m_edit->setText(path);
        sendText();
    }
    void sendText() { send(m_edit->text().toStdString()); }

    QuietComboBox* m_box = nullptr;
    QLineEdit* m_edit = nullptr;
    QToolButton* m_browse = nullptr;
};

} // namespace

ParameterEditor* makeTextEditor(const Parameter& parameter, QWidget* parent)
{
    return new TextEditor(parameter, parent);
}

} // namespace nabiz::ui
