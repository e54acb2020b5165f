// SPDX-License-Identifier: GPL-3.0-or-later
// Every figure of a report is stored, or comes out of what is stored by arithmetic that is done here again, in the
// plainest way. Runs of many kinds are generated, their pages parsed, and each number is looked up.
#include "app/report/memory_figures.h"
#include "app/report/observations.h"
#include "app/report/report.h"
#include "app/run/run_controller.h"
#include "trainer/estimate/memory_estimate.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <random>

using namespace nabiz;
using trainer::Metric;

namespace {

struct Made {
    storage::RunId id = 0;
    std::vector<double> batch, time, loss, held, peak;
    std::map<double, double> validation; // by batch
    std::vector<std::string> words; // every text that was stored
    bool gpu = false;
};

double medianOf(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    std::sort(values.begin(), values.end());
    const auto n = values.size();
    return n == 0 ? 0 : n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

std::vector<double> part(const std::vector<double>& values, std::size_t first, std::size_t last)
{
    return { values.begin() + std::ptrdiff_t(first), values.begin() + std::ptrdiff_t(last) };
}

// Numbers of a text, as they stand in it. Part of a word (fp16, t4) is none.
QStringList numbersIn(const QString& text)
{
    static const QRegularExpression number("(?<![\\p{L}\\d_.,])[-−+]?\\d+(?:[.,]\\d+)*(?:e[-+]?\\d+)?(?![\\p{L}\\d_])");
    QStringList found;
    for (auto it = number.globalMatch(text); it.hasNext();)
        found << it.next().captured();
    return found;
}

// Of data/figures.csv: label, and the values of two runs, which are NaN where there is none.
std::map<QString, std::array<double, 2>> exactFigures(const app::Report& report)
{
    std::map<QString, std::array<double, 2>> figures;
    for (const auto& [name, text] : report.texts) {
        if (name != "data/figures.csv")
            continue;
        static const QRegularExpression line(
            "^(?:\"([^\"]*)\"|([^,\"\n]*)),([^,\n]*),([^,\n]*)$", QRegularExpression::MultilineOption);
        for (auto it = line.globalMatch(QString::fromStdString(text)); it.hasNext();) {
            const auto match = it.next();
            bool isNumber[2];
            std::array values { match.captured(3).toDouble(&isNumber[0]), match.captured(4).toDouble(&isNumber[1]) };
            for (const int i : { 0, 1 })
                values[std::size_t(i)] = isNumber[i] ? values[std::size_t(i)] : std::nan("");
            if (isNumber[0] || isNumber[1])
                figures[match.captured(1) + match.captured(2)] = values;
        }
    }
    return figures;
}

// 16 min 27 s, 0.930 GB, 2.97 @ 30: its number is the value, rounded to the digits that are shown.
bool isShownAs(QString cell, double value)
{
    cell.remove("**");
    if (!std::isfinite(value))
        return cell.startsWith(u'–') || cell.startsWith("nan") || cell.contains("inf");
    static const QRegularExpression parts("^(?:(\\d+) h (\\d+) min|(\\d+) min (\\d+) s|([-\\d.e+]+)( GB)?)");
    const auto match = parts.match(cell);
    const auto at = [&match](int i) { return match.captured(i).toDouble(); };
    if (!match.captured(1).isEmpty()) // whole minutes, of whole seconds
        return std::floor(std::round(value) / 60) == at(1) * 60 + at(2);
    if (!match.captured(3).isEmpty())
        return std::round(value) == at(3) * 60 + at(4);
    const double unit = match.captured(6).isEmpty() ? 1 : 1e9;
    const auto digits = match.captured(5).section(u'e', 0, 0).section(u'.', 1).size();
    const double half = 0.5 * std::pow(10, match.captured(5).section(u'e', 1).toDouble() - double(digits));
    return match.hasMatch() && std::abs(at(5) - value / unit) <= half * 1.0001;
}

} // namespace

class ReportFiguresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFigure_data();
    void everyFigure();
    void everyFigureOfAComparison_data();
    void everyFigureOfAComparison();
    void observationsFollowTheirRules_data();
    void observationsFollowTheirRules();

private:
    void lookUp(const QString& page, const app::ReportText& text, const std::set<double>& set, const QString& names);
    Made make(storage::Recorder& recorder, std::uint32_t seed);
    std::set<double> known(const Made& made, const storage::RunStore& store);

