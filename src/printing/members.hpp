/// @file
/// The members of the structs that are printed but never sent or received; those that are stand in json/fields.hpp.
#pragma once

#include <tuple>

#include <fathom/cache.hpp>
#include <fathom/call_options.hpp>
#include <fathom/client_options.hpp>
#include <fathom/error.hpp>
#include <fathom/fields.hpp>
#include <fathom/history.hpp>
#include <fathom/http.hpp>
#include <fathom/observer.hpp>
#include <fathom/pagination.hpp>
#include <fathom/rate_limit.hpp>
#include <fathom/report_query.hpp>
#include <fathom/retry.hpp>
#include <fathom/time_zone.hpp>
#include <fathom/transport.hpp>

#include "../json/fields.hpp"

namespace fathom::detail::json {

template <>
inline constexpr auto fields<FieldError> =
    std::tuple(Field<&FieldError::field>{"field"}, Field<&FieldError::message>{"message"});

template <>
inline constexpr auto fields<HttpHeader> =
    std::tuple(Field<&HttpHeader::name>{"name"}, Field<&HttpHeader::value>{"value"});

template <>
inline constexpr auto fields<HttpResponse> =
    std::tuple(Field<&HttpResponse::status>{"status"}, Field<&HttpResponse::headers>{"headers"},
               Field<&HttpResponse::body>{"body"}, Field<&HttpResponse::attempts>{"attempts"});

template <>
inline constexpr auto fields<RawRequest> =
    std::tuple(Field<&RawRequest::method>{"method"}, Field<&RawRequest::path>{"path"},
               Field<&RawRequest::query>{"query"}, Field<&RawRequest::body>{"body"});

template <>
inline constexpr auto fields<Filter> = std::tuple(
    Field<&Filter::field>{"field"}, Field<&Filter::comparison>{"comparison"}, Field<&Filter::value>{"value"});

template <>
inline constexpr auto fields<CacheOptions> =
    std::tuple(Field<&CacheOptions::fresh_for>{"fresh_for"}, Field<&CacheOptions::stale_for>{"stale_for"},
               Field<&CacheOptions::max_bytes>{"max_bytes"});

template <>
inline constexpr auto fields<RetryPolicy> =
    std::tuple(Field<&RetryPolicy::max_attempts>{"max_attempts"}, Field<&RetryPolicy::base_delay>{"base_delay"},
               Field<&RetryPolicy::max_delay>{"max_delay"}, Field<&RetryPolicy::budget>{"budget"},
               Field<&RetryPolicy::budget_reserve>{"budget_reserve"});

template <>
inline constexpr auto fields<CallOptions> =
    std::tuple(Field<&CallOptions::timeout>{"timeout"}, Field<&CallOptions::stop>{"stop"},
               Field<&CallOptions::when_limited>{"when_limited"}, Field<&CallOptions::priority>{"priority"},
               Field<&CallOptions::cache>{"cache"}, Field<&CallOptions::retry>{"retry"},
               Field<&CallOptions::context>{"context"});

template <>
inline constexpr auto fields<LimitWait> =
    std::tuple(Field<&LimitWait::expected>{"expected"}, Field<&LimitWait::expected_until>{"expected_until"});

template <>
inline constexpr auto fields<ListOptions> =
    std::tuple(Field<&ListOptions::page_size>{"page_size"}, Field<&ListOptions::starting_after>{"starting_after"},
               Field<&ListOptions::ending_before>{"ending_before"}, Field<&ListOptions::direction>{"direction"},
               Field<&ListOptions::prefetch>{"prefetch"}, Field<&ListOptions::call>{"call"});

template <>
inline constexpr auto fields<RateLimit> =
    std::tuple(Field<&RateLimit::requests>{"requests"}, Field<&RateLimit::window>{"window"},
               Field<&RateLimit::max_in_flight>{"max_in_flight"});

template <>
inline constexpr auto fields<RateLimits> =
    std::tuple(Field<&RateLimits::resources>{"resources"}, Field<&RateLimits::reports>{"reports"},
               Field<&RateLimits::margin>{"margin"}, Field<&RateLimits::late_arrival>{"late_arrival"});

template <>
inline constexpr auto fields<LimitPace> =
    std::tuple(Field<&LimitPace::in_flight>{"in_flight"}, Field<&LimitPace::max_in_flight>{"max_in_flight"},
               Field<&LimitPace::requests>{"requests"}, Field<&LimitPace::waiting>{"waiting"});

template <>
inline constexpr auto fields<GroupQuota> =
    std::tuple(Field<&GroupQuota::free_permits>{"free_permits"}, Field<&GroupQuota::next_permit_at>{"next_permit_at"},
               Field<&GroupQuota::waiting_calls>{"waiting_calls"}, Field<&GroupQuota::requests_sent>{"requests_sent"},
               Field<&GroupQuota::refused_requests>{"refused_requests"}, Field<&GroupQuota::pace>{"pace"});

template <>
inline constexpr auto fields<Quota> =
    std::tuple(Field<&Quota::resources>{"resources"}, Field<&Quota::reports>{"reports"});

template <>
inline constexpr auto fields<RateLimiter::Permit> = std::tuple(Field<&RateLimiter::Permit::id>{"id"});

template <>
inline constexpr auto fields<RateLimiter::Denied> =
    std::tuple(Field<&RateLimiter::Denied::try_again_at>{"try_again_at"});

template <>
inline constexpr auto fields<RateLimiter::Admission> = std::tuple(
    Field<&RateLimiter::Admission::permit>{"permit"}, Field<&RateLimiter::Admission::try_again_at>{"try_again_at"});

template <>
inline constexpr auto fields<ConnectionOptions> = std::tuple(
    Field<&ConnectionOptions::connect_timeout>{"connect_timeout"},
    Field<&ConnectionOptions::attempt_timeout>{"attempt_timeout"},
    Field<&ConnectionOptions::max_response_bytes>{"max_response_bytes"}, Field<&ConnectionOptions::proxy>{"proxy"},
    Field<&ConnectionOptions::ca_file>{"ca_file"}, Field<&ConnectionOptions::user_agent_suffix>{"user_agent_suffix"},
    Field<&ConnectionOptions::ca_pem>{"ca_pem"}, Field<&ConnectionOptions::client_certificate>{"client_certificate"},
    Field<&ConnectionOptions::client_key>{"client_key"},
    Field<&ConnectionOptions::client_key_password>{"client_key_password"},
    Field<&ConnectionOptions::pinned_public_key>{"pinned_public_key"});

template <>
inline constexpr auto fields<HttpRequest> =
    std::tuple(Field<&HttpRequest::method>{"method"}, Field<&HttpRequest::url>{"url"},
               Field<&HttpRequest::headers>{"headers"}, Field<&HttpRequest::body>{"body"},
               Field<&HttpRequest::timeout>{"timeout"}, Field<&HttpRequest::fresh_connection>{"fresh_connection"});

template <>
inline constexpr auto fields<TransportError> =
    std::tuple(Field<&TransportError::kind>{"kind"}, Field<&TransportError::message>{"message"},
               Field<&TransportError::request_sent>{"request_sent"}, Field<&TransportError::connection>{"connection"});

template <>
inline constexpr auto fields<Transfer> =
    std::tuple(Field<&Transfer::id>{"id"}, Field<&Transfer::response>{"response"}, Field<&Transfer::error>{"error"});

template <>
inline constexpr auto fields<ClientOptions> =
    std::tuple(Field<&ClientOptions::api_key>{"api_key"}, Field<&ClientOptions::base_url>{"base_url"},
               Field<&ClientOptions::timeout>{"timeout"}, Field<&ClientOptions::retry>{"retry"},
               Field<&ClientOptions::cache>{"cache"}, Field<&ClientOptions::limits>{"limits"},
               Field<&ClientOptions::connection>{"connection"}, Field<&ClientOptions::limit_sharing>{"limit_sharing"},
               Field<&ClientOptions::rate_limiter>{"rate_limiter"}, Field<&ClientOptions::transport>{"transport"},
               Field<&ClientOptions::observer>{"observer"}, Field<&ClientOptions::time_zones>{"time_zones"});

template <>
inline constexpr auto fields<ObservedCall> =
    std::tuple(Field<&ObservedCall::id>{"id"}, Field<&ObservedCall::operation>{"operation"},
               Field<&ObservedCall::method>{"method"}, Field<&ObservedCall::url_path>{"url_path"},
               Field<&ObservedCall::url_query>{"url_query"}, Field<&ObservedCall::url_template>{"url_template"},
               Field<&ObservedCall::limit_group>{"limit_group"}, Field<&ObservedCall::base_url>{"base_url"},
               Field<&ObservedCall::site>{"site"}, Field<&ObservedCall::context>{"context"});

template <>
inline constexpr auto fields<ReportRange::Days> =
    std::tuple(Field<&ReportRange::Days::first>{"first"}, Field<&ReportRange::Days::last>{"last"});

template <>
inline constexpr auto fields<ReportRange::Instants> =
    std::tuple(Field<&ReportRange::Instants::from>{"from"}, Field<&ReportRange::Instants::until>{"until"});

template <>
inline constexpr auto fields<ReportRange::Relative> =
    std::tuple(Field<&ReportRange::Relative::unit>{"unit"}, Field<&ReportRange::Relative::first>{"first"},
               Field<&ReportRange::Relative::last>{"last"},
               Field<&ReportRange::Relative::first_weekday>{"first_weekday"});

template <>
inline constexpr auto fields<ZonePeriod> = std::tuple(
    Field<&ZonePeriod::begin>{"begin"}, Field<&ZonePeriod::end>{"end"}, Field<&ZonePeriod::offset>{"offset"});

template <class Metric>
inline constexpr auto fields<ReportQuery<Metric>> = std::tuple(
    Field<&ReportQuery<Metric>::aggregates>{"aggregates"}, Field<&ReportQuery<Metric>::date_grouping>{"date_grouping"},
    Field<&ReportQuery<Metric>::field_grouping>{"field_grouping"}, Field<&ReportQuery<Metric>::sort_by>{"sort_by"},
    Field<&ReportQuery<Metric>::timezone>{"timezone"}, Field<&ReportQuery<Metric>::range>{"range"},
    Field<&ReportQuery<Metric>::date_from>{"date_from"}, Field<&ReportQuery<Metric>::date_to>{"date_to"},
    Field<&ReportQuery<Metric>::limit>{"limit"}, Field<&ReportQuery<Metric>::filters>{"filters"});

template <class Metric>
inline constexpr auto fields<HistoryQuery<Metric>> =
    std::tuple(Field<&HistoryQuery<Metric>::aggregates>{"aggregates"},
               Field<&HistoryQuery<Metric>::date_grouping>{"date_grouping"},
               Field<&HistoryQuery<Metric>::field_grouping>{"field_grouping"},
               Field<&HistoryQuery<Metric>::timezone>{"timezone"}, Field<&HistoryQuery<Metric>::range>{"range"},
               Field<&HistoryQuery<Metric>::filters>{"filters"});

template <>
inline constexpr auto fields<HistoryOptions> =
    std::tuple(Field<&HistoryOptions::resume_from>{"resume_from"},
               Field<&HistoryOptions::when_incomplete>{"when_incomplete"}, Field<&HistoryOptions::call>{"call"});

template <>
inline constexpr auto fields<HistoryProgress> =
    std::tuple(Field<&HistoryProgress::part_done>{"part_done"}, Field<&HistoryProgress::requests_made>{"requests_made"},
               Field<&HistoryProgress::requests_to_come>{"requests_to_come"},
               Field<&HistoryProgress::time_left>{"time_left"});

template <class Metric>
inline constexpr auto fields<HistoryPiece<Metric>> =
    std::tuple(Field<&HistoryPiece<Metric>::from>{"from"}, Field<&HistoryPiece<Metric>::until>{"until"},
               Field<&HistoryPiece<Metric>::is_complete>{"is_complete"},
               Field<&HistoryPiece<Metric>::is_over>{"is_over"}, Field<&HistoryPiece<Metric>::place>{"place"},
               Field<&HistoryPiece<Metric>::progress>{"progress"});

} // namespace fathom::detail::json
