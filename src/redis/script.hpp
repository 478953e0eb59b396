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
///   acquire: limit, longest attempt, hold, hold of an abandoned permit, whether the caller was here within a hold,
///            whether it has just connected -> {1, permit} or {0, microseconds until to try again}
///   release: permit, hold                  -> {1}   (hold 0: comes back at once)
///   spent:   hold                          -> {1}   (a permit that was used without asking)
///   close:   how long                      -> {1}
///   free:    limit                         -> {permits that could be taken now}
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

-- A server that was restarted or wiped must not let a whole new limit through: what it knows may be nothing, or old. A
-- restart ends all connections, so it is looked for on new ones only.
local function begin(hold, was_here, has_just_connected)
  local has_state = redis.call('EXISTS', facts) == 1
  if has_state and not has_just_connected then return end
  local uptime = tonumber(string.match(redis.call('INFO', 'server'), 'uptime_in_seconds:(%d+)')) * 1000000
  local is_new_server = uptime < hold
  if is_new_server then close(now - uptime + hold) end
  if was_here and not has_state then close(now + hold) end
  -- Permits are never named as they were before, since their holders may still speak of these.
  if is_new_server or not has_state then redis.call('HSET', facts, 'last_id', text(now)) end
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
  begin(hold, ARGV[6] == '1', ARGV[7] == '1')
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
  begin(hold, false, false)
  redis.call('ZADD', returning, text(now + hold), new_id())
  keep(hold)
  return {1}
elseif operation == 'close' then
  close(now + tonumber(ARGV[2]))
  keep(tonumber(ARGV[2]))
  return {1}
end
if operation == 'free' then
  collect()
  if closed_until() > now then return {0} end
  return {math.max(0, tonumber(ARGV[2]) - redis.call('ZCARD', in_flight) - redis.call('ZCARD', returning))}
end
return redis.error_reply('ERR unknown operation')
)lua";

} // namespace fathom::redis::detail
