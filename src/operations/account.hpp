/// @file
/// Operations on the account.
#pragma once

#include <fathom/account.hpp>

#include "operation.hpp"

namespace fathom::detail::operations {

[[nodiscard]] Result<Operation<Account>> get_account();
[[nodiscard]] Result<Operation<Token>> get_token();

} // namespace fathom::detail::operations
