#include <utility>

#include <fathom/account.hpp>

#include "../loop/loop.hpp"
#include "../operations/account.hpp"

namespace fathom {

using namespace detail;

AccountModule::AccountModule(std::shared_ptr<Loop> loop) noexcept : loop_(std::move(loop)) {}

Result<Account> AccountModule::get(const CallOptions& options) const {
    return run(*loop_, operations::get_account(), options);
}

Result<Token> AccountModule::token(const CallOptions& options) const {
    return run(*loop_, operations::get_token(), options);
}

} // namespace fathom
