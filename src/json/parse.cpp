#include "parse.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "token_text.hpp"

namespace fathom::detail::json {

namespace {

/// Hands what nlohmann's parser tells on to a reader.
class Forwarder {
public:
    explicit Forwarder(Events& events) : events_(events) {}

    [[nodiscard]] std::size_t failed_at() const noexcept { return failed_at_; }

    bool null() { return events_.scalar({}); }
    bool boolean(bool value) { return events_.scalar({.kind = Scalar::Kind::boolean, .boolean = value}); }
    bool number_integer(std::int64_t value) {
        return events_.scalar({.kind = Scalar::Kind::integer, .integer = value});
    }
    bool number_unsigned(std::uint64_t value) {
        if (std::in_range<std::int64_t>(value)) return number_integer(static_cast<std::int64_t>(value));
        const std::string digits = std::to_string(value);
        return events_.scalar({.kind = Scalar::Kind::number, .number = static_cast<double>(value), .text = digits});
    }
    bool number_float(double value, const TokenText& digits) {
        return events_.scalar({.kind = Scalar::Kind::number, .number = value, .text = digits.view()});
    }
    bool string(const TokenText& value) { return events_.scalar({.kind = Scalar::Kind::text, .text = value.view()}); }
    bool binary(const Parser::binary_t&) { return false; } // JSON has none
    bool start_object(std::size_t) { return events_.start_object(); }
    bool key(const TokenText& name) { return events_.key(name.view()); }
    bool end_object() { return events_.end_object(); }
    bool start_array(std::size_t) { return events_.start_array(); }
    bool end_array() { return events_.end_array(); }
    bool parse_error(std::size_t position, const std::string&, const Parser::exception&) {
        failed_at_ = position;
        return false;
    }

private:
    Events& events_;
    std::size_t failed_at_ = 0;
};

} // namespace

Parsed parse(std::string_view text, Events& events) {
    Forwarder forwarder(events);
    const bool is_whole = Parser::sax_parse(text.data(), text.data() + text.size(), &forwarder);
    return {is_whole, std::min(forwarder.failed_at(), text.size())}; // the parser counts the end as a byte
}

} // namespace fathom::detail::json
