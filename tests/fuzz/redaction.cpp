// No secret and no e-mail address stays in what is recorded, and what was JSON stays JSON.
#include <string>

#include "recording/emails.hpp"
#include "recording/redaction.hpp"
#include "require.hpp"
#include "json/json.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fathom;
    using detail::recording::Redaction;
    constexpr std::string_view key = "secret-key-0123456789";
    detail::Secrets secrets;
    secrets.add(std::string(key));
    Redaction redaction(std::move(secrets));

    const std::string_view text = fuzz::text_of(data, size);
    redaction.learn_from(text);
    const std::string body = redaction.body(text);
    fuzz::require(body.find(key) == std::string::npos, "no key stands in a body");
    fuzz::require(redaction.url(text).find(key) == std::string::npos, "no key stands in a URL");
    fuzz::require(redaction.header("X-Any", text).find(key) == std::string::npos, "no key stands in a header");
    const std::string shown = detail::recording::without_emails(text);
    fuzz::require(detail::recording::without_emails(shown) == shown, "no address is left");
    return 0;
}
