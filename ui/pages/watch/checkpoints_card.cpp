// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/checkpoints_card.h"

#include "ui/models/run_catalog.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace nabiz::ui {

CheckpointsCard::CheckpointsCard(const RunCatalog& catalog, QWidget* parent)
    : WatchFold(QStringLiteral("checkpointsButton"), parent)
    , m_catalog(catalog)
{
    connect(this, &WatchFold::opened, this, &CheckpointsCard::fill);
    connect(this, &CheckpointsCard::folderRequested, this,
        [](const QString& folder) { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void CheckpointsCard::showRun(storage::RunId run)
{
    const RunDetail* const detail = m_catalog.detail(run);
    const std::size_t count = detail ? detail->checkpoints.size() : 0;
    m_run = run;
    setFoldTitle(tr("Checkpoints (%1)").arg(countText(static_cast<qint64>(count))));
    setVisible(count > 0);
    fill();
}

// The best by validation: the one that was written there.
void CheckpointsCard::fill()
{
    const RunDetail* const detail = m_catalog.detail(m_run);
    if (!isOpen() || !detail) {
        return;
    }
    const std::int64_t best = detail->overview.summary.bestValBatch.value_or(-1);
    std::vector<std::pair<std::int64_t, std::string>> wanted { { best, tr("batch %1").toStdString() } };
    for (const storage::Checkpoint& checkpoint : detail->checkpoints) {
        wanted.emplace_back(checkpoint.batch, checkpoint.folder);
    }
    if (m_rows && wanted == m_shown) {
        return; // a button of it may have the focus
    }
    m_shown = std::move(wanted);
    if (m_rows) {
        m_rows->hide();
        m_rows->deleteLater();
    }
    m_rows = new QWidget(this);
    auto* const layout = new QVBoxLayout(m_rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    content()->addWidget(m_rows);
    for (auto it = detail->checkpoints.rbegin(); it != detail->checkpoints.rend(); ++it) {
        addRow(*it, it->batch == best);
    }
}

void CheckpointsCard::addRow(const storage::Checkpoint& checkpoint, bool isBest)
{
    const QString folder = QString::fromStdString(checkpoint.folder);
    const QString place = tr("batch %1").arg(countText(checkpoint.batch));
    auto* const line = new QHBoxLayout;
    line->setSpacing(kGap);
    auto* const what = new QLabel(isBest ? tr("%1 ★ best").arg(place) : place, m_rows);
    what->setTextFormat(Qt::PlainText);
    what->setToolTip(folder);
    auto* const size = new QLabel(bytesText(static_cast<double>(checkpoint.bytes)), m_rows);
    Theme::setRole(size, "dim");
    line->addWidget(what, 1);
    line->addWidget(size);
    auto* const buttons = new QHBoxLayout; // under it: the column is a narrow one
    buttons->setSpacing(kGap);
    buttons->addStretch(1);
    const auto add = [&](const char* name, const QString& text, auto&& clicked) {
        auto* const button = new QPushButton(text, m_rows);
        button->setObjectName(QStringLiteral("checkpoint%1%2Button").arg(checkpoint.batch).arg(QLatin1String(name)));
        button->setProperty("small", true);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(text, place));
        button->setEnabled(QFileInfo::exists(folder));
        button->setToolTip(button->isEnabled() ? QString() : tr("Its folder is not there any more."));
        connect(button, &QPushButton::clicked, this, clicked);
        buttons->addWidget(button);
    };
    add("Folder", tr("Folder"), [this, folder] { Q_EMIT folderRequested(folder); });
    add("Start", tr("Start from it"), [this, folder] {
        Q_EMIT changeRequested(
            m_run, { { "model.init", (folder + QStringLiteral("/model.safetensors")).toStdString() } }, false);
    });
    static_cast<QVBoxLayout*>(m_rows->layout())->addLayout(line);
    static_cast<QVBoxLayout*>(m_rows->layout())->addLayout(buttons);
}

} // namespace nabiz::ui
