// What the standard library costs whoever names the members of the public structs: the headers, and each different
// std::optional and std::vector, with stand-ins for the library's own types in them.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

template <int Number>
struct Identifier {
    std::string text;
};
template <int Number>
struct OpenEnumeration {
    int value;
    std::string text;
};
enum class ErrorKind : std::uint8_t { some };
enum class Grouping : std::uint8_t { some };
enum class Metric : std::uint8_t { some };
struct Moment {
    std::chrono::seconds since_epoch;
    bool is_wall_clock;
};
struct Order {
    std::optional<Metric> metric;
    std::optional<OpenEnumeration<0>> field;
    bool descending;
};
struct FieldError {
    std::string field;
    std::string message;
};
struct Header {
    std::string name;
    std::string value;
};
struct Item {
    Identifier<0> id;
    std::string name;
};

struct Members {
    std::optional<std::string> text;
    std::optional<std::string_view> view;
    std::optional<bool> flag;
    std::optional<int> status;
    std::optional<std::int64_t> count;
    std::optional<std::size_t> size;
    std::optional<double> share;
    std::optional<std::chrono::sys_seconds> instant;
    std::optional<std::chrono::local_seconds> wall_clock;
    std::optional<std::chrono::year_month_day> date;
    std::optional<std::chrono::system_clock::time_point> calendar;
    std::optional<std::chrono::seconds> pause;
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<std::chrono::duration<double>> mean;
    std::optional<Identifier<0>> site;
    std::optional<Identifier<1>> event;
    std::optional<OpenEnumeration<1>> sharing;
    std::optional<OpenEnumeration<2>> currency;
    std::optional<OpenEnumeration<3>> domains;
    std::optional<ErrorKind> error;
    std::optional<Grouping> grouping;
    std::optional<Moment> date_from;
    std::optional<Order> sort_by;
    std::vector<std::string> texts;
    std::vector<FieldError> errors;
    std::vector<Header> headers;
    std::vector<Item> items;
    std::vector<Metric> metrics;
};
