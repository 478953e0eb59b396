/// @file
/// `std::format` for the values of fathom::redis, where the standard library has it; see <fathom/format.hpp>.
#pragma once

#include <fathom/format.hpp>
#include <fathom/redis/redis_rate_limiter.hpp>

#if defined(__cpp_lib_format)

// clang-format off: a table
template <> struct std::formatter<fathom::redis::OnLoss> : fathom::Formatter<fathom::redis::OnLoss> {};
template <> struct std::formatter<fathom::redis::LocalShare> : fathom::Formatter<fathom::redis::LocalShare> {};
template <> struct std::formatter<fathom::redis::RedisTls> : fathom::Formatter<fathom::redis::RedisTls> {};
template <> struct std::formatter<fathom::redis::RedisOptions> : fathom::Formatter<fathom::redis::RedisOptions> {};
// clang-format on

#endif
