/// @file
/// The library's own way to what its classes keep private. No part of the API.
#pragma once

#include <utility>

#include <fathom/detail/language.hpp>

namespace fathom::detail {

/// Makes objects whose constructors are the library's own.
struct Access {
    template <class T, class... Arguments>
    [[nodiscard]] static T make(Arguments&&... arguments) {
        return T(std::forward<Arguments>(arguments)...);
    }
    template <class T>
    [[nodiscard]] static const auto& state_of(const T& object) noexcept {
        return object.state_;
    }
};

} // namespace fathom::detail