    const trainer::PresetStore m_presets { {} };
};

Made ReportFiguresTest::make(storage::Recorder& recorder, std::uint32_t seed)
{
    std::mt19937 random(seed);
    const auto draw
        = [&](double low, double high) { return std::uniform_real_distribution<double>(low, high)(random); };
    Made made;
    made.gpu = seed % 2 == 0;
    const auto preset = seed % 3 == 0 ? "t4-as-run" : "quick";
    auto config = m_presets.load(preset).config;
    config.set("training.learning_rate", trainer::Value(float(draw(1e-5, 1e-2)) * 1.0));
    config.set("hardware.device", trainer::Value(std::string("cpu")));
    config.set("language.stand_in", trainer::Value(std::string("hidden=64,layers=2")));
    storage::Run run { .name = "run " + std::to_string(seed),
        .preset = preset,
        .command = "nabiz train " + std::string(preset),
        .seed = std::int64_t(seed) };
    std::vector<storage::Parameter> parameters;
    for (const auto& row : trainer::parameterTable())
        parameters.push_back(
            { std::string(row.key), trainer::toYaml(config.value(row.key)), trainer::toYaml(config.value(row.key)) });
    made.id = recorder.addRun(run, parameters);
    recorder.setStatus(made.id, storage::RunStatus::Running);
    recorder.setPrepared(
        made.id, parameters, { { "cpu", "One of 12 cores" }, { "device", "cpu" }, { "data.bytes", "307000" } }, 900);

    const auto batches = std::size_t(draw(1, 1400));
    const double floor = draw(0.0001, 2), speed = draw(10, 400), noise = draw(0, 0.2), growth = seed % 4 == 1 ? 2e6 : 0;
    double time = 0;
    auto stream = recorder.openStream(made.id, app::recordedMetrics(config));
    for (std::size_t batch = 0; batch < batches; ++batch) {
        if (seed % 5 == 2 && batch == batches / 2) { // resumed
            recorder.closeStream(made.id);
            stream = recorder.openStream(made.id, app::recordedMetrics(config));
        }
        time += seed % 7 == 3 && batch == batches / 3 ? 400 : draw(0.4, 0.6);
        double loss = float((6 * std::exp(-double(batch) / speed) + floor) * (1 + noise * draw(-1, 1)));
        if (seed % 3 == 1 && batch % 97 == 96)
            loss = float(loss * 9);
        if (seed % 6 == 5 && batch + 3 > batches)
            loss = std::numeric_limits<double>::quiet_NaN();
        const double held = std::floor(9e8 + growth * double(batch));
        std::vector<std::uint16_t> metrics { std::uint16_t(Metric::Loss), std::uint16_t(Metric::TokensPerSecond),
            std::uint16_t(Metric::BatchSeconds),
            std::uint16_t(made.gpu ? Metric::MemoryAllocated : Metric::MemoryProcess) };
        std::vector<double> values { loss, 500, 0.5, held };
        if (made.gpu) {
            metrics.push_back(std::uint16_t(Metric::MemoryPeak));
            values.push_back(held + 3e8);
        }
        if (seed % 2 == 1 && batch % 40 == 39) {
            metrics.push_back(std::uint16_t(Metric::ValLoss));
            made.validation[double(batch)] = float(loss + 0.0001 * double(batch));
            values.push_back(made.validation[double(batch)]);
        }
        stream->append(std::int64_t(batch), time, metrics, values);
        made.batch.push_back(double(batch));
        made.time.push_back(time);
        made.loss.push_back(loss);
        made.held.push_back(held);
        made.peak.push_back(made.gpu ? held + 3e8 : held);
    }
    recorder.closeStream(made.id);
    recorder.setStatus(made.id, seed % 6 == 5 ? storage::RunStatus::Diverged : storage::RunStatus::Finished);
    recorder.flush();
    return made;
}

