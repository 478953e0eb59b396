#include "sample_data.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include "records.hpp"
#include "seeding.hpp"
#include "time_zones.hpp"

namespace fathom::testing::detail {
namespace {

using std::chrono::hours;
using std::chrono::sys_seconds;

struct Extent {
    std::size_t sites;
    std::chrono::days days;
    std::size_t profiles_per_site;
};

struct SampleEvent {
    const char* name;
    const char* currency;         ///< Empty: has no value.
    std::uint64_t hourly_percent; ///< Conversions per hundred hours.
    bool id_is_slug;
    bool is_recorded; ///< false: in the live dialect nobody has created it.
};

constexpr std::array<SampleEvent, 4> sample_events{{{"Signed up to newsletter", "", 12, false, true},
                                                    {"Purchase", "dollar", 8, false, true},
                                                    {"Download", "", 5, true, true},
                                                    {"Clicked on the mascot", "", 1, true, false}}};

constexpr std::array<const char*, 3> milestone_names{"Launch", "Redesign", "Newsletter no. 1"};

Extent extent_of(SampleData size) {
    if (size == SampleData::full) return {.sites = 12, .days = std::chrono::days{730}, .profiles_per_site = 400};
    return {.sites = 3, .days = std::chrono::days{90}, .profiles_per_site = 120};
}

// People sleep, and work less at weekends; growth makes the newest data the busiest.
std::int64_t visits_at(Dice& dice, sys_seconds at, double age) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const auto hour = static_cast<std::uint64_t>(std::chrono::floor<hours>(at - day).count());
    const bool is_weekend = std::chrono::weekday{day}.iso_encoding() >= 6;
    const std::uint64_t by_day = hour >= 7 && hour < 22 ? 9 : 3;
    const std::uint64_t most = std::max<std::uint64_t>(1, (is_weekend ? by_day / 2 : by_day));
    return 1 + static_cast<std::int64_t>(static_cast<double>(dice.roll(most + 1)) * (1.0 - age / 2));
}

// A visit counts where it began, so those who go on to another page add no visit there.
EmulatedPageviews make_entries(Dice& dice, sys_seconds at, double age) {
    EmulatedPageviews facts{.at = at};
    facts.visits = visits_at(dice, at, age);
    facts.uniques = facts.visits;
    facts.pageviews = facts.visits + static_cast<std::int64_t>(dice.roll(3));
    facts.duration = std::chrono::seconds{facts.visits * static_cast<std::int64_t>(10 + dice.roll(170))};
    facts.bounces = static_cast<std::int64_t>(dice.roll(static_cast<std::uint64_t>(facts.visits) + 1));
    return facts;
}

// What those who did not leave at once look at next, some of them an hour later.
EmulatedPageviews make_next_pages(Dice& dice, const EmulatedPageviews& entries) {
    EmulatedPageviews facts{.at = entries.at + (dice.chance(40) ? hours{1} : hours{0})};
    facts.uniques = entries.visits - entries.bounces;
    facts.visits = 0;
    facts.pageviews = facts.uniques + static_cast<std::int64_t>(dice.roll(3));
    facts.visitors = entries.visitors;
    return facts;
}

bool is_same_day(sys_seconds left, sys_seconds right) {
    return std::chrono::floor<std::chrono::days>(left) == std::chrono::floor<std::chrono::days>(right);
}

EmulatedConversions make_conversions(Dice& dice, sys_seconds at, bool has_value) {
    EmulatedConversions facts{.at = at, .conversions = 1 + static_cast<std::int64_t>(dice.roll(3))};
    facts.unique_conversions = 1;
    facts.visitors = 1 + static_cast<std::int64_t>(dice.roll(4)); // Few enough that some convert again.
    if (has_value) facts.value_in_cents = facts.conversions * static_cast<std::int64_t>(500 + dice.roll(9500));
    return facts;
}

// How many times something happens in an hour that happens so many times in a hundred.
std::uint64_t happenings(Dice& dice, std::uint64_t hourly_percent) {
    return hourly_percent / 100 + (dice.chance(hourly_percent % 100) ? 1 : 0);
}

/// Makes one site with all that belongs to it.
class SiteFiller {
public:
    SiteFiller(Service& service, FactWriter& writer, const Extent& extent, const SampleSite& sample, Dice dice)
        : service_{service}, writer_{writer}, sample_{sample}, dice_{dice}, days_{extent.days},
          end_{std::chrono::floor<hours>(service.now())}, begin_{end_ - extent.days} {
        for (std::size_t count = 0; count < extent.profiles_per_site; ++count) add_profile();
    }

