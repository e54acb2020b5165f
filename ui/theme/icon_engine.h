// SPDX-License-Identifier: GPL-3.0-or-later
// Draws an icon of resources/icons in the theme's text colour at whatever size and scale is asked, so that it is sharp
// on every screen and follows a change of theme without being made again. GUI thread.
#pragma once

#include <QIconEngine>
#include <QString>

namespace nabiz::ui {

class IconEngine : public QIconEngine {
public:
    explicit IconEngine(QString name);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine* clone() const override;

private:
    QString m_name;
};

} // namespace nabiz::ui
