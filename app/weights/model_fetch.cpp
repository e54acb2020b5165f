// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/weights/model_fetch.h"

#include "app/weights/digest.h"
#include "app/weights/fetch_error.h"
#include "app/weights/model_place.h"
#include "trainer/base/train_error.h"
#include "trainer/data/cancelled.h"
#include "trainer/language/decoder_files.h"

#include <algorithm>
#include <fstream>
#include <vector>

namespace nabiz::app {

namespace fs = std::filesystem;
using trainer::message;
using trainer::TrainError;
using trainer::TrainErrorKind;

namespace {

constexpr std::streamsize kPiece = 1 << 20; // between two looks at the stop token

class Fetch {
public:
    Fetch(const HubSettings& settings, const FetchListener& listener, std::stop_token stop)
        : m_settings(settings)
        , m_listener(listener)
        , m_stop(stop)
        , m_client(settings, listener.say, stop)
    {
    }

    FetchedModel run(const trainer::ModelName& name, const fs::path& to)
    {
        m_model = m_client.model(name);
        m_place = to.empty() ? ModelPlace::inCache(m_settings.cache, m_model) : ModelPlace::inFolder(to);
        FetchedModel result {
            .name = name, .commit = m_model.commit, .folder = m_place.folder(), .licence = m_model.licence
        };
        try {
            look(result);
        } catch (...) {
            for (const Made& made : m_made)
                m_place.takeBack(made.file, made.isContent);
            throw;
        }
        for (HubFile& file : m_model.files) {
            if (file.name != kConfigFile && file.name != kIndexFile)
                result.files.push_back(one(file));
        }
        m_place.finish(m_model);
        return result;
    }

private:
    struct Made {
        HubFile file;
        bool isContent; // not its name alone
    };

    const HubSettings& m_settings;
    const FetchListener& m_listener;
    const std::stop_token m_stop;
    HubClient m_client;
    HubModel m_model;
    ModelPlace m_place = ModelPlace::inFolder({});
    ProgressMeter m_meter;
    std::vector<Made> m_made; // by this call

    // Before gigabytes: whether it is a model that is computed here, of which files it is made, and whether they fit.
    void look(FetchedModel& result)
    {
        result.files.push_back(one(kConfigFile));
        const auto config = trainer::readDecoderConfig(m_place.folder() / kConfigFile);
        if (const auto* reason = std::get_if<trainer::Message>(&config))
            throw TrainError(TrainErrorKind::BadInput, *reason);
        if (m_model.find(kIndexFile))
            result.files.push_back(one(kIndexFile));
        leaveOutOtherWeights();
        plan();
    }

    void leaveOutOtherWeights()
    {
        const bool isSharded = m_model.find(kIndexFile) != nullptr;
        const std::set<std::string> named
            = isSharded ? indexedShards(m_place.folder() / kIndexFile) : std::set<std::string> { kWeightsFile };
        for (const std::string& shard : named) {
            if (!m_model.find(shard))
                throw TrainError(TrainErrorKind::BadInput,
                    message(NABIZ_TEXT("Message",
                                "%1 names the file %2, which the hub does not list: choose another revision."),
                        kIndexFile, shard));
        }
        std::erase_if(
            m_model.files, [&](const HubFile& file) { return isWeights(file.name) && !named.contains(file.name); });
    }

    // What is still to come, and whether there is room for it.
    void plan()
    {
        std::int64_t total = 0, missing = 0;
        for (HubFile& file : m_model.files) {
            m_client.complete(m_model, file);
            total += *file.size;
            std::error_code error;
            if (fs::exists(m_place.whole(file), error))
                continue;
            const auto there = fs::file_size(m_place.partial(file), error);
            missing += *file.size - (error ? 0 : std::min<std::int64_t>(*file.size, static_cast<std::int64_t>(there)));
        }
        m_place.checkSpace(missing);
        m_meter.begin(total);
    }

    FetchedFile one(const char* name) { return one(*std::ranges::find(m_model.files, name, &HubFile::name)); }

    FetchedFile one(HubFile& file)
    {
        m_client.complete(m_model, file);
        FetchedFile result { .name = file.name, .bytes = *file.size };
        const auto interrupted = [this] { trainer::throwIfStopped(m_stop); };
        m_meter.file(file.name);
        bool isSaid = false;
        const ContentLock lock(m_place, file, [&] {
            interrupted();
            if (!std::exchange(isSaid, true))
                m_listener.say(
                    message(NABIZ_TEXT("Message", "Another program fetches %1; it is waited for."), file.name));
        });
        std::error_code error;
        const bool isNamed = fs::exists(m_place.folder() / file.name, error);
        const bool isThere = m_place.has(file, interrupted);
        if (isThere)
            m_meter.skip(*file.size);
        else
            fetch(file, result);
        m_place.name(file);
        if (!isNamed)
            m_made.push_back({ file, !isThere });
        m_listener.progress(m_meter.progress());
        return result;
    }