// All numbers that may stand in the page, apart from those of stored texts and of fixed sentences.
std::set<double> ReportFiguresTest::known(const Made& made, const storage::RunStore& store)
{
    const auto& loss = made.loss;
    const std::size_t n = loss.size();
    std::set<double> set { double(n), double(made.id), 900, 20, double(std::min<std::size_t>(20, n)), 500,
        made.time.back() };
    const auto run = store.run(made.id)->run;
    for (const auto& parameter : store.parameters(made.id)) {
        for (const auto& number : numbersIn(QString::fromStdString(parameter.declared + " " + parameter.applied)))
            set.insert(number.toDouble());
    }
    set.insert(double(store.parameters(made.id).size()));
    const auto base = m_presets.load(run.preset).config;
    double changed = 0;
    for (const auto& parameter : store.parameters(made.id)) {
        const auto before = trainer::toYaml(base.value(parameter.key));
        changed += before != parameter.declared ? 1 : 0;
        for (const auto& number : numbersIn(QString::fromStdString(before)))
            set.insert(number.toDouble());
    }
    set.insert(changed);
    for (const auto& [key, fact] : run.facts)
        for (const auto& number : numbersIn(QString::fromStdString(fact)))
            set.insert(number.toDouble());
    set.insert({ double(run.seed), 307 }); // kB of text
    const double accumulation = base.integer("training.gradient_accumulation_steps") * 1.0;
    set.insert(std::ceil(double(n) / accumulation));

    // Losses: of the batches of the table, and figures over all.
    const double scale[] = { 50, 100, 250, 500, 750 };
    std::vector<double> shown { 0, double(n - 1) };
    for (const double power : { 0.1, 1.0, 10.0 })
        for (const double step : scale)
            shown.push_back(step * power);
    for (const double reported : { 0, 50, 100, 250, 500, 750 })
        shown.push_back(reported);
    for (const double batch : shown) {
        set.insert(batch);
        if (batch < double(n) && batch == std::floor(batch))
            set.insert(loss[std::size_t(batch)]);
    }
    std::vector<double> finite = loss;
    std::erase_if(finite, [](double value) { return !std::isfinite(value); });
    const auto best = std::min_element(
        loss.begin(), loss.end(), [](double a, double b) { return std::isfinite(a) && (!std::isfinite(b) || a < b); });
    set.insert(*best);
    set.insert(double(best - loss.begin()));
    double mean = 0;
    for (std::size_t i = n - std::min<std::size_t>(20, n); i < n; ++i)
        mean += loss[i] / double(std::min<std::size_t>(20, n));
    set.insert(mean);
    const auto notFinite = double(n - finite.size());
    set.insert(notFinite);
    for (std::size_t i = 0; i < n; ++i) {
        if (!std::isfinite(loss[i])) {
            set.insert(double(i));
            break;
        }
    }
    if (!made.validation.empty()) {
        double bestBatch = 0, bestValue = 1e300;
        for (const auto& [batch, value] : made.validation) {
            if (std::isfinite(value) && value < bestValue) {
                bestValue = value;
                bestBatch = batch;
            }
        }
        const double last = made.validation.rbegin()->second;
        set.insert({ bestBatch, bestValue, last, 100 * (last / bestValue - 1) });
    }

    // Memory in GB, and times.
    double peak = 0;
    for (const double bytes : made.peak)
        peak = std::max(peak, bytes);
    const auto half = n / 2, fifth = (n - half) / 5;
    for (const double bytes : { peak, medianOf(part(made.held, half, n)), medianOf(part(made.held, half, half + fifth)),
             medianOf(part(made.held, n - fifth, n)) })
        set.insert(bytes / 1e9);
    set.insert(double(half));
    trainer::Config config;
    for (const auto& parameter : store.parameters(made.id))
        config.set(parameter.key, trainer::parseOverride(parameter.key + "=" + parameter.applied).value);
    const double predicted = double(trainer::estimateMemory(config, {}).totalBytes());
    set.insert(predicted / 1e9);
    set.insert(100 * std::abs(peak / predicted - 1));
    const auto addDuration = [&](double seconds) {
        const auto whole = std::llround(seconds);
        set.insert(
            { seconds, double(whole / 60), double(whole % 60), double(whole / 3600), double(whole % 3600 / 60) });
    };
    addDuration(made.time.back());
    for (std::size_t i = 1; i < n; ++i) {
        if (made.time[i] - made.time[i - 1] > 30) {
            addDuration(made.time[i] - made.time[i - 1]);
            set.insert(double(i));
        }
    }
    for (const auto& segment : store.segments(made.id))
        set.insert({ double(segment.firstBatch), double(segment.number) });

    // The course of the loss: medians of twentieths.
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < n; ++i) {
        if (std::isfinite(loss[i]))
            at.push_back(i);
    }
    if (at.size() >= 40) {
        std::vector<double> medians;
        for (std::size_t w = 0; w < 20; ++w) {
            const auto first = at[w * at.size() / 20], last = at[(w + 1) * at.size() / 20 - 1];
            medians.push_back(medianOf(part(loss, first, last + 1)));
            set.insert({ double(first), double(last), medians.back() });
        }
        set.insert({ 100 * std::abs(medians[19] / medians[14] - 1), 5 });
        double spikes = 0, worst = 0;
        for (std::size_t i = 50; i < n; ++i) {
            const auto block = 50 + (i - 50) / 25 * 25;
            const double median = medianOf(part(loss, block - 50, block));
            auto distances = part(loss, block - 50, block);
            std::erase_if(distances, [](double value) { return !std::isfinite(value); });
            for (double& value : distances)
                value = std::abs(value - median);
            std::sort(distances.begin(), distances.end());
            const double limit = std::max(1.5 * median, median + 12 * distances[distances.size() / 2]);
            if (!std::isfinite(loss[i]) || loss[i] <= limit)
                continue;
            ++spikes;
            if (loss[i] / median > worst) {
                worst = loss[i] / median;
                set.insert({ double(i), loss[i], worst });
            }
        }
        set.insert(spikes);
    }
    return set;
}

