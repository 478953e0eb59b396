#include "run.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <fathom/rate_limit.hpp>

#include "../exit_code.hpp"
#include "estimate.hpp"

namespace fathom::cli {

using namespace std::chrono;

namespace {

/// As many as can be requested at once; more would only wait for the limit, each with its own deadline.
constexpr std::size_t side_by_side = RateLimits{}.reports.requests;

/// Whether the library refuses to go on at the place that is in the file. All else that such a place depends on is in the
/// file too, and was compared.
bool is_of_another_zone(const Error& error) {
    return error.kind == ErrorKind::invalid_argument && !error.fields.empty() &&
           error.fields.front().field == "resume_from";
}

} // namespace

OtherZone::OtherZone(const ExportSubject& subject)
    : std::runtime_error("the site " + subject.site +
                         " has another time zone than when its rows were fetched, and days of two zones do not fit "
                         "together; name another file, or with --timezone the zone of a file that was made with it") {}

ExportRun::ExportRun(const Client& client, ExportStore& store, ExportSettings settings)
    : turns_(queue_, side_by_side), client_(client, [this](const std::function<void()>& task) { queue_.post(task); }),
      store_(store), settings_(std::move(settings)) {
    settings_.call.stop = stop_.get_token();
}

std::vector<ExportedHistory> ExportRun::run(const std::vector<ExportSubject>& subjects, const ExportWatch& watch) {
    for (const ExportSubject& subject : subjects) require_no_gap(subject);
    for (const ExportSubject& subject : subjects) streams_.push_back({.history = {.subject = subject}});
    for (Stream& stream : streams_) stream.outcome = export_history(stream);
    constexpr milliseconds between_looks{50};
    while (!is_over()) {
        queue_.run_for(between_looks);
        if (!watch(progress())) stop_.request_stop();
    }
    std::vector<ExportedHistory> histories;
    for (Stream& stream : streams_) {
        try {
            stream.outcome.get().value();
        } catch (...) {
            stream.history.failure = std::current_exception();
        }
        histories.push_back(std::move(stream.history));
    }
    return histories;
}

/// Before its zone is known: what is refused is so whether the site's day is that of UTC, one before it or one behind.
void ExportRun::require_no_gap(const ExportSubject& subject) const {
    const local_days today{floor<days>(settings_.now().time_since_epoch())};
    std::exception_ptr refusal;
    for (const days from_utc : {days{0}, days{-1}, days{1}}) {
        try {
            static_cast<void>(days_for(subject, settings_.days, store_, today + from_utc));
            return;
        } catch (const UsageError&) {
            if (!refusal) refusal = std::current_exception();
        }
    }
    std::rethrow_exception(refusal);
}

Future<void> ExportRun::export_history(Stream& stream) {
    const ExportInquiry asked = inquiry(stream.history.subject);
    const TimeZone zone = (co_await zone_of(asked)).value();
    const local_days today{zone.date_at(floor<seconds>(settings_.now()))};
    const WantedDays wanted = days_for(stream.history.subject, settings_.days, store_, today);
    stream.history.place = (co_await beginning(stream, asked, wanted)).value();
    if (!stream.history.place) co_return; // nobody has ever come
    const ExportPlan plan =
        plan_of(settings_.question.by, stream.history.place->begin, wanted, &*stream.history.place, today);
    if (plan.settled) (co_await follow(stream, asked, *plan.settled, Permanence::settled)).value();
    if (plan.recent) (co_await follow(stream, asked, *plan.recent, Permanence::recent)).value();
    stream.progress.part_done = 1;
}

/// Where the history begins, and how far the file has it.
Future<std::optional<StoredPlace>> ExportRun::beginning(Stream& stream, ExportInquiry asked, WantedDays wanted) {
    const auto stored = store_.places().find(asked.subject);
    if (stored != store_.places().end()) co_return stored->second;
    StoredPlace place{.is_from_first_visit = !wanted.first};
    if (wanted.first) {
        place.begin = *wanted.first;
    } else {
        const auto turn = co_await turns_.take();
        const std::vector<MonthCount> months = (co_await months_of(asked)).value();
        stream.history.requests = ++stream.requests_before;
        if (months.empty()) co_return std::nullopt;
        place.begin = months.front().month;
    }
    place.settled_until = place.until = place.begin;
    co_return place;
}

Future<void> ExportRun::follow(Stream& stream, ExportInquiry asked, Days wanted, Permanence permanence) {
    const bool stays = permanence == Permanence::settled;
    const NextPiece next = pieces_of(asked, wanted, stays ? stream.history.place->place : std::nullopt);
    while (true) {
        const auto turn = co_await turns_.take();
        const Result<std::optional<ArrivedPiece>> answer = co_await next();
        if (!answer && is_of_another_zone(answer.error())) throw OtherZone(stream.history.subject);
        const std::optional<ArrivedPiece>& arrived = answer.value();
        if (!arrived) break;
        keep(stream, *arrived, permanence);
    }
    stream.requests_before = stream.history.requests;
}

void ExportRun::keep(Stream& stream, const ArrivedPiece& arrived, Permanence permanence) {
    StoredPlace place = stream.history.place.value();
    place.until = std::max(place.until, arrived.piece.until);
    if (permanence == Permanence::settled) {
        place.place = arrived.place;
        place.settled_until = arrived.piece.until;
        stream.progress = arrived.progress;
    }
    try {
        store_.put(stream.history.subject, arrived.piece, place, permanence);
    } catch (...) { // no more is paid for that cannot be kept
        stop_.request_stop();
        throw;
    }
    stream.history.place = std::move(place);
    stream.history.rows += static_cast<std::int64_t>(arrived.piece.rows.size());
    stream.history.requests = stream.requests_before + arrived.progress.requests_made;
}

bool ExportRun::is_over() const {
    return std::ranges::all_of(streams_, [](const Stream& stream) { return stream.outcome.is_ready(); });
}

/// Of all together, in which each history counts alike.
HistoryProgress ExportRun::progress() const {
    HistoryProgress sum;
    for (const Stream& stream : streams_) {
        sum.part_done += stream.progress.part_done / static_cast<double>(streams_.size());
        sum.requests_made += stream.history.requests;
        if (!stream.outcome.is_ready()) sum.requests_to_come += stream.progress.requests_to_come + 1;
    }
    sum.time_left = time_for(sum.requests_to_come, client_.quota().reports);
    return sum;
}

ExportInquiry ExportRun::inquiry(const ExportSubject& subject) const {
    return {.client = client_, .subject = subject, .question = settings_.question, .call = settings_.call};
}

} // namespace fathom::cli
