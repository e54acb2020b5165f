// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/weights_desk.h"

#include "app/run/current_failure.h"
#include "app/weights/fetch_error.h"
#include "app/weights/model_fetch.h"
#include "trainer/data/cancelled.h"
#include "ui/text/message_text.h"

#include <chrono>

namespace nabiz::app {

namespace {

constexpr auto kTold = std::chrono::milliseconds(100); // between two tellings

} // namespace

WeightsDesk::~WeightsDesk()
{
    stop();
}

void WeightsDesk::get(const QString& model)
{
    m_stop = std::stop_source();
    m_worker.post([this, model, stop = m_stop.get_token()] { fetch(model, stop); });
}

void WeightsDesk::stop()
{
    m_stop.request_stop();
}

void WeightsDesk::tell(const ui::WeightsProgress& progress, const trainer::Message& said)
{
    const auto show = [this, progress = ui::WeightsProgress(progress), said]() mutable {
        if (!said.empty())
            progress.said = ui::text(said);
        Q_EMIT progressed(progress);
    };
    QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
}

void WeightsDesk::tellEnd(const ui::WeightsEnd& end, const trainer::Message& failure)
{
    const auto show = [this, end = ui::WeightsEnd(end), failure]() mutable {
        if (!failure.empty())
            end.failure = ui::text(failure);
        Q_EMIT ended(end);
    };
    QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
}

void WeightsDesk::fetch(const QString& model, const std::stop_token& stop)
{
    ui::WeightsProgress shown { .model = model };
    auto last = std::chrono::steady_clock::time_point();
    FetchListener listener;
    listener.progress = [&](const FetchProgress& progress) {
        const auto now = std::chrono::steady_clock::now();
        if (now - last < kTold)
            return;
        last = now;
        shown.done = progress.done;
        shown.total = progress.total;
        shown.bytesPerSecond = progress.bytesPerSecond;
        shown.secondsLeft = progress.secondsLeft.value_or(0);
        tell(shown);
    };
    listener.say = [&](const trainer::Message& message) { tell(shown, message); };
    try {
        const auto name = trainer::parseModelName(model.toStdString());
        const FetchedModel fetched = fetchModel(name.value(), {}, readHubSettings(), listener, stop);
        tellEnd({ .model = model, .failure = {}, .isThere = true, .licence = QString::fromStdString(fetched.licence) });
    } catch (const trainer::Cancelled&) {
        tellEnd({ .model = model });
    } catch (const FetchError& error) {
        tellEnd({ .model = model }, error.message());
    } catch (...) {
        tellEnd({ .model = model }, currentFailure());
    }
}

} // namespace nabiz::app