void ReportFiguresTest::everyFigure_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 16; ++seed)
        QTest::newRow(std::to_string(seed).c_str()) << seed;
}

void ReportFiguresTest::everyFigure()
{
    QFETCH(int, seed);
    const QTemporaryDir folder;
    const auto file = folder.filePath("runs.db").toStdString();
    storage::Recorder recorder(file);
    const auto made = make(recorder, std::uint32_t(seed));
    const storage::RunStore store(file);
    const auto set = known(made, store);
    for (const char* language : { "en", "tr" }) {
        const app::ReportText text(language);
        lookUp(QString::fromStdString(app::makeReport(
                   app::readRuns(store, m_presets, { made.id }), text, { .database = "d", .version = "v" })
                                          .markdown),
            text, set, QStringLiteral("run %1").arg(seed));
    }
}

// Each number of the page is in the set, as near as its digits say, or stands in a fixed sentence or a name.
void ReportFiguresTest::lookUp(
    const QString& original, const app::ReportText& text, const std::set<double>& set, const QString& names)
{
    QString fixed = names + u' ';
    for (const auto& [key, sentence] : text.texts())
        fixed += QString::fromStdString(sentence).remove(QRegularExpression("%[1-9]")) + u' ';
    QSet<QString> allowed;
    for (const auto& number : numbersIn(fixed))
        allowed.insert(number);
    for (const double reported : { 6.3347, 0.2715, 0.0078, 0.0021, 0.0007, 0.0004 })
        allowed << QString::number(reported) << QString::number(reported).replace(u'.', u',');
    allowed << QStringLiteral("1.200") << QStringLiteral("1,200");
    QString page = original;
    page.remove(QRegularExpression(
        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\(UTC[-+:\\d]+\\)")); // stored in ms, tested elsewhere
    int looked = 0;
    for (QString number : numbersIn(page)) {
        ++looked;
        if (allowed.contains(number))
            continue;
        number.replace(u'−', u'-').replace(u',', u'.');
        const double value = number.toDouble();
        const auto mantissa = number.section(u'e', 0, 0);
        const auto decimals = mantissa.contains(u'.') ? mantissa.section(u'.', 1).size() : 0;
        const double half = 0.5 * std::pow(10, -double(decimals)) * std::pow(10, number.section(u'e', 1).toDouble());
        const bool isKnown = std::any_of(set.begin(), set.end(), [&](double one) {
            return std::abs(one - value) <= half * 1.0001 + std::abs(one) * (decimals == 0 ? 0 : 2e-7);
        });
        QVERIFY2(isKnown, qPrintable(QStringLiteral("%1\n%2").arg(number, original.left(9000))));
    }
    QVERIFY(looked > 60);
}

void ReportFiguresTest::everyFigureOfAComparison_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 8; ++seed)
        QTest::newRow(std::to_string(seed).c_str()) << seed;
}

