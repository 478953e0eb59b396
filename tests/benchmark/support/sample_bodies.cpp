#include "sample_bodies.hpp"

#include <initializer_list>
#include <string_view>

namespace fathom::benchmark {

namespace {

/// Digits of a number, with zeros in front.
std::string digits(std::size_t number, std::size_t width = 1) {
    std::string text = std::to_string(number);
    if (text.size() < width) text.insert(0, width - text.size(), '0');
    return text;
}

void append(std::string& body, std::initializer_list<std::string_view> pieces) {
    for (const std::string_view piece : pieces) body.append(piece);
}

} // namespace

std::string sites_body() {
    constexpr std::size_t count = 15;
    std::string body = R"({"object":"list","url":"/v1/sites","has_more":false,"data":[)";
    for (std::size_t site = 0; site < count; ++site) {
        if (site > 0) body.push_back(',');
        append(body, {R"({"id":"CDBU)", digits(site, 2), R"(","object":"site","name":"Shop number )", digits(site),
                      R"( of the chain","sharing":")", site % 3 == 0 ? "public" : "none", R"(","created_at":"2022-)",
                      digits(1 + site % 12, 2), R"(-05 12:13:14"})"});
    }
    return body + "]}";
}

std::string event_id(std::size_t number) { return "EVENT" + digits(number, 7); }

std::string events_body(std::size_t first, std::size_t count, bool has_more) {
    std::string body = R"({"object":"list","has_more":)";
    append(body, {has_more ? "true" : "false", R"(,"data":[)"});
    for (std::size_t number = first; number < first + count; ++number) {
        if (number > first) body.push_back(',');
        append(body, {R"({"id":")", event_id(number), R"(","object":"event","name":"Event )", digits(number),
                      R"(","site_id":"CDBUGS","created_at":"2022-05-05 12:13:14"})"});
    }
    return body + "]}";
}

std::string report_body(std::size_t rows) {
    constexpr std::size_t paths = 250;
    std::string body = "[";
    for (std::size_t row = 0; row < rows; ++row) {
        if (row > 0) body.push_back(',');
        const std::size_t day = row / paths;
        append(body, {R"({"visits":")",
                      digits(1 + row * 7919 % 10007),
                      R"(","uniques":")",
                      digits(1 + row * 7907 % 9001),
                      R"(","pageviews":")",
                      digits(1 + row * 7901 % 30011),
                      R"(","avg_duration":")",
                      digits(row % 600),
                      ".",
                      digits(row % 9973, 4),
                      R"(","bounce_rate":)",
                      digits(row % 100),
                      ".",
                      digits(row % 10),
                      R"(,"pathname":"/articles/)",
                      digits(row * 31 % paths),
                      R"(/a-title-of-usual-length","date":")",
                      digits(2000 + day / 336 % 100, 4),
                      "-",
                      digits(1 + day / 28 % 12, 2),
                      "-",
                      digits(1 + day % 28, 2),
                      R"("})"});
    }
    return body + "]";
}

} // namespace fathom::benchmark
