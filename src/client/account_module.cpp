#include <utility>

#include <fathom/account.hpp>

#include "../operations/account.hpp"
#include "calls.hpp"

namespace fathom::inline v0_2 {

using namespace detail;

template <class Style>
AccountModule<Style>::AccountModule(Route<Style> route) noexcept : route_(std::move(route)) {}

template <class Style>
auto AccountModule<Style>::get(const CallOptions& options) const -> Outcome<Account> {
    return call(route_, operations::get_account(), options);
}

template <class Style>
auto AccountModule<Style>::token(const CallOptions& options) const -> Outcome<Token> {
    return call(route_, operations::get_token(), options);
}

template class AccountModule<Blocking>;
template class AccountModule<Async>;

} // namespace fathom::inline v0_2
