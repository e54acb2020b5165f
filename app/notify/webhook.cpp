// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/webhook.h"

#include <spdlog/fmt/fmt.h>

namespace nabiz::app {

std::string Webhook::post(const Notice& notice, std::stop_token stop) const
{
    const NoticeRequest request = requestOf(notice, m_settings.shape);
    const auto answer
        = WebClient(m_patience)
              .send({ .url = m_settings.url, .headers = request.headers, .body = request.body, .isPost = true }, stop);
    if (answer.isGood())
        return {};
    return fmt::format("{} was not told, tried {} time{}: {}", m_settings.place(), answer.tries,
        answer.tries == 1 ? "" : "s", answer.text());
}

} // namespace nabiz::app