// The change in parentheses is that of the two exact values of its row, which its cells show; the rest comes out of the
// points of the two runs.
void ReportFiguresTest::everyFigureOfAComparison()
{
    QFETCH(int, seed);
    const QTemporaryDir folder;
    const auto file = folder.filePath("runs.db").toStdString();
    storage::Recorder recorder(file);
    const Made runs[] = { make(recorder, std::uint32_t(seed)), make(recorder, std::uint32_t(seed + 2)) };
    const storage::RunStore store(file);
    std::set<double> set;
    for (const Made& run : runs) {
        set.merge(known(run, store));
        const Made& other = &run == &runs[0] ? runs[1] : runs[0];
        if (other.loss.size() <= run.loss.size()) // the table shows each run's own last batch of both
            set.insert(run.loss[other.loss.size() - 1]);
        for (std::size_t i = 0; i < run.loss.size();
             ++i) { // running means of 20, which a wrong figure would miss by its digits
            double mean = 0;
            const std::size_t count = std::min<std::size_t>(20, i + 1);
            for (std::size_t j = i + 1 - count; j <= i; ++j)
                mean += run.loss[j] / double(count);
            const auto whole = std::llround(run.time[i]);
            set.insert({ mean, double(i), run.time[i], double(whole / 60), double(whole % 60) });
        }
        for (const auto& [batch, value] : run.validation)
            set.insert(value);
        set.insert({ 0.5, double(run.loss.size()) });
    }
    // How much sooner: batches from 1, one over the other.
    const auto made = app::makeReport(app::readRuns(store, m_presets, { runs[0].id, runs[1].id }),
        app::ReportText("en"), { .database = "d", .version = "v" });
    QString page = QString::fromStdString(made.markdown);
    static const QRegularExpression times("([\\d.e+-]+) times (sooner|later)");
    for (auto it = times.globalMatch(page); it.hasNext();)
        QVERIFY(it.next().captured(1).toDouble() >= 1);
    page.remove(times);
    const auto exact = exactFigures(made);
    for (const auto& [label, values] : exact) // none of which is only in the file
        for (const double value : values)
            QVERIFY2(!std::isfinite(value)
                    || std::any_of(set.begin(), set.end(),
                        [&](double one) {
                            return std::abs(one * (label.contains("memory, peak") ? 1e9 : 1) - value)
                                <= 1e-6 * std::abs(value);
                        }),
                qPrintable(QStringLiteral("%1: %2").arg(label).arg(value, 0, 'g', 17)));
    static const QRegularExpression row(
        "^\\| *([^|]*?) *\\| *([^|]*?) *\\| *([^|]*?)(?: \\(([+−]\\d+) %\\))?(?:\\*\\*)? *\\|$",
        QRegularExpression::MultilineOption);
    int changes = 0;
    for (auto it = row.globalMatch(page); it.hasNext();) {
        const auto match = it.next();
        const auto found = exact.find(match.captured(1));
        if (found == exact.end()) {
            QVERIFY2(match.captured(4).isEmpty(), qPrintable(match.captured()));
            continue;
        }
        const double first = found->second[0], second = found->second[1];
        for (const int cell : { 2, 3 })
            QVERIFY2(
                isShownAs(match.captured(cell), found->second[std::size_t(cell - 2)]), qPrintable(match.captured()));
        if (match.captured(4).isEmpty())
            continue;
        const double change = 100 * (second / first - 1);
        QVERIFY2(
            std::abs(change - match.captured(4).replace(u'−', u'-').toDouble()) < 0.5001, qPrintable(match.captured()));
        ++changes;
    }
    const bool isOneText = (seed % 3 == 0) == ((seed + 2) % 3 == 0); // else losses have no change
    QVERIFY2(changes > (isOneText ? 2 : 0), qPrintable(page.left(4000)));
    page.remove(QRegularExpression(" \\([+−]\\d+ %\\)"));
    lookUp(page, app::ReportText("en"), set, QStringLiteral("run %1 run %2").arg(seed).arg(seed + 2));
}

