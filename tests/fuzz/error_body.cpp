// Any body of an error says something short and harmless, or nothing.
#include "core/secrets.hpp"
#include "require.hpp"
#include "json/json.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fathom;
    constexpr std::size_t longest = 8'192;
    const std::string_view body = fuzz::text_of(data, size);
    detail::ServerMessage said = detail::json::decode_error(body);
    fuzz::require(said.message.size() <= longest, "a message is bounded");
    fuzz::require(said.message == detail::one_line(said.message, longest), "a message is one line");
    fuzz::require(said.fields.size() <= 16, "there are few fields");
    Error error{.message = std::move(said.message), .fields = std::move(said.fields)};
    fuzz::require_fit_for_log(error);

    detail::Secrets secrets;
    secrets.add("secret-key-0123456789");
    secrets.hide_in(error);
    fuzz::require(error.to_string().find("secret-key") == std::string::npos, "no key stands in an error");
    fuzz::require_fit_for_log(error);

    if (const auto refusal = detail::json::refusal_in(body)) fuzz::require_fit_for_log(*refusal);
    return 0;
}
