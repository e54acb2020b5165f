// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/samples_card.h"

#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QPainter>

#include <algorithm>
#include <set>

namespace nabiz::ui {

// One line a sample: its text, then a block for its padding.
class SampleLines : public QWidget {
public:
    using QWidget::QWidget;

    void setSamples(std::vector<trainer::SamplePreview::Sample> samples)
    {
        m_samples = std::move(samples);
        updateGeometry();
        update();
    }
    QSize sizeHint() const override { return { 300, lineHeight() * static_cast<int>(m_samples.size()) }; }
    QSize minimumSizeHint() const override { return { 100, sizeHint().height() }; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        for (std::size_t i = 0; i < m_samples.size(); ++i)
            paintLine(painter, m_samples[i], QRect(0, static_cast<int>(i) * lineHeight(), width(), lineHeight()));
    }

private:
    static int lineHeight() { return QFontMetrics(Theme::monoFont()).height() + 4; }

    static void paintLine(QPainter& painter, const trainer::SamplePreview::Sample& sample, const QRect& line)
    {
        const ThemeColors& colors = Theme::colors();
        QString text = QString::fromStdString(sample.text);
        text.replace(u'\n', QChar(0x21B5)); // ↵, so that a sample stays one line
        text.replace(u'\t', QChar(0x2192));
        text.remove(QChar(0));
        const double total = static_cast<double>(sample.bytes + sample.padding);
        const double share = total > 0 ? static_cast<double>(sample.padding) / total : 0;
        const int padding
            = sample.padding > 0 ? std::clamp(static_cast<int>(line.width() * share), 96, line.width() / 2) : 0;
        const QFontMetrics metrics(Theme::monoFont());
        painter.setFont(Theme::monoFont());
        painter.setPen(colors.text);
        const QRect room = line.adjusted(0, 0, padding ? -padding - kGap : 0, 0);
        painter.drawText(
            room, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, room.width()));
        if (!padding)
            return;
        const QRectF block(line.right() - padding, line.top() + 2, padding, line.height() - 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.grid);
        painter.drawRoundedRect(block, 4, 4);
        painter.setPen(colors.dim);
        painter.setFont(Theme::smallFont());
        painter.drawText(block, Qt::AlignCenter,
            QFontMetrics(Theme::smallFont())
                .elidedText(SamplesCard::tr("%1 padding").arg(countText(sample.padding)), Qt::ElideRight, padding - 8));
    }

    std::vector<trainer::SamplePreview::Sample> m_samples;
};

SamplesCard::SamplesCard(QWidget* parent)
    : Card(parent)
    , m_lines(new SampleLines(this))
    , m_summary(new QLabel(this))
{
    m_lines->setObjectName(QStringLiteral("sampleLines"));
    m_summary->setObjectName(QStringLiteral("samplesLabel"));
    m_summary->setWordWrap(true);
    Theme::setRole(m_summary, "dim");
    body()->addWidget(m_lines);
    body()->addWidget(m_summary);
    retranslateUi();
}

void SamplesCard::setPreview(const trainer::SamplePreview& preview)
{
    m_preview = preview;
    m_lines->setSamples(preview.samples);
    QStringList texts;
    for (const auto& sample : preview.samples)
        texts << QString::fromStdString(sample.text);
    m_lines->setAccessibleName(texts.join(u'\n'));
    retranslateUi();
}

void SamplesCard::setPending()
{
    m_preview.reset();
    retranslateUi();
}

QString SamplesCard::summary() const
{
    if (!m_preview)
        return tr("The first samples of the text will be shown here.");
    if (!m_preview->failure.empty())
        return text(m_preview->failure);
    std::set<char> distinct;
    std::int64_t bytes = 0;
    std::int64_t padding = 0;
    for (const auto& sample : m_preview->samples) {
        distinct.insert(sample.text.begin(), sample.text.end());
        bytes += sample.bytes;
        padding += sample.padding;
    }
    QStringList parts {
        tr("%1 of %2").arg(m_preview->samples.size()).arg(countText(m_preview->trainingSamples)),
        tr("%1 to train on, %2 to validate")
            .arg(bytesText(static_cast<double>(m_preview->trainingBytes)),
                bytesText(static_cast<double>(m_preview->validationBytes))),
        tr("%1 distinct bytes").arg(distinct.size()),
        padding == 0
            ? tr("no padding")
            : tr("%1 padding").arg(percentText(static_cast<double>(padding) / static_cast<double>(bytes + padding), 0)),
    };
    if (m_preview->entropy > 0)
        parts << tr("entropy %1 nats a byte").arg(numberText(m_preview->entropy, 3));
    return parts.join(QStringLiteral(" · "));
}

void SamplesCard::retranslateUi()
{
    setTitle(tr("First samples"));
    m_summary->setText(summary());
    Theme::setRole(m_summary, m_preview && !m_preview->failure.empty() ? "warn" : "dim");
    m_lines->setVisible(m_preview && !m_preview->samples.empty());
    m_lines->update();
}

} // namespace nabiz::ui
