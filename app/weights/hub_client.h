// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a hub, with the patience that a hub asks for: what breaks off is gone on with, what is busy is waited for, and
// what is refused is said in one sentence with its remedy. Blocking, one thread at a time.
#pragma once

#include "app/weights/http_client.h"
#include "app/weights/hub_model.h"
#include "app/weights/partial_file.h"
#include "trainer/base/message.h"

#include <functional>

namespace nabiz::app {

class HubClient {
public:
    using Say = std::function<void(const trainer::Message&)>;
    // Bytes that came, or (negative) turned out to be of no use.
    using Count = std::function<void(std::int64_t)>;

    HubClient(const HubSettings& settings, Say say, std::stop_token stop);

    // Throw FetchError, TrainError{BadInput}, trainer::Cancelled.
    HubModel model(const trainer::ModelName& name);
    // What the answer to `model` did not say of a file.
    void complete(const HubModel& model, HubFile& file);
    // Goes on from what `part` holds, until it has the size of the file.
    void file(const HubModel& model, const HubFile& file, PartialFile& part, const Count& count);

private:
    HttpAnswer ask(const trainer::ModelName& name, const std::function<HttpAnswer()>& request,
        const std::function<std::int64_t()>& received);
    void wait(double seconds);
    bool waitAsTold(const HttpAnswer& answer, double seconds, double& waited);
    std::string fileUrl(const HubModel& model, const HubFile& file) const;

    const HubSettings m_settings;
    const Say m_say;
    const std::stop_token m_stop;
    HttpClient m_http;
};

} // namespace nabiz::app
