// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/sample_desk.h"

#include "app/guard/child_process.h"
#include "trainer/base/message.h"
#include "trainer/base/value.h"
#include "trainer/loop/text_sample.h"
#include "ui/text/message_text.h"

#include <system_error>

namespace nabiz::app {

namespace {

static_assert(ui::kSampleLength == trainer::kSampleLength && ui::kSampleTemperature == trainer::kSampleTemperature);

// What the program said before it ended, without its name in front.
QString reasonOf(const std::string& said)
{
    constexpr std::string_view kName = "nabiz: ";
    return ui::text(trainer::Message { said.starts_with(kName) ? said.substr(kName.size()) : said, {} });
}

} // namespace

SampleDesk::SampleDesk(QObject* parent)
    : QObject(parent)
{
}

SampleDesk::~SampleDesk()
{
    m_stop.request_stop();
}

void SampleDesk::write(const ui::SampleRequest& request)
{
    std::vector<std::string> words { "/proc/self/exe", "sample", std::to_string(request.run), "--length",
        std::to_string(request.length), "--temperature", trainer::toText(request.temperature), "--db",
        m_database.toStdString() };
    if (!request.prompt.isEmpty())
        words.push_back("--prompt=" + request.prompt.toStdString());
    Q_EMIT told(tr("A text is being written from the checkpoint…"), false);
    m_worker.post([this, words, run = request.run, stop = m_stop.get_token()] {
        int code = 0;
        std::string said;
        try {
            const ChildEnd end = runChild(words, true, stop);
            code = end.code;
            said = end.said;
        } catch (const std::system_error& error) {
            code = -1;
            said = error.what();
        }
        QMetaObject::invokeMethod(this, [this, code, said, run] {
            Q_EMIT told(code == 0 ? QString() : tr("No text was written: %1").arg(reasonOf(said)), code != 0);
            if (code == 0)
                Q_EMIT written(run);
        });
    });
}

} // namespace nabiz::app
