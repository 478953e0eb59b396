#include "api.hpp"

#include <map>

#include "../../platform/path_text.hpp"
#include "letter_case.hpp"
#include "permissions.hpp"
#include "sample_data.hpp"
#include "schema.hpp"
#include "sql_functions.hpp"

namespace fathom::testing::detail {
namespace {

// Each connection to ":memory:" has a database of its own. SQLite takes names of files in UTF-8.
std::string database_path(const EmulatorOptions& options) {
    return options.database.empty() ? ":memory:" : fathom::detail::utf8_text(options.database);
}

bool has_sites(Database& database) {
    Statement row = database.query("SELECT EXISTS (SELECT 1 FROM sites)");
    return row.step() && row.integer(0) != 0;
}

// As PHP reads a query: of parameters that are given twice the last counts. The live service takes `starting_after=` and the
// like for no parameter at all.
RecordedRequest as_read(RecordedRequest request, Dialect dialect) {
    std::map<std::string, std::string> parameters;
    for (auto& [name, value] : request.parameters) parameters.insert_or_assign(name, value);
    if (dialect == Dialect::live)
        std::erase_if(parameters, [](const auto& parameter) { return parameter.second.empty(); });
    request.parameters.assign(parameters.begin(), parameters.end());
    return request;
}

std::optional<LimitCounter> counter_for(const std::optional<ServerLimit>& limit) {
    if (!limit) return std::nullopt;
    return LimitCounter{*limit, LimitWindow::fixed};
}

void add_limit_headers(const LimitCounter& counter, Answer& answer) {
    answer.headers.emplace_back("X-RateLimit-Limit", std::to_string(counter.limit()));
    answer.headers.emplace_back("X-RateLimit-Remaining", std::to_string(counter.remaining()));
}

Answer too_many_requests(std::optional<std::chrono::seconds> retry_after) {
    Answer answer = error_answer(429, default_message(429));
    if (retry_after) answer.headers.emplace_back("Retry-After", std::to_string(retry_after->count()));
    return answer;
}

Answer answer_without_route(const RouteMatch& match, const RecordedRequest& request) {
    if (!is_known_method(request.method)) return error_answer(501, default_message(501));
    const bool asks_for_options = request.method == "OPTIONS" && (!match.allowed.empty() || request.path == "*");
    if (!asks_for_options && match.allowed.empty()) return error_answer(404, default_message(404));
    Answer answer = asks_for_options ? Answer{.status = 204} : error_answer(405, default_message(405));
    answer.headers.emplace_back("Allow", match.allowed.empty() ? "GET, HEAD, POST, DELETE, OPTIONS" : match.allowed);
    return answer;
}

} // namespace

Api::Api(const EmulatorOptions& options)
    : api_key_{options.api_key}, dialect_{options.dialect}, retired_endpoints_{options.retired_endpoints},
      limits_are_enforced_{options.limits.enforced}, retry_after_concurrency_{options.limits.concurrency.retry_after},
      clock_{options.clock ? options.clock : [] { return std::chrono::steady_clock::now(); }}, fixed_now_{options.now},
      resource_limit_{options.limits.resources, options.limits.window, options.limits.other_programs.resources},
      report_limit_{options.limits.reports, options.limits.window, options.limits.other_programs.reports},
      headers_about_{counter_for(options.limits.headers_about)}, database_{database_path(options)},
      service_{.database = database_,
               .ids = IdSource{options.seed},
               .dialect = options.dialect,
               .event_ids = options.event_ids,
               .abilities = options.abilities,
               .rules = options.reports,
               .seed = options.seed,
               .now = [this] { return now(); }} {
    prepare_schema(database_);
    add_sql_functions(database_, options.reports);
    if (!has_sites(database_)) fill_with_sample_data(service_, options.sample_data, options.seed);
    prepare_indexes(database_);
}

Answer Api::answer(const RecordedRequest& arrived) {
    const RecordedRequest request = as_read(arrived, dialect_);
    const RouteMatch match = find_route(request.method, request.path);
    // As frameworks have it, the path and the method come first, then the key.
    if (match.route == nullptr) return dressed(answer_without_route(match, request), request);
    if (!is_authorized(request)) {
        Answer unknown = error_answer(401, default_message(401));
        unknown.headers.emplace_back("WWW-Authenticate", "Bearer");
        return dressed(std::move(unknown), request);
    }
    return dressed(answer_route(match, request), request);
}

Answer Api::dressed(Answer answer, const RecordedRequest& request) const {
    const bool wants_json = request.header("Accept").value_or("").find("application/json") != std::string::npos;
    if (dialect_ != Dialect::live || answer.status < 400 || wants_json) return answer;
    Answer page = html_answer(answer.status);
    page.headers = std::move(answer.headers);
    return page;
}

void Api::set_now(std::chrono::sys_seconds now) {
    const std::lock_guard lock{mutex_};
    fixed_now_ = now;
}

void Api::reset_limits() {
    const std::lock_guard lock{mutex_};
    resource_limit_.reset();
    report_limit_.reset();
    if (headers_about_) headers_about_->reset();
}

bool Api::is_authorized(const RecordedRequest& request) const {
    constexpr std::string_view scheme = "Bearer "; // of which HTTP distinguishes no case
    const std::string credentials = request.header("Authorization").value_or("");
    return equal_in_any_case(credentials.substr(0, scheme.size()), scheme) &&
           credentials.substr(scheme.size()) == api_key_;
}

Answer Api::refusal_of_concurrency(const RecordedRequest& request) const {
    return dressed(too_many_requests(retry_after_concurrency_), request);
}

Answer Api::answer_route(const RouteMatch& match, const RecordedRequest& request) {
    const auto arrived_at = clock_(); // The user's function; called without the lock, since it may come back to us.
    const std::lock_guard lock{mutex_};
    const Call call{request, match.ids};
    Answer answer = limits_are_enforced_ ? run_within_limits(*match.route, call, arrived_at) : run(*match.route, call);
    if (headers_about_) {
        static_cast<void>(headers_about_->count(arrived_at));
        add_limit_headers(*headers_about_, answer);
        if (headers_about_->remaining() == 0) {
            const auto reset = now() + headers_about_->until_room(arrived_at);
            answer.headers.emplace_back("X-RateLimit-Reset", std::to_string(reset.time_since_epoch().count()));
        }
    }
    return answer;
}

Answer Api::run_within_limits(const Route& route, const Call& call, TimePoint arrived_at) {
    LimitCounter& counter = counter_of(route);
    const auto retry_after = counter.count(arrived_at);
    Answer answer = retry_after ? too_many_requests(retry_after) : run(route, call);
    if (dialect_ == Dialect::live && !headers_about_) add_limit_headers(counter, answer);
    return answer;
}

Answer Api::run(const Route& route, const Call& call) {
    const bool is_gone = route.standing == Standing::retired && dialect_ == Dialect::live &&
                         retired_endpoints_ == RetiredEndpoints::gone;
    if (is_gone) return error_answer(410, default_message(410));
    try {
        check_permission(service_, route, call);
        return route.operation(service_, call);
    } catch (const ApiError& refusal) {
        return refusal.answer(dialect_);
    } catch (const std::exception& failure) {
        return error_answer(500, failure.what());
    }
}

LimitCounter& Api::counter_of(const Route& route) {
    return route.group == LimitedGroup::reports ? report_limit_ : resource_limit_;
}

std::chrono::sys_seconds Api::now() const {
    return fixed_now_ ? *fixed_now_ : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

} // namespace fathom::testing::detail
