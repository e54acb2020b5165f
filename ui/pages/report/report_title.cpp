// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_title.h"

#include "ui/theme/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <utility>

namespace nabiz::ui {

namespace {

constexpr int kPause = 700; // milliseconds without a key

} // namespace

ReportTitle::ReportTitle(QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_edit(new QLineEdit(this))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    m_edit->setObjectName(QStringLiteral("reportTitleEdit"));
    Theme::setRole(m_label, "dim");
    m_label->setBuddy(m_edit);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_label);
    layout->addWidget(m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { m_pause.start(); });
    connect(m_edit, &QLineEdit::editingFinished, this, &ReportTitle::commit);
    connect(&m_pause, &QTimer::timeout, this, &ReportTitle::commit);
}

QString ReportTitle::title() const
{
    return m_edit->text().simplified();
}

void ReportTitle::showFor(const QList<qint64>& runs, const QString& kept)
{
    const bool isOther = std::exchange(m_runs, runs) != runs;
    const QString title = runs.size() > 1 ? m_titles[runs] : kept;
    const bool isBeingWritten = m_edit->hasFocus() || m_pause.isActive();
    if (isOther || (!isBeingWritten && title != m_kept)) {
        m_edit->setText(title);
        m_kept = title;
    }
}

void ReportTitle::commit()
{
    m_pause.stop();
    if (m_runs.size() == 1) {
        if (std::exchange(m_kept, title()) == title())
            return;
        Q_EMIT edited(m_runs.first(), title());
    } else if (std::exchange(m_titles[m_runs], title()) == title()) {
        return;
    }
    Q_EMIT changed();
}

void ReportTitle::retranslateUi()
{
    m_label->setText(tr("&Title"));
    m_edit->setAccessibleName(tr("Title of the report"));
    m_edit->setPlaceholderText(tr("Made of the runs"));
}

} // namespace nabiz::ui
