// SPDX-License-Identifier: GPL-3.0-or-later
// The line over Watch's charts: which run, how far, why; and how the charts are drawn.
// GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/pages/watch/watch_content.h"

#include <QJsonObject>
#include <QWidget>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace nabiz::ui {

class ElidedLabel;

class WatchHeader : public QWidget {
    Q_OBJECT
public:
    explicit WatchHeader(QWidget* parent = nullptr);

    void showRun(const storage::RunOverview& run);
    void setFollowing(bool following, bool live);
    // The units of x that the runs shown have.
    void setUnits(const std::vector<XUnit>& units);
    const WatchOptions& options() const { return m_options; }
    void toggleLog();
    void toggleLogX();
    void toggleClip();
    void setValuesShown(bool shown);
    void retranslate();
    // Of the tools alone: in a narrow window the name stands over them.
    QSize minimumSizeHint() const override;
    // What the boxes hold; the switches have names of their own.
    QJsonObject choices() const;
    void restoreChoices(const QJsonObject& choices);

Q_SIGNALS:
    void optionsChanged();
    void followRequested();
    void followedLengthChosen(double length); // so much of the end; 0: all
    void valuesToggled(bool shown);
    void saveRequested();
    void copyRequested();
    void editAsNewRequested(qint64 run);
    void renameRequested(qint64 run, const QString& name);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void assemble();
    void layOut();
    void arrange();
    static const std::vector<Smoothing>& smoothings();
    void makeViewMenu();
    void retranslateView();
    void fillLengths();
    void fillUnits();
    void fillSmoothings();
    QAction* addOption(const char* name, bool WatchOptions::*option);
    void beginRename();
    void endRename(bool keep);

    WatchOptions m_options;
    XUnit m_wishedUnit = XUnit::Batch; // taken when the runs have it
    std::vector<XUnit> m_units { XUnit::Batch };
    storage::RunId m_run = 0;
    QWidget* m_tools;
    ElidedLabel* m_name;
    QLineEdit* m_nameEdit;
    QLabel* m_pill;
    ElidedLabel* m_why;
    QToolButton* m_more;
    QAction* m_rename;
    QAction* m_editAsNew;
    QComboBox* m_xUnit;
    QPushButton* m_log;
    QComboBox* m_smoothing;
    QToolButton* m_view;
    QMenu* m_lengths;
    QAction* m_logX;
    QAction* m_clip;
    QAction* m_marks;
    QAction* m_rate;
    QAction* m_linked;
    QAction* m_values;
    QAction* m_save;
    QAction* m_copy;
    QPushButton* m_follow;
};

} // namespace nabiz::ui
