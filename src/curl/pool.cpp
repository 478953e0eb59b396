#include "pool.hpp"

#include <new>

namespace fathom::detail::curl {

namespace {

MultiHandle new_multi_handle() {
    MultiHandle multi(curl_multi_init());
    if (!multi) throw std::bad_alloc();
    return multi;
}

} // namespace

Pool::Pool(Readiness* readiness) : multi_(new_multi_handle()), events_(multi_.get(), readiness) {}

void Pool::add(CURL* easy) {
    if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) throw std::bad_alloc();
    ++running_;
    keep_connections();
}

void Pool::remove(CURL* easy) noexcept {
    curl_multi_remove_handle(multi_.get(), easy);
    --running_;
}

/// Left to itself libcurl keeps four connections for each call under way, and closes the others as calls end. They are kept
/// here, since as many calls will be under way again.
void Pool::keep_connections() {
    const auto wanted = static_cast<long>(4 * running_);
    if (wanted <= most_connections_) return;
    most_connections_ = wanted;
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, most_connections_);
}

} // namespace fathom::detail::curl
