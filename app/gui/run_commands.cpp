// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/run_commands.h"

#include "app/run/resume_plan.h"
#include "trainer/memory/hardware.h"
#include "trainer/validation/validation.h"
#include "ui/text/message_text.h"

#include <algorithm>
#include <iterator>

namespace nabiz::app {

namespace {

// Why runs of a grid cannot start, looked at again where the disk is looked at too; empty when all can.
trainer::Message whyNotAll(const std::vector<StartSpec>& specs)
{
    std::size_t refused = 0;
    trainer::Message first;
    for (const StartSpec& spec : specs) {
        auto problems = trainer::validate(spec.config, trainer::probeMachine());
        std::ranges::move(trainer::validateData(spec.config), std::back_inserter(problems));
        const auto wrong = std::ranges::find(problems, trainer::Severity::Error, &trainer::Problem::severity);
        if (wrong != problems.end() && refused++ == 0)
            first = wrong->message;
    }
    return refused == 0 ? trainer::Message()
                        : trainer::message(NABIZ_TEXT("Message", "%1 of the %2 runs cannot start. The first: %3"),
                              std::to_string(refused), std::to_string(specs.size()), first.english());
}

} // namespace

RunCommands::RunCommands(ControllerThread& thread, const trainer::PresetStore& presets, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_presets(presets)
{
}

void RunCommands::start(const ui::StartRequest& request)
{
    m_thread.order([this, request](RunController& controller) {
        request.resume != 0 ? goOn(controller, request) : startNow(controller, request);
    });
}

void RunCommands::goOn(RunController& controller, const ui::StartRequest& request)
{
    const auto& file = controller.recorder().file();
    const auto plan = planResume(storage::RunStore(file), file, { request.resume, request.changes });
    const auto wrong = std::ranges::find(plan.problems, trainer::Severity::Error, &trainer::Problem::severity);
    const bool begins = !controller.isBusy();
    trainer::Message refusal;
    if (wrong != plan.problems.end())
        refusal = wrong->message;
    else if (!controller.goOn(plan.spec))
        refusal = trainer::message(
            NABIZ_TEXT("Message", "Run %1 cannot go on: it was begun, put in the trash or deleted meanwhile."),
            std::to_string(request.resume));
    if (!refusal.empty())
        m_thread.tell([this, refusal] { Q_EMIT refused(ui::text(refusal)); });
    else
        tellStarted({ request.resume }, begins);
    m_thread.tellState(&controller);
}

void RunCommands::startNow(RunController& controller, const ui::StartRequest& request)
{
    QList<qint64> runs;
    const bool begins = !controller.isBusy();
    const bool waits = request.queue && !request.repeat; // seeds that a comparison lacks are wanted now
    std::size_t position = 0; // further seeds follow the first one, before what waits
    const auto specs = startSpecs(request, m_presets);
    if (!request.axes.empty()) {
        if (const auto refusal = whyNotAll(specs); !refusal.empty())
            return m_thread.tell([this, refusal] { Q_EMIT refused(ui::text(refusal)); });
    }
    for (const auto& spec : specs) {
        if (waits)
            runs.append(controller.addToQueue(spec));
        else if (begins && !runs.empty())
            runs.append(controller.addToQueue(spec, position++));
        else
            runs.append(controller.start(spec));
    }
    tellStarted(runs, begins && !waits);
    m_thread.tellState(&controller);
}

// One that is over before anybody asks what is active has begun all the same.
void RunCommands::tellStarted(const QList<qint64>& runs, bool begins)
{
    m_thread.tell([this, runs, begins] {
        if (begins && !runs.isEmpty())
            Q_EMIT began(runs.front());
        Q_EMIT recordsChanged(runs);
    });
}

void RunCommands::give(ui::RunOrder order)
{
    m_thread.order([order](RunController& controller) {
        switch (order) {
        case ui::RunOrder::Pause:
            return controller.pause();
        case ui::RunOrder::Resume:
            return controller.resume();
        case ui::RunOrder::Stop:
            return controller.stop();
        case ui::RunOrder::Checkpoint:
            return controller.checkpoint();
        case ui::RunOrder::Sample:
            return controller.sample();
        }
    });
}

void RunCommands::giveQueue(const ui::QueueOrder& order)
{
    using Kind = ui::QueueOrder::Kind;
    m_thread.order([this, order](RunController& controller) {
        switch (order.kind) {
        case Kind::Serve:
        case Kind::Hold:
            controller.serveQueue(order.kind == Kind::Serve);
            break;
        case Kind::Move:
            controller.recorder().queue().move(order.run, static_cast<std::size_t>(std::max(order.position, 0)));
            break;
        case Kind::Remove:
            controller.recorder().queue().remove(order.run);
            m_thread.tell([this, run = order.run] { Q_EMIT recordsChanged({ run }); });
            break;
        }
        m_thread.tellState(&controller);
    });
}

void RunCommands::stopAll()
{
    m_thread.order([this](RunController& controller) {
        controller.stopAll();
        m_thread.tellState(&controller);
    });
}

} // namespace nabiz::app
