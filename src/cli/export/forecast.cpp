#include "forecast.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "estimate.hpp"
#include "progress_line.hpp"
#include "times.hpp"

namespace fathom::cli {

using namespace std::chrono;

namespace {

/// The week before today, or as many days as one report by the hour takes; of months, one whole month more.
Days sample_of(DateGrouping by, local_days today) {
    return {.first = today - days{by == DateGrouping::month ? 31 : 7}, .last = today - days{1}};
}

class Forecaster {
public:
    Forecaster(const Client& client, const ExportStore& store, const ExportSettings& settings)
        : client_(client), store_(store), settings_(settings) {}

    [[nodiscard]] ForecastHistory of(const ExportSubject& subject) const {
        ForecastHistory made{.subject = subject, .is_estimate = !settings_.question.fields.empty()};
        const ExportInquiry inquiry{
            .client = client_, .subject = subject, .question = settings_.question, .call = settings_.call};
        const TimeZone zone = zone_of(inquiry).get().value();
        const local_days today{zone.date_at(floor<seconds>(settings_.now()))};
        const WantedDays wanted = days_for(subject, settings_.days, store_, today);
        const auto found = store_.places().find(subject);
        const StoredPlace* const stored = found == store_.places().end() ? nullptr : &found->second;
        Foreknowledge known{.months = months_of(inquiry).get().value()};
        if (known.months.empty()) return made;
        if (made.is_estimate) {
            known.rows_per_count = rows_per_count(inquiry, sample_of(settings_.question.by, today)).get().value();
        }
        local_days first = wanted.first.value_or(known.months.front().month);
        if (stored != nullptr) first = stored->begin;
        ExportPlan plan = plan_of(settings_.question.by, first, wanted, stored, today);
        if (stored != nullptr && plan.settled) {
            plan.settled->first = floor<days>(stored->settled_until);
            if (plan.settled->first > plan.settled->last) plan.settled.reset();
        }
        if (stored == nullptr && !wanted.first) ++made.requests;        // for the first visit
        if (plan.recent && plan.recent->last == today) ++made.requests; // for the bucket that is not over
        for (const std::optional<Days>& part : {plan.settled, plan.recent}) {
            if (!part) continue;
            made.requests += requests_for(*part, settings_.question.by, known);
            made.days = made.days ? Days{made.days->first, part->last} : *part;
        }
        return made;
    }

private:
    AsyncClient client_;
    const ExportStore& store_;
    const ExportSettings& settings_;
};

std::string requests_in_words(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " request" : " requests");
}

} // namespace

std::vector<ForecastHistory> forecast(const Client& client, const ExportStore& store, const ExportSettings& settings,
                                      const std::vector<ExportSubject>& subjects) {
    const Forecaster forecaster(client, store, settings);
    std::vector<ForecastHistory> histories;
    histories.reserve(subjects.size());
    for (const ExportSubject& subject : subjects) histories.push_back(forecaster.of(subject));
    return histories;
}

std::vector<std::string> forecast_columns(bool is_about_events) {
    std::vector<std::string> columns{"site_id", "event", "from", "to", "requests"};
    if (!is_about_events) columns.erase(columns.begin() + 1);
    return columns;
}

void show_forecast(const Session& session, const std::vector<ForecastHistory>& histories, const Quota& quota) {
    const bool is_about_events =
        std::ranges::any_of(histories, [](const auto& history) { return !history.subject.event.empty(); });
    Listing listing{.columns = forecast_columns(is_about_events)};
    std::int64_t requests = 0;
    bool is_estimate = false;
    for (const ForecastHistory& history : histories) {
        Record& record = listing.records.emplace_back(Record{{"site_id", history.subject.site}});
        if (!history.subject.event.empty()) record["event"] = history.subject.event;
        if (history.days) {
            record["from"] = text_of(history.days->first);
            record["to"] = text_of(history.days->last);
        }
        record["requests"] = history.requests;
        requests += history.requests;
        is_estimate = is_estimate || history.is_estimate;
    }
    session.show(listing);
    const GroupQuota& reports = quota.reports;
    const auto sent = static_cast<std::int64_t>(reports.requests_sent + quota.resources.requests_sent);
    session.say((is_estimate ? "About " : "") + requests_in_words(requests) + " at " +
                std::to_string(reports.pace.requests) +
                " a minute, each billed like one pageview: " + words_for(time_for(requests, reports)) +
                ". Nothing was written; to tell this took " + requests_in_words(sent) + ".");
}

} // namespace fathom::cli
