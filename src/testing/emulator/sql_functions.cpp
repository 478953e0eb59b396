#include "sql_functions.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "pattern.hpp"
#include "text_order.hpp"
#include "time_zones.hpp"
#include "visitor_count.hpp"

namespace fathom::testing::detail {
namespace {

std::string text_of(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return text == nullptr ? std::string{} : std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

// What was made from a function's constant argument, so that it is made once per query and not once per row.
template <typename Made>
struct Remembered {
    std::function<std::unique_ptr<Made>(const std::string&)> make;
    std::string argument{};
    std::unique_ptr<Made> made{};

    Made& of(const std::string& wanted) {
        if (made == nullptr || argument != wanted) {
            made = make(wanted);
            argument = wanted;
        }
        return *made;
    }
};

// Exceptions must not cross SQLite, which is C.
template <typename Action>
void call_guarded(sqlite3_context* context, Action action) {
    try {
        action();
    } catch (const std::exception& problem) {
        sqlite3_result_error(context, problem.what(), -1);
    }
}

template <typename State>
State& state_of(sqlite3_context* context) {
    return *static_cast<State*>(sqlite3_user_data(context));
}

void time_bucket(sqlite3_context* context, int, sqlite3_value** arguments) {
    call_guarded(context, [&] {
        const std::chrono::sys_seconds instant{std::chrono::seconds{sqlite3_value_int64(arguments[0])}};
        TimeZone& zone = state_of<Remembered<TimeZone>>(context).of(text_of(arguments[1]));
        const auto grouping = static_cast<DateGrouping>(sqlite3_value_int(arguments[2]));
        const std::string text = bucket_text(zone.to_wall_clock(instant), grouping);
        sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    });
}

// SQLite turns `text REGEXP pattern` into regexp(pattern, text), and contains_term() has its arguments in that order.
template <typename Searched>
void is_found(sqlite3_context* context, int, sqlite3_value** arguments) {
    call_guarded(context, [&] {
        const Searched& searched = state_of<Remembered<Searched>>(context).of(text_of(arguments[0]));
        sqlite3_result_int(context, searched.is_found_in(text_of(arguments[1])) ? 1 : 0);
    });
}

void shuffled_place_of(sqlite3_context* context, int, sqlite3_value** arguments) {
    call_guarded(context, [&] {
        sqlite3_result_int64(context, shuffled_place(text_of(arguments[0]), sqlite3_value_int64(arguments[1])));
    });
}

// SQLite keeps the aggregate's state: room for a pointer, which is null at first.
VisitorCount*& visitor_count_of(sqlite3_context* context) {
    void* room = sqlite3_aggregate_context(context, sizeof(VisitorCount*));
    if (room == nullptr) throw std::bad_alloc{};
    return *static_cast<VisitorCount**>(room);
}

void add_visitors(sqlite3_context* context, int, sqlite3_value** arguments) {
    call_guarded(context, [&] {
        VisitorCount*& count = visitor_count_of(context);
        if (count == nullptr) count = std::make_unique<VisitorCount>().release();
        count->add(sqlite3_value_int64(arguments[0]), sqlite3_value_int64(arguments[1]),
                   sqlite3_value_int64(arguments[2]), state_of<VisitorSignature>(context));
    });
}

// SQLite calls it even where the query ends early, so nothing stays behind.
void total_visitors(sqlite3_context* context) {
    call_guarded(context, [&] {
        const std::unique_ptr<VisitorCount> count{visitor_count_of(context)};
        sqlite3_result_int64(context, count == nullptr ? 0 : count->total());
    });
}

int compare_texts(void* order, int left_size, const void* left, int right_size, const void* right) {
    const auto view = [](const void* text, int size) {
        return std::string_view{static_cast<const char*>(text), static_cast<std::size_t>(size)};
    };
    return compare(view(left, left_size), view(right, right_size), *static_cast<const TextOrder*>(order));
}

template <typename State>
void forget(void* state) {
    delete static_cast<State*>(state); // NOLINT(cppcoreguidelines-owning-memory): SQLite, a C library, owned it
}

void check(int result, const char* name) {
    if (result != SQLITE_OK) throw std::runtime_error(std::string("emulator's database: no function ") + name);
}

using Function = void (*)(sqlite3_context*, int, sqlite3_value**);
constexpr int function_flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;

// SQLite owns the state from here on, and forgets it even where it refuses the function.
template <typename State>
void add_function(Database& database, const char* name, int argument_count, Function function,
                  std::unique_ptr<State> state) {
    check(sqlite3_create_function_v2(database.connection(), name, argument_count, function_flags, state.release(),
                                     function, nullptr, nullptr, &forget<State>),
          name);
}

template <typename Made, typename... Rules>
std::unique_ptr<Remembered<Made>> remembered(Rules... rules) {
    return std::make_unique<Remembered<Made>>(Remembered<Made>{
        .make = [rules...](const std::string& argument) { return std::make_unique<Made>(argument, rules...); }});
}

} // namespace

void add_sql_functions(Database& database, const ReportRules& rules) {
    add_function(database, "time_bucket", 3, &time_bucket, remembered<TimeZone>());
    add_function(database, "regexp", 2, &is_found<Pattern>, remembered<Pattern>(rules.matching_case));
    add_function(database, "contains_term", 2, &is_found<LikeTerm>, remembered<LikeTerm>(rules.like_case));
    check(sqlite3_create_function_v2(database.connection(), "shuffled_place", 2, function_flags, nullptr,
                                     &shuffled_place_of, nullptr, nullptr, nullptr),
          "shuffled_place");
    auto signature = std::make_unique<VisitorSignature>(rules.visitor_signature);
    check(sqlite3_create_function_v2(database.connection(), "count_visitors", 3, function_flags, signature.release(),
                                     nullptr, &add_visitors, &total_visitors, &forget<VisitorSignature>),
          "count_visitors");
    auto order = std::make_unique<TextOrder>(rules.text_order);
    check(sqlite3_create_collation_v2(database.connection(), text_collation, SQLITE_UTF8, order.get(), &compare_texts,
                                      &forget<TextOrder>),
          text_collation);
    // Unlike functions, a collation that is refused stays with the caller.
    [[maybe_unused]] const TextOrder* owned_by_sqlite = order.release();
}

} // namespace fathom::testing::detail
