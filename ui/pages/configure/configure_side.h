// SPDX-License-Identifier: GPL-3.0-or-later
// The right column of Configure: name and reason of the run to be, what was changed, the one-line command, and Start.
// GUI thread.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace nabiz::ui {

class Card;
class ConfigureDraft;
class ElidedLabel;
class EstimateCard;
class StartCard;
class WrappedText;

class ConfigureSide : public QWidget {
    Q_OBJECT
public:
    explicit ConfigureSide(ConfigureDraft& draft, QWidget* parent = nullptr);

    QString name() const;
    QString why() const;
    // A name the user has typed stays; a proposed one is replaced.
    void proposeName(const QString& name);
    void clearRun();
    // As it was typed before the program was started.
    void setTyped(const QString& name, const QString& why);
    bool nameIsTyped() const { return m_nameTyped; }
    StartCard* startCard() const { return m_start; }
    void retranslateUi();

Q_SIGNALS:
    void settingChosen(const QString& key);
    void typed(); // name or reason

private:
    void refresh();
    Card* makeRunCard();
    Card* makeCommandCard();
    Card* makeRanksCard();
    QString torchrunLine() const;

    ConfigureDraft& m_draft;
    QLabel* m_nameLabel;
    QLabel* m_whyLabel;
    QLineEdit* m_name;
    QLineEdit* m_why;
    EstimateCard* m_estimate;
    Card* m_changesCard;
    QLabel* m_changes;
    Card* m_commandCard;
    WrappedText* m_command;
    QPushButton* m_copy;
    Card* m_ranksCard; // of several ranks
    WrappedText* m_ranksCommand;
    QLabel* m_ranksNote;
    QPushButton* m_copyRanks;
    StartCard* m_start;
    bool m_nameTyped = false;
};

} // namespace nabiz::ui
