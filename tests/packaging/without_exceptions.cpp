// A program whose author does without exceptions: it is compiled with -fno-exceptions. Is told by its arguments what the
// environment holds: the key and the address, or nothing.
#include <cstdio>
#include <string>

#include <fathom/client.hpp>

namespace {

int complain(const fathom::Error& error) {
    std::fprintf(stderr, "%s\n", error.to_string().c_str());
    return 1;
}

/// Without a key there is an error in place of options.
int expect_refusal(const fathom::Result<fathom::ClientOptions>& options) {
    const bool is_right = !options && options.error().kind == fathom::ErrorKind::invalid_argument &&
                          options.error().fields.front().field == "FATHOM_API_KEY";
    return is_right ? 0 : 2;
}

} // namespace

int main(int argc, char** argv) {
    fathom::Result<fathom::ClientOptions> options = fathom::ClientOptions::from_env();
    if (argc < 3) return expect_refusal(options);
    if (!options) return complain(options.error());
    if (options->api_key != argv[1] || options->base_url != argv[2]) return 3;

    // Environment and code combine.
    options->timeout = std::chrono::seconds{5};
    options->retry.max_attempts = 1;
    const fathom::Result<fathom::Client> client = fathom::Client::create(*options);
    if (!client) return complain(client.error());

    // Refused before anything is sent, so that no service is needed.
    const fathom::Result<fathom::Site> site = client->sites().get(fathom::SiteId(""));
    for (const fathom::Result<fathom::Site>& listed : client->sites().list({.page_size = 0})) {
        if (listed) return 4;
    }
    return site.error_or(fathom::Error{}).kind == fathom::ErrorKind::invalid_argument ? 0 : 5;
}
