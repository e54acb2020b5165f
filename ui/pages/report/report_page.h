// SPDX-License-Identifier: GPL-3.0-or-later
// Report: the page that would be written for the chosen runs, as it will look, the words in it that are a person's own,
// which sections it has, and what saving writes. The text comes from `app`. GUI thread.
#pragma once

#include "ui/pages/page_widget.h"
#include "ui/requests/report_preview.h"
#include "ui/requests/report_request.h"

#include <QList>
#include <QTimer>
#include <functional>
#include <map>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace nabiz::ui {

class Card;
class ElidedLabel;
class ReportSections;
class ReportView;
class ReportWords;
class RunCatalog;

class ReportPage : public PageWidget {
    Q_OBJECT
public:
    explicit ReportPage(RunCatalog& catalog, QWidget* parent = nullptr);

    // The run that is looked at, or where it is one of several that are checked, all of these as Compare has them.
    void showRuns(storage::RunId current, const std::vector<storage::RunId>& checked) override;
    // What Compare compares, whatever run is looked at, until another choice of runs.
    void showComparison();
    // How Compare shows the checked runs now.
    void setCompareLook(std::function<CompareLook()> look) { m_look = std::move(look); }
    void setPreview(const ReportPreview& preview);
    void setSaved(const QString& folder, const QString& failure);
    QString language() const;
    // "en" or "tr"; another is left as it is.
    void setLanguage(const QString& language);
    // Where saving begins to look.
    void setFolder(const QString& folder) { m_parent = folder; }
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    void commit() override;

Q_SIGNALS:
    void previewWanted(const nabiz::ui::ReportRequest& request);
    void saveRequested(const nabiz::ui::ReportRequest& request, const QString& folder);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void assemble();
    void assembleSide(QVBoxLayout* side);
    void assembleTitle();
    void chooseRuns();
    void commitTitle();
    void onRunChanged(qint64 run);
    void showWords();
    ReportRequest request() const;
    void ask();
    void askFolder();
    void showSaved();
    void refresh();
    void retranslateUi();

    RunCatalog& m_catalog;
    std::function<CompareLook()> m_look;
    qint64 m_current = 0;
    std::vector<storage::RunId> m_checked;
    bool m_comparing = false; // asked for by Compare
    QList<qint64> m_runs;
    std::map<QList<qint64>, QString> m_titles; // of several runs, which nothing in the database is called by
    QList<qint64> m_shownFor; // whose title stands there
    QString m_keptTitle; // that the run has, or will have
    QTimer m_titlePause;
    ReportPreview m_preview;
    QString m_folder, m_failure, m_parent;
    std::map<std::string, std::string> m_words; // of the first run, as the page has them
    bool m_stale = true;
    QLabel* m_title;
    ElidedLabel* m_subject;
    QComboBox* m_language;
    QPushButton* m_copy;
    QPushButton* m_save;
    ReportView* m_view;
    QLabel* m_empty;
    QPushButton* m_emptyButton;
    ReportWords* m_wordsCard;
    ReportSections* m_sections;
    Card* m_filesCard;
    QLabel* m_files;
    QLabel* m_headingLabel;
    QLineEdit* m_heading;
    QWidget* m_savedLine;
    QLabel* m_saved;
    QPushButton* m_open;
};

} // namespace nabiz::ui
