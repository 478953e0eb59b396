/// @file
/// What the limiter has Redis do.
#pragma once

#include <string_view>

namespace fathom::redis::detail {

/// Keeps a text that many clients change: who has read it and computed the next one writes it if nobody was faster. All the
/// arithmetic of permits is done by the clients, with the same code as for the other limiters.
///
/// KEYS: a hash with the fields version (a text that is never used twice), state (the text) and correction (see
/// ServerClock; microseconds).
/// ARGV: the version that the caller knows; whether to tell which run of the server this is, which is asked on a new
/// connection, since a restart ends all; and to write, the next version, state and correction.
/// Gives: whether it was written, the time in microseconds, the run if it was asked or there is no state, the version, the
/// correction, and the state unless the caller knows it.
inline constexpr std::string_view limiter_script = R"lua(
local stored, known, asks_run, next_version, state, correction = KEYS[1], ARGV[1], ARGV[2] == '1', ARGV[3], ARGV[4], ARGV[5]
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', tonumber(time[2]))
local version = redis.call('HGET', stored, 'version') or ''

if next_version and version == known then
  redis.call('HSET', stored, 'version', next_version)
  redis.call('HSET', stored, 'state', state)
  redis.call('HSET', stored, 'correction', correction)
  return {'1', now, '', next_version, correction, ''}
end

local run, found = '', ''
if asks_run or version == '' then run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') end
if version ~= known then found = redis.call('HGET', stored, 'state') or '' end
return {'0', now, run, version, redis.call('HGET', stored, 'correction') or '0', found}
)lua";

} // namespace fathom::redis::detail
