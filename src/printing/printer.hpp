/// @file
/// Writes values of all kinds as JSON on one line, for people.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <fathom/http.hpp>
#include <fathom/ids.hpp>
#include <fathom/open_enum.hpp>
#include <fathom/printing.hpp>
#include <fathom/report.hpp>
#include <fathom/report_query.hpp>

#include "members.hpp"
#include "secrets.hpp"

namespace fathom::detail {

/// A struct with a table of its members.
template <class T>
concept HasMembers = std::tuple_size_v<std::remove_cvref_t<decltype(json::fields<T>)>> > 0;

/// Appends values to a text. Everything that prints goes through here, so that no secret gets out: members and headers
/// that hold one are replaced, addresses lose their user and password, and of bodies only the size is told.
class Printer {
public:
    /// What was written.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    void write(bool value) { text_.append(value ? "true" : "false"); }
    void write(double value);
    void write(std::integral auto value) { text_.append(std::to_string(value)); }
    void write(std::string_view value);
    void write(const std::string& value) { write(std::string_view(value)); }
    void write(NamedEnum auto value) { write(to_string(value)); }
    template <class Tag>
    void write(const Id<Tag>& value) {
        write(value.str());
    }
    template <class Spec>
    void write(const OpenEnum<Spec>& value) {
        write(value.text());
    }

    /// In seconds, as a number.
    template <class Number, class Period>
    void write(std::chrono::duration<Number, Period> value) {
        write(std::chrono::duration<double>(value).count());
    }
    template <class Duration>
    void write(std::chrono::sys_time<Duration> value) {
        write_instant(std::chrono::floor<std::chrono::seconds>(value));
    }
    void write(std::chrono::local_seconds value);
    void write(std::chrono::year_month_day value);
    void write(std::chrono::weekday value);
    void write(std::chrono::steady_clock::time_point value) { write(value.time_since_epoch()); }

    void write(const ReportTime& time);
    void write(const ReportRange& range);
    void write(const FieldGrouping& grouping) { write(grouping.fields()); }
    template <class Metric>
    void write(const SortBy<Metric>& sort) {
        write(to_string(sort));
    }
    void write(const HttpHeaders& headers);
    void write(const HttpHeader& header);
    void write(const std::pair<std::string, std::string>& parameter);
    void write(const RowFields& fields);

    /// Whether it has been asked to stop.
    void write(const std::stop_token& stop) { write(stop.stop_requested()); }
    void write(const std::shared_ptr<const std::vector<HttpHeader>>& headers) {
        write(headers ? *headers : std::vector<HttpHeader>());
    }
    /// A part of the caller's own: whether there is one.
    template <class Part>
    void write(const std::shared_ptr<Part>& part) {
        write(part != nullptr);
    }
    template <class T>
    void write(const std::optional<T>& value) {
        if (value) write(*value);
    }
    template <class T>
    void write(const std::vector<T>& values) {
        text_.push_back('[');
        for (const T& value : values) {
            separate();
            write(value);
        }
        text_.push_back(']');
    }
    template <HasMembers T>
    void write(const T& value) {
        begin_object();
        std::apply([&](const auto&... field) { (write_member(field.name, value.*field.member), ...); },
                   json::fields<T>);
        end_object();
    }

    void begin_object() { text_.push_back('{'); }
    void end_object() { text_.push_back('}'); }
    /// A member of an object, whatever it holds.
    template <class T>
    void write_named(std::string_view name, const T& value) {
        separate();
        write(name);
        text_.push_back(':');
        write(value);
    }

private:
    /// A member of a struct: without a secret, and left out where it is not set.
    template <class T>
    void write_member(std::string_view name, const T& value) {
        write_named(name, value);
    }
    template <class T>
    void write_member(std::string_view name, const std::optional<T>& value) {
        if (value) write_member(name, *value);
    }
    void write_member(std::string_view name, std::string_view value);
    void write_member(std::string_view name, const std::string& value) { write_member(name, std::string_view(value)); }

    void write_instant(std::chrono::sys_seconds value);
    void separate();

    std::string text_{};
};

} // namespace fathom::detail
