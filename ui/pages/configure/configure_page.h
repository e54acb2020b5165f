// SPDX-License-Identifier: GPL-3.0-or-later
// Configure: a preset as form and as YAML, what its edits come to, and Start.
// GUI thread.
#pragma once

#include "trainer/config/presets/preset_store.h"
#include "trainer/validation/draft_check.h"
#include "trainer/validation/validation.h"
#include "ui/pages/page_widget.h"
#include "ui/requests/weights_progress.h"

#include <memory>
#include <optional>

namespace nabiz::ui {

class ConfigureDraft;
class ConfigureForm;
class ConfigureHeader;
class ConfigureSide;
class DraftSamples;
class PresetText;
class RunCatalog;
class SamplesCard;
class WeightsFetch;

class ConfigurePage : public PageWidget {
    Q_OBJECT
public:
    ConfigurePage(
        RunCatalog& catalog, const trainer::PresetStore& presets, trainer::Machine machine, QWidget* parent = nullptr);
    ~ConfigurePage() override;

    // A preset by its name or file; a file of text, by its whole path, becomes what the draft trains on.
    void open(const QString& nameOrPath);
    // Loads a run's settings as soon as its detail is there.
    void editAsNew(qint64 run, const Changes& changes = {});
    void setActiveRun(storage::RunId run) override;
    DraftSamples& samples() const { return *m_samples; }
    WeightsFetch& weights() const;
    // Who looks at the disk for the draft; see ConfigureDraft.
    void setDraftChecker(trainer::DraftChecker checker);
    // Starts, when nothing stands against it; else brings the first reason to sight. While the disk is being read it
    // starts as soon as that has answered, unless the settings are changed meanwhile.
    bool start(int seeds = 1, bool queue = false);
    // Drafts, what was typed for the next run, and which view of it is open.
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    void setDatabase(const QString& file);

Q_SIGNALS:
    void noticeRaised(const QString& sentence, bool isError);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void assemble();
    void connectParts();
    void onDetailLoaded(qint64 run);
    void onDraftChanged();
    void onDraftChecked();
    void showYaml(bool yaml);
    void showProblem(const trainer::Problem& problem);
    void save();
    void onWeightsEnd(const WeightsEnd& end);

    RunCatalog& m_catalog;
    std::unique_ptr<ConfigureDraft> m_draft;
    ConfigureHeader* m_header;
    ConfigureForm* m_form;
    PresetText* m_yaml;
    SamplesCard* m_samplesCard;
    DraftSamples* m_samples;
    ConfigureSide* m_side;
    QWidget* m_formArea = nullptr;
    QWidget* m_sideArea = nullptr;
    Changes m_awaitedChanges; // of its settings
    qint64 m_awaitedRun = 0;
    struct AwaitedStart {
        trainer::Config config;
        int seeds;
        bool queue;
    };
    std::optional<AwaitedStart> m_awaitedStart; // of what is still being read
    std::optional<trainer::Config> m_startsWithWeights; // as soon as they are fetched
};

} // namespace nabiz::ui
