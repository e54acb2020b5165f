// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_views.h"

#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_popup.h"

namespace nabiz::ui {

namespace {

constexpr qsizetype kLongestName = 60;

} // namespace

RunViews::RunViews(QWidget* parent)
    : QPushButton(parent)
    , m_list(new ChoicePopup(ChoicePopup::Mode::One, this))
{
    setObjectName(QStringLiteral("viewsButton"));
    setIcon(Theme::icon(QStringLiteral("chevron-down")));
    setLayoutDirection(Qt::RightToLeft); // the arrow stands behind the text
    m_list->setObjectName(QStringLiteral("viewPopup"));
    m_list->setLayoutDirection(Qt::LeftToRight);
    m_list->setTakesNew(true);
    connect(this, &QPushButton::clicked, this, &RunViews::openList);
    connect(m_list, &ChoicePopup::chosen, this, &RunViews::take);
    connect(m_list, &ChoicePopup::footerClicked, this, &RunViews::forget);
    retranslateUi();
}

void RunViews::openList()
{
    Q_EMIT shownWanted();
    QList<ChoicePopup::Choice> choices;
    for (auto view = m_views.begin(); view != m_views.end(); ++view) {
        const QString filter = view.value().toObject().value(QLatin1String("filter")).toString();
        choices.append({ view.key(), view.key(), shortName(filter), view.key() == m_current });
    }
    m_list->open(choices, this, m_current.isEmpty() ? QString() : tr("Forget “%1”").arg(shortName(m_current)));
}

void RunViews::take(const QString& name)
{
    const QString key = name.simplified().left(kLongestName);
    const auto found = m_views.constFind(key);
    m_current = key;
    if (found != m_views.constEnd()) {
        Q_EMIT chosen(found->toObject());
    } else {
        m_views.insert(key, m_shown);
    }
    retranslateUi();
    Q_EMIT changed();
}

void RunViews::forget()
{
    m_views.remove(std::exchange(m_current, {}));
    retranslateUi();
    Q_EMIT changed();
}

// Its name stands on the button as long as it is what is shown.
void RunViews::setShown(const QJsonObject& shown)
{
    m_shown = shown;
    if (!m_current.isEmpty() && m_views.value(m_current).toObject() != shown) {
        m_current.clear();
        retranslateUi();
    }
}

QJsonObject RunViews::state() const
{
    return m_views;
}

void RunViews::restore(const QJsonObject& state)
{
    m_views = state;
    m_current.clear();
    retranslateUi();
}

void RunViews::retranslateUi()
{
    setText(m_current.isEmpty() ? tr("&Views") : shortName(m_current).replace(u'&', QStringLiteral("&&")));
    setAccessibleName(tr("Views of the table"));
    setToolTip(tr("Filter, columns, order and groups under a name"));
    m_list->setAccessibleName(accessibleName());
}

} // namespace nabiz::ui
