// SPDX-License-Identifier: GPL-3.0-or-later
// Report: the page that would be written for the chosen runs, as it will look, and what saving writes. The text comes from
// `app`. GUI thread.
#pragma once

#include "storage/records.h"
#include "ui/report_preview.h"

#include <QList>
#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace nabiz::ui {

class Card;
class ElidedLabel;
class ReportView;
class RunCatalog;

class ReportPage : public QWidget {
    Q_OBJECT
public:
    explicit ReportPage(RunCatalog& catalog, QWidget* parent = nullptr);

    void showRuns(qint64 current, const std::vector<storage::RunId>& checked);
    void setPreview(const ReportPreview& preview);
    void setSaved(const QString& folder, const QString& failure);
    QString language() const;

Q_SIGNALS:
    void previewWanted(const QList<qint64>& runs, const QString& language);
    void saveRequested(const QList<qint64>& runs, const QString& language, const QString& folder);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void assemble();
    void ask();
    void askFolder();
    void showSaved();
    void refresh();
    void retranslateUi();

    RunCatalog& m_catalog;
    QList<qint64> m_runs;
    ReportPreview m_preview;
    QString m_folder, m_failure;
    bool m_stale = true;
    QLabel* m_title;
    ElidedLabel* m_subject;
    QComboBox* m_language;
    QPushButton* m_copy;
    QPushButton* m_save;
    ReportView* m_view;
    QLabel* m_empty;
    Card* m_filesCard;
    QLabel* m_files;
    QLabel* m_saved;
    QPushButton* m_open;
};

} // namespace nabiz::ui
