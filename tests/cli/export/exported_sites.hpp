/// @file
/// Exports from the emulator in virtual time: the limit costs no waiting, and days pass when a test says so.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <unistd.h>

#include <fathom/client.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include "cli/export/run.hpp"
#include "cli/export/store.hpp"
#include "exported_rows.hpp"

namespace fathom::cli {

/// A transport in virtual time whose answers are an emulator's.
class EmulatorInVirtualTime {
public:
    explicit EmulatorInVirtualTime(const testing::Emulator& emulator)
        : base_(emulator.base_url()), client_(options_for(emulator)) {
        transport->respond_with([this](const HttpRequest& request) { return answer(request); });
    }

    std::shared_ptr<testing::ScriptedTransport> transport = std::make_shared<testing::ScriptedTransport>();

private:
    static ClientOptions options_for(const testing::Emulator& emulator) {
        ClientOptions options = testing::client_options(emulator);
        options.limits.reports.requests = 100'000;
        return options;
    }
    static std::string decoded(const std::string& text) {
        std::string plain;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '%') {
                plain += text[i];
                continue;
            }
            plain += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
            i += 2;
        }
        return plain;
    }
    [[nodiscard]] RawRequest raw(const HttpRequest& request) const {
        const std::string target = request.url.substr(base_.size());
        const std::size_t mark = target.find('?');
        RawRequest made{.method = request.method, .path = target.substr(0, mark)};
        for (std::size_t at = mark; at < target.size();) {
            const std::size_t end = std::min(target.find('&', at + 1), target.size());
            const std::string pair = target.substr(at + 1, end - at - 1);
            const std::size_t equals = pair.find('=');
            made.query.emplace_back(decoded(pair.substr(0, equals)), decoded(pair.substr(equals + 1)));
            at = end;
        }
        return made;
    }
    [[nodiscard]] testing::ScriptedAnswer answer(const HttpRequest& request) const {
        const HttpResponse response = client_.request(raw(request)).value();
        return {.status = response.status, .body = response.body, .latency = std::chrono::milliseconds{100}};
    }

    std::string base_;
    Client client_;
};

class ExportedSites : public ::testing::Test {
protected:
    using Clock = std::chrono::system_clock;
    static constexpr std::chrono::sys_days today{std::chrono::year{2026} / 6 / 15};

    ExportedSites() {
        std::filesystem::create_directories(folder);
        set_now(today + std::chrono::hours{12});
    }
    ~ExportedSites() override { std::filesystem::remove_all(folder); }

    void set_now(std::chrono::sys_seconds now) {
        emulator.set_now(now);
        service.transport->set_calendar(now);
    }
    void add_site(const std::string& id) { emulator.add_site({.id = id, .name = id, .timezone = "UTC"}); }
    void add(const std::string& site, std::chrono::sys_seconds at, const std::string& path, std::int64_t pageviews) {
        emulator.add_pageviews(site, {{.at = at, .traits = {.pathname = path}, .pageviews = pageviews}});
    }
    /// Twelve visits a day, at so many paths each.
    void add_days(const std::string& site, std::chrono::sys_seconds first, int count, int paths) {
        std::vector<testing::EmulatedPageviews> visits;
        for (int day = 0; day < count; ++day) {
            for (int hour = 0; hour < 24; hour += 2) {
                for (int path = 0; path < paths; ++path) {
                    visits.push_back({.at = first + std::chrono::days{day} + std::chrono::hours{hour},
                                      .traits = {.pathname = "/" + std::to_string(path)},
                                      .pageviews = path + 1});
                }
            }
        }
        emulator.add_pageviews(site, visits);
    }

    static ExportQuestion by(DateGrouping grouping) {
        return {.by = grouping, .metrics = {"pageviews"}, .fields = {"pathname"}};
    }
    [[nodiscard]] ExportSettings settings(const ExportQuestion& question) const {
        return {.question = question, .days = named_days, .now = [transport = service.transport] {
                    return transport->calendar_now();
                }};
    }
    /// A transport serves one client, which is why there is one.
    [[nodiscard]] const Client& client() const { return client_; }
    /// One run of the program.
    std::vector<ExportedHistory> run(
        ExportFormat format, const ExportQuestion& question, const std::vector<std::string>& sites,
        const ExportWatch& watch = [](const HistoryProgress&) { return true; }) {
        const auto store = open_store(format, file(format), question);
        store->prepare();
        std::vector<ExportSubject> subjects;
        for (const std::string& site : sites) subjects.push_back({.site = site});
        return ExportRun(client(), *store, settings(question)).run(subjects, watch);
    }
    [[nodiscard]] std::filesystem::path file(ExportFormat format) const {
        return folder / ("file" + std::string(ending_of(format)));
    }

    testing::Emulator emulator{{.dialect = testing::Dialect::live,
                                .sample_data = testing::SampleData::none,
                                .now = today + std::chrono::hours{12},
                                .limits = {.enforced = false}}};
    EmulatorInVirtualTime service{emulator};
    Client client_{{.api_key = emulator.api_key(), .base_url = emulator.base_url(), .transport = service.transport}};
    ReportOptions named_days{}; ///< Of the command line.
    const std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) / ("fathom_export_" + std::to_string(::getpid()));
};

} // namespace fathom::cli
