// SPDX-License-Identifier: GPL-3.0-or-later
// Posts one notice to a web address: again after 408, 429 and 5xx and where there was no answer, until it was taken
// once (2xx), with a header by which the receiver knows a second one for the same. No redirects. Blocks; any thread,
// one at a time an object.
#pragma once

#include "app/notify/notice.h"
#include "app/web/web_request.h"

#include <stop_token>
#include <string>

namespace nabiz::app {

using WebhookPatience = WebPatience;

class Webhook {
public:
    explicit Webhook(NotifySettings settings, WebhookPatience patience = {})
        : m_settings(std::move(settings))
        , m_patience(std::move(patience))
    {
        m_patience.finishesAtStop = true;
    }

    // Why it was not taken, without the address; empty when it was. After a stop it is not tried again.
    std::string post(const Notice& notice, std::stop_token stop) const;

private:
    const NotifySettings m_settings;
    WebhookPatience m_patience;
};

} // namespace nabiz::app