    // For a plain folder: what the cache has is not fetched again.
    void copyFromCache(const HubFile& file, PartialFile& part)
    {
        const fs::path source = ModelPlace::inCache(m_settings.cache, m_model).whole(file);
        std::error_code error;
        if (source == m_place.whole(file) || fs::file_size(source, error) != static_cast<std::uintmax_t>(*file.size)
            || error)
            return;
        m_meter.skip(-part.size());
        part.clear();
        std::ifstream stream(source, std::ios::binary);
        std::vector<char> piece(kPiece);
        while (stream.read(piece.data(), kPiece), stream.gcount() > 0) {
            trainer::throwIfStopped(m_stop);
            part.append({ piece.data(), static_cast<std::size_t>(stream.gcount()) });
            m_meter.skip(stream.gcount());
            m_listener.progress(m_meter.progress());
        }
    }

    void fetch(const HubFile& file, FetchedFile& result)
    {
        PartialFile part(m_place.partial(file));
        m_meter.skip(part.size());
        copyFromCache(file, part);
        result.resumed = part.size();
        const HubClient::Count count = [&](std::int64_t bytes) {
            if (bytes < 0) {
                result.resumed = 0;
                m_meter.skip(bytes);
                return;
            }
            result.fetched += bytes;
            m_meter.add(bytes);
            m_listener.progress(m_meter.progress());
        };
        for (;;) {
            m_client.file(m_model, file, part, count);
            const bool wasGoneOnFrom = result.resumed > 0;
            const std::string found = *file.size == 0 && part.size() == 0
                ? file.digest
                : fileDigest(part.path(), digestKind(file.digest), [this] { trainer::throwIfStopped(m_stop); });
            if (found == file.digest)
                break;
            // What an earlier try or another program left may have been no part of it.
            count(-part.size());
            part.remove();
            if (!wasGoneOnFrom)
                throw FetchError(
                    message(NABIZ_TEXT("Message",
                                "%1 of %2 came with other content than the hub lists (hash %3 instead of %4); nothing "
                                "of it is kept. Try again, or set HF_ENDPOINT to another hub."),
                        file.name, m_model.name.text(), found.substr(0, 12), file.digest.substr(0, 12)));
        }
        part.moveTo(m_place.whole(file));
    }
};

// Of what is in the cache, without asking anyone.
FetchedModel offlineModel(const trainer::ModelName& name, const fs::path& to, const HubSettings& settings)
{
    const auto commit = trainer::cachedCommit(settings.cache, name);
    if (!commit || !to.empty())
        throw FetchError(
            message(NABIZ_TEXT("Message",
                        "%1 cannot be fetched while HF_HUB_OFFLINE is set: unset it, or take what the cache has (nabiz "
                        "weights list)."),
                name.text()));
    FetchedModel model { .name = name, .commit = *commit, .wasAsked = false };
    model.folder = trainer::cachedModelFolder(settings.cache, name.repo) / "snapshots" / *commit;
    if (const trainer::Message reason = trainer::missingModelFile(model.folder); !reason.empty())
        throw FetchError(message(NABIZ_TEXT("Message", "%1 is not whole in the cache, and HF_HUB_OFFLINE is set: %2"),
            name.text(), reason.english()));
    for (const fs::directory_entry& entry : fs::directory_iterator(model.folder))
        model.files.push_back(
            { .name = entry.path().filename().string(), .bytes = static_cast<std::int64_t>(entry.file_size()) });
    std::ranges::sort(model.files, {}, &FetchedFile::name);
    return model;
}

} // namespace

FetchedModel fetchModel(const trainer::ModelName& name, const fs::path& to, const HubSettings& settings,
    const FetchListener& listener, std::stop_token stop)
{
    if (settings.cache.empty() && to.empty())
        throw TrainError(TrainErrorKind::BadInput,
            message(NABIZ_TEXT("Message", "There is no home folder for the cache: set HF_HOME, or give --to DIR.")));
    if (settings.isOffline)
        return offlineModel(name, to, settings);
    return Fetch(settings, listener, stop).run(name, to);
}

} // namespace nabiz::app
