#include <fathom/fathom.hpp>

// Pulls in the loop, whose thread-local variable needs position-independent code.
extern "C" bool consumer_plugin_refuses_an_empty_id() {
    const fathom::Client client{{.api_key = "key", .base_url = "http://127.0.0.1:9"}};
    return client.sites().get(fathom::SiteId{""}).error().kind == fathom::ErrorKind::invalid_argument;
}