void ReportFiguresTest::observationsFollowTheirRules_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("said");
    QTest::newRow("falling") << "falling" << "The loss was still falling at the end: its median is ";
    QTest::newRow("rising") << "rising" << "The loss was rising at the end: its median is ";
    QTest::newRow("flat") << "flat" << "The loss has been flat since about batch 200: ";
    QTest::newRow("rebound") << "rebound"
                             << "The loss came up again: its median is 3 at the end, and was 1 over batches ";
    QTest::newRow("spike") << "spike" << "1 loss stands out: 9 at batch 300, 9 times the median of those before it.";
    QTest::newRow("no spike") << "flat" << "No loss stands out above those before it.";
    QTest::newRow("not finite") << "nan" << "3 losses were not finite numbers, the first at batch 100.";
    QTest::newRow("memory grows") << "growing" << "Memory grew over the second half: from 1.";
    QTest::newRow("memory steady") << "flat" << "Memory was steady over the second half: 1.000 GB from batch 200 on.";
    QTest::newRow("standstill") << "gap" << "The run stood still once, for 1 min 40 s before batch 250.";
    QTest::newRow("uninterrupted") << "flat" << "The run went through without an interruption.";
    QTest::newRow("short") << "short" << "There are too few batches";
}

void ReportFiguresTest::observationsFollowTheirRules()
{
    QFETCH(QString, kind);
    QFETCH(QString, said);
    app::ReportRun run;
    run.overview.run.status = kind == "short" ? storage::RunStatus::Running : storage::RunStatus::Finished;
    run.overview.summary.medianBatchSeconds = 1;
    auto loss = std::make_unique<ui::RunSeries>("loss", "nats");
    auto held = std::make_unique<ui::RunSeries>("memory.process", "bytes");
    double time = 0;
    for (int batch = 0; batch < (kind == "short" ? 20 : 400); ++batch) {
        double value = batch < 200 ? 6 - batch * 0.02 : 1; // flat from 200 on
        if (kind == "falling")
            value = 6 * std::exp(-batch / 100.0);
        else if (kind == "rising")
            value = 1 + batch * 0.01;
        else if (kind == "rebound")
            value = batch < 200 ? 1 : 3;
        else if (kind == "spike" && batch == 300)
            value = 9;
        else if (kind == "nan" && batch >= 100 && batch < 103)
            value = std::nan("");
        time += kind == "gap" && batch == 250 ? 100 : 1;
        loss->append(batch, time, value);
        held->append(batch, time, kind == "growing" ? 1e9 + 1e6 * batch : 1e9);
    }
    run.series["loss"] = std::move(loss);
    if (kind != "short")
        run.series["memory.process"] = std::move(held);
    const app::ReportText text("en");
    QString all;
    for (const auto& sentence : app::observe(run, text))
        all += QString::fromStdString(sentence) + u'\n';
    if (kind == "short") {
        QVERIFY2(all.isEmpty(), qPrintable(all));
        return;
    }
    QVERIFY2(all.contains(said), qPrintable(all));
    QCOMPARE(all.contains("still falling"), kind == "falling");
    QCOMPARE(all.contains("was rising"), kind == "rising");
    QCOMPARE(all.contains("came up again"), kind == "rebound" || kind == "rising");
    QCOMPARE(all.contains("stands out:"), kind == "spike");
    QCOMPARE(all.contains("Memory grew"), kind == "growing");
    QCOMPARE(all.contains("stood still"), kind == "gap");
}

QTEST_GUILESS_MAIN(ReportFiguresTest)
#include "tst_report_figures.moc"
