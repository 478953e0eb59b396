#include "account.hpp"

#include "../json/json.hpp"
#include "facts.hpp"

namespace fathom::detail::operations {

Result<Operation<Account>> get_account() {
    return Operation<Account>{make_request(get_account_facts, Target("/account")), &json::decode<Account>};
}

Result<Operation<Token>> get_token() {
    return Operation<Token>{make_request(get_token_facts, Target("/token")), &json::decode<Token>};
}

} // namespace fathom::detail::operations
