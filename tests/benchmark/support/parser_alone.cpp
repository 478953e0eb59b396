#include "parser_alone.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "json/token_text.hpp"

namespace fathom::benchmark {

namespace {

using detail::json::Parser;
using detail::json::TokenText;

struct KeepNothing {
    bool null() { return true; }
    bool boolean(bool) { return true; }
    bool number_integer(std::int64_t) { return true; }
    bool number_unsigned(std::uint64_t) { return true; }
    bool number_float(double, const TokenText&) { return true; }
    bool string(const TokenText&) { return true; }
    bool binary(const Parser::binary_t&) { return true; }
    bool start_object(std::size_t) { return true; }
    bool key(const TokenText&) { return true; }
    bool end_object() { return true; }
    bool start_array(std::size_t) { return true; }
    bool end_array() { return true; }
    bool parse_error(std::size_t, const std::string&, const Parser::exception&) { return false; }
};

} // namespace

void parse_alone(std::string_view body) {
    KeepNothing events;
    if (!Parser::sax_parse(body.data(), body.data() + body.size(), &events)) std::abort();
}

} // namespace fathom::benchmark
