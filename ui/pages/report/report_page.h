// SPDX-License-Identifier: GPL-3.0-or-later
// Report: the page that would be written for the chosen runs, as it will look, the words in it that are a person's own,
// which sections it has, and what saving writes. The text comes from `app`. GUI thread.
#pragma once

#include "ui/pages/page_widget.h"
#include "ui/pages/report/reported_runs.h"
#include "ui/requests/report_preview.h"
#include "ui/requests/report_request.h"

#include <QList>
#include <map>
#include <string>
#include <vector>

class QLabel;

namespace nabiz::ui {

class Card;
class EmptyPlace;
class LayoutShelf;
class ReportHeader;
class ReportSections;
class ReportTitle;
class ReportView;
class ReportWords;
class RunCatalog;
class SavedLine;

class ReportPage : public PageWidget {
    Q_OBJECT
public:
    explicit ReportPage(RunCatalog& catalog, QWidget* parent = nullptr);

    // The run that is looked at, or where it is one of several that are checked, all of these as Compare has them.
    void showRuns(storage::RunId current, const std::vector<storage::RunId>& checked) override;
    // What Compare compares, whatever run is looked at, until another choice of runs.
    void showComparison();
    // How Compare shows the checked runs now.
    void setCompareLook(std::function<CompareLook()> look) { m_reported.setLook(std::move(look)); }
    // The layouts whose panels a report shows.
    void setPanels(const LayoutShelf& layouts);
    void setPreview(const ReportPreview& preview);
    void setSaved(const QString& folder, const QString& failure);
    // "en" or "tr", another is left as it is; and where saving begins to look.
    void setDefaults(const QString& language, const QString& folder);
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
    void connectParts();
    void chooseRuns();
    void onRunChanged(qint64 run);
    void showWords();
    ReportRequest request() const;
    void ask();
    void askFolder();
    void refresh();
    void retranslateUi();

    RunCatalog& m_catalog;
    ReportedRuns m_reported;
    const LayoutShelf* m_layouts = nullptr;
    QList<qint64> m_runs;
    ReportPreview m_preview;
    QString m_parent; // where saving begins to look
    std::map<std::string, std::string> m_words; // of the first run, as the page has them
    bool m_stale = true;
    ReportHeader* m_header;
    ReportView* m_view;
    EmptyPlace* m_empty;
    ReportWords* m_wordsCard;
    ReportSections* m_sections;
    Card* m_filesCard;
    QLabel* m_files;
    ReportTitle* m_heading;
    SavedLine* m_saved;
};

} // namespace nabiz::ui
