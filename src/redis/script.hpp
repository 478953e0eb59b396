/// @file
/// The limiter as it runs inside Redis.
#pragma once

#include <string_view>

namespace fathom::redis::detail {

/// All operations on the permits of one group, in one script, so that each is atomic. All times are microseconds of the
/// server's clock. Permits are named by those who take them, so that to tell of one twice does no harm.
///
/// KEYS: permits (names, sorted by when each comes back), facts (a hash: whose memory this is, until when it is closed).
/// ARGV: operation, how long a limit is closed that this server does not know, whether the caller has just connected,
/// and then what the operation needs.
///   take: permit, limit, until when it is held at the latest -> {1, 0} or {0, microseconds until the next}
///   tell: how long the group is closed, then for each permit its name and how long it is held; 0: it comes back at once
///         -> {1}
///   count: limit -> {permits that could be taken now}
inline constexpr std::string_view limiter_script = R"lua(
local permits, facts = KEYS[1], KEYS[2]
local operation, closed_if_unknown, has_just_connected = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1'
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])

-- Redis writes large numbers as 1.7e+15 unless told not to.
local function text(number) return string.format('%.0f', number) end

local function closed_until()
  return tonumber(redis.call('HGET', facts, 'closed_until') or '0')
end

local function close(until_time)
  if until_time > closed_until() then redis.call('HSET', facts, 'closed_until', text(until_time)) end
end

-- A server that was restarted, wiped or replaced must not let a whole new limit through: what it knows may be nothing,
-- or old. A restart ends all connections, so it is looked for on new ones only.
local function recognise()
  local known = redis.call('HGET', facts, 'run')
  if known and not has_just_connected then return end
  local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
  if run == known then return end
  redis.call('HSET', facts, 'run', run)
  close(now + closed_if_unknown)
end

local function hold(permit, duration)
  redis.call('ZADD', permits, text(now + duration), permit)
end

-- The permits go when the last of them has come back; the facts stay, since without them the limit is unknown.
local function expire()
  local last = redis.call('ZRANGE', permits, -1, -1, 'WITHSCORES')
  if last[2] then redis.call('PEXPIREAT', permits, text(math.ceil(tonumber(last[2]) / 1000))) end
end

-- The permit may have been taken before, and the answer lost: then it does not stand in its own way.
local function next_permit_at(limit, permit)
  local others = redis.call('ZCARD', permits) - (redis.call('ZSCORE', permits, permit) and 1 or 0)
  local excess = others - limit
  if excess < 0 then return closed_until() end
  local last_in_the_way = redis.call('ZRANGE', permits, excess, excess, 'WITHSCORES')
  return math.max(tonumber(last_in_the_way[2]), closed_until())
end

recognise()
redis.call('ZREMRANGEBYSCORE', permits, '-inf', text(now))
if operation == 'take' then
  local permit, limit, longest = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
  local at = next_permit_at(limit, permit)
  if at > now then return {0, at - now} end
  hold(permit, longest)
  expire()
  return {1, 0}
elseif operation == 'tell' then
  close(now + tonumber(ARGV[4]))
  for i = 5, #ARGV, 2 do
    local permit, duration = ARGV[i], tonumber(ARGV[i + 1])
    if duration > 0 then hold(permit, duration) else redis.call('ZREM', permits, permit) end
  end
  expire()
  return {1}
elseif operation == 'count' then
  if closed_until() > now then return {0} end
  return {math.max(0, tonumber(ARGV[4]) - redis.call('ZCARD', permits))}
end
return redis.error_reply('ERR unknown operation')
)lua";

} // namespace fathom::redis::detail
