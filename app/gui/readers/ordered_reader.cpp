// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/readers/ordered_reader.h"

#include <utility>

namespace nabiz::app {

void OrderedReader::Answer::operator()(std::function<void()> show) const
{
    QMetaObject::invokeMethod(
        m_reader,
        [answer = *this, show = std::move(show)] {
            if (answer.isWanted())
                show();
        },
        Qt::QueuedConnection);
}

void OrderedReader::post(std::function<void(const Answer&)> read)
{
    Answer answer;
    answer.m_reader = this;
    answer.m_generation = m_generation;
    m_worker.post([answer, read = std::move(read)] { read(answer); });
}

} // namespace nabiz::app