    void fill() {
        SiteRecord site{.id = std::string(sample_.id),
                        .name = std::string(sample_.name),
                        .timezone = std::string(sample_.timezone),
                        .visitor_seed = 1 + static_cast<std::int64_t>(dice_.roll(1'000'000)),
                        .created_at = begin_};
        insert(service_.database, service_.ids, site);
        add_traffic(site);
        for (const SampleEvent& event : sample_events) add_event(site, event);
        for (std::size_t index = 0; index < milestone_names.size(); ++index) add_milestone(site, index);
    }

private:
    // The same people on two pages.
    struct Profile {
        std::int64_t entry;
        std::int64_t next;
    };

    void add_profile() {
        VisitorTraits traits = make_traits(dice_, std::string(sample_.hostname));
        const std::int64_t entry = writer_.add_profile(traits);
        traits.pathname = make_traits(dice_, traits.hostname).pathname;
        profiles_.push_back({entry, writer_.add_profile(traits)});
    }

    void add_traffic(const SiteRecord& site) {
        for (sys_seconds at = begin_; at < end_; at += hours{1}) {
            const double age = std::chrono::duration<double>(end_ - at) / std::chrono::duration<double>(days_);
            for (std::uint64_t left = happenings(dice_, sample_.hourly_percent); left > 0; --left)
                add_visits(site, make_entries(dice_, at, age));
        }
    }

    void add_visits(const SiteRecord& site, EmulatedPageviews entries) {
        const Profile profile = any_profile();
        entries.visitors = next_visitors();
        writer_.add_pageviews(site.sequence, profile.entry, entries);
        if (entries.bounces == entries.visits || dice_.chance(50)) return;
        EmulatedPageviews next = make_next_pages(dice_, entries);
        if (next.at >= end_) return;
        if (!is_same_day(next.at, entries.at)) {
            // After midnight UTC they are new to the service.
            next.visits = next.uniques;
            next.visitors = next_visitors();
        }
        writer_.add_pageviews(site.sequence, profile.next, next);
    }

    // More than come on any one day, so that nobody is taken for another; and so few that they come again.
    [[nodiscard]] std::int64_t next_visitors() {
        constexpr std::int64_t groups = 200;
        return 1 + visitor_groups_so_far_++ % groups;
    }

    void add_event(const SiteRecord& site, const SampleEvent& sample) {
        const bool has_value = *sample.currency != '\0';
        EventRecord event{.site = site.sequence, .name = sample.name, .created_at = begin_};
        if (sample.id_is_slug) event.id = slug(sample.name);
        if (has_value) event.currency = sample.currency;
        event.is_recorded = sample.is_recorded || !service_.is_live();
        insert(service_.database, service_.ids, event);
        for (sys_seconds at = begin_; at < end_; at += hours{1}) {
            if (dice_.chance(sample.hourly_percent))
                writer_.add_conversions(event.sequence, any_profile().entry, make_conversions(dice_, at, has_value));
        }
    }

    void add_milestone(const SiteRecord& site, std::size_t index) {
        const auto created_at = begin_ + days_ * (index + 1) / 5;
        const std::chrono::local_seconds wall_clock{created_at.time_since_epoch()};
        MilestoneRecord milestone{.site = site.sequence,
                                  .name = milestone_names[index],
                                  .milestone_date = bucket_text(wall_clock, DateGrouping::day),
                                  .created_at = std::chrono::floor<std::chrono::seconds>(created_at),
                                  .updated_at = std::chrono::floor<std::chrono::seconds>(created_at)};
        insert(service_.database, service_.ids, milestone);
    }

    [[nodiscard]] const Profile& any_profile() {
        return profiles_[static_cast<std::size_t>(dice_.roll(profiles_.size()))];
    }

    Service& service_;
    FactWriter& writer_;
    const SampleSite& sample_;
    Dice dice_;
    std::chrono::days days_;
    sys_seconds end_;
    sys_seconds begin_;
    std::vector<Profile> profiles_{};
    std::int64_t visitor_groups_so_far_ = 0;
};

} // namespace

void fill_with_sample_data(Service& service, SampleData size, std::uint64_t seed) {
    if (size == SampleData::none) return;
    const Extent extent = extent_of(size);
    Transaction transaction{service.database};
    FactWriter writer{service.database};
    for (std::size_t index = 0; index < extent.sites; ++index)
        SiteFiller{service, writer, extent, sample_sites()[index], Dice{seed + index}}.fill();
    transaction.commit();
}

} // namespace fathom::testing::detail
