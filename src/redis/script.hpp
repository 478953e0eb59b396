/// @file
/// The limiter as it runs inside Redis.
#pragma once

#include <string_view>

namespace fathom::redis::detail {

/// All operations on the permits of one group, in one script, so that each is atomic. All times are microseconds of the
/// server's clock.
///
/// KEYS: in flight (sorted by when a permit lapses), returning (sorted by when it comes back), facts (a hash).
/// ARGV: operation, then what it needs.
///   acquire: limit, longest attempt, hold, hold of an abandoned permit, whether the caller was here within a hold
///            -> {1, permit} or {0, microseconds until to try again}
///   release: permit, hold                  -> {1}   (hold 0: comes back at once)
///   spent:   hold                          -> {1}   (a permit that was used without asking)
///   close:   how long                      -> {1}
inline constexpr std::string_view limiter_script = R"lua(
local in_flight, returning, facts = KEYS[1], KEYS[2], KEYS[3]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])

-- Redis writes large numbers as 1.7e+15 unless told not to.
local function text(number) return string.format('%.0f', number) end

local function keep(hold)
  -- A state that nobody touches for two holds says nothing any more.
  local milliseconds = text(math.ceil(hold / 500))
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, milliseconds) end
end

local function closed_until()
  return tonumber(redis.call('HGET', facts, 'closed_until') or '0')
end

local function close(until_time)
  if until_time > closed_until() then redis.call('HSET', facts, 'closed_until', text(until_time)) end
end

local function collect()
  redis.call('ZREMRANGEBYSCORE', in_flight, '-inf', text(now))
  redis.call('ZREMRANGEBYSCORE', returning, '-inf', text(now))
end

local function new_id()
  return text(redis.call('HINCRBY', facts, 'last_id', 1))
end

-- Where no state is left, a restarted or a wiped server must not let a whole new limit through.
local function begin(hold, was_here)
  if redis.call('EXISTS', facts) == 1 then return end
  redis.call('HSET', facts, 'last_id', text(now))
  local uptime = tonumber(string.match(redis.call('INFO', 'server'), 'uptime_in_seconds:(%d+)')) * 1000000
  if uptime < hold then close(now - uptime + hold) end
  if was_here then close(now + hold) end
end

local function next_permit_at(limit, hold)
  local free = limit - redis.call('ZCARD', in_flight) - redis.call('ZCARD', returning)
  local at = now
  if free <= 0 then
    local first = redis.call('ZRANGE', returning, 0, 0, 'WITHSCORES')
    local lapse = redis.call('ZRANGE', in_flight, 0, 0, 'WITHSCORES')
    at = now + hold
    if first[2] then at = math.min(at, tonumber(first[2])) end
    if lapse[2] then at = math.min(at, tonumber(lapse[2])) end
  end
  return math.max(at, closed_until())
end

local operation = ARGV[1]
if operation == 'acquire' then
  local limit, longest, hold, abandoned = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
  begin(hold, ARGV[6] == '1')
  collect()
  local at = next_permit_at(limit, hold)
  local id = '0'
  if at <= now then
    id = new_id()
    redis.call('ZADD', in_flight, text(now + longest + abandoned), id)
  end
  keep(longest + abandoned + hold)
  if at <= now then return {1, id} end
  return {0, text(at - now)}
elseif operation == 'release' then
  local id, hold = ARGV[2], tonumber(ARGV[3])
  if redis.call('ZREM', in_flight, id) == 1 and hold > 0 then
    redis.call('ZADD', returning, text(now + hold), id)
    keep(hold)
  end
  return {1}
elseif operation == 'spent' then
  local hold = tonumber(ARGV[2])
  begin(hold, false)
  redis.call('ZADD', returning, text(now + hold), new_id())
  keep(hold)
  return {1}
elseif operation == 'close' then
  close(now + tonumber(ARGV[2]))
  keep(tonumber(ARGV[2]))
  return {1}
end
return redis.error_reply('ERR unknown operation')
)lua";

} // namespace fathom::redis::detail
