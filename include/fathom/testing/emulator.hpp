/// @file
/// Emulator: the whole API, served by your own process, for tests.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/export.hpp>
#include <fathom/testing/emulated_data.hpp>
#include <fathom/testing/emulator_options.hpp>
#include <fathom/testing/faults.hpp>
#include <fathom/testing/recorded_request.hpp>

/// What tests of programs that use this library need.
namespace fathom::testing {

/// A server of the Fathom API with state, sample data, rate limits and faults on demand. It listens from its construction
/// to its destruction; any number can live at once. Every member may be called from any thread.
///
/// @code
/// fathom::testing::Emulator emulator;
/// fathom::Client client{{.api_key = emulator.api_key(), .base_url = emulator.base_url()}};
/// emulator.inject(fathom::testing::faults::status(503), {.times = 2, .only = {.path_prefix = "/sites"}});
/// @endcode
class FATHOM_TESTING_EXPORT Emulator {
public:
    /// Makes the data and starts to listen.
    /// @throws std::runtime_error where the address is taken or the database can't be opened
    explicit Emulator(const EmulatorOptions& options = {});
    /// Stops listening; whatever is still being answered is cut off.
    ~Emulator();
    /// Moves the server; references to it stay with the new owner.
    Emulator(Emulator&&) noexcept;
    /// Stops the present server and takes over the other.
    Emulator& operator=(Emulator&&) noexcept;

    /// What a client needs: `http://127.0.0.1:43210/v1`, also where it listens on all addresses.
    [[nodiscard]] std::string base_url() const;
    /// The key that is let in.
    [[nodiscard]] std::string api_key() const;
    /// Where it listens.
    [[nodiscard]] int port() const;

    /// Sets the time that new things are created at and that "the future" begins at; it stands still from then on.
    void set_now(std::chrono::sys_seconds now);

    /// Adds a site.
    /// @return its id
    std::string add_site(const EmulatedSite& site = {});
    /// Adds an event to a site.
    /// @return its id
    /// @throws std::invalid_argument where there is no such site; so do the functions below
    std::string add_event(std::string_view site_id, const EmulatedEvent& event = {});
    /// Adds a milestone to a site.
    /// @return its id
    std::string add_milestone(std::string_view site_id, const EmulatedMilestone& milestone = {});
    /// Adds traffic to a site.
    void add_pageviews(std::string_view site_id, const std::vector<EmulatedPageviews>& pageviews);
    /// Adds conversions to an event of a site.
    void add_conversions(std::string_view site_id, std::string_view event_name,
                         const std::vector<EmulatedConversions>& conversions);
    /// Says who is on a site now, in place of what was said before.
    void set_current_visitors(std::string_view site_id, const std::vector<EmulatedVisitors>& visitors);
    /// The ids of all sites, oldest first.
    [[nodiscard]] std::vector<std::string> site_ids() const;

    /// Lets something go wrong; by default with the next request only. Faults are tried in the order of injection, and
    /// at most one hits a request.
    void inject(const Fault& fault, const FaultSchedule& schedule = {});
    /// Lets everything go right again.
    void clear_faults();
    /// Closes all connections, those in use included, as a proxy between may do at any time.
    void drop_connections();
    /// Forgets what the rate limits have counted.
    void reset_limits();

    /// The requests so far, oldest first; those hit by a fault included.
    [[nodiscard]] std::vector<RecordedRequest> requests(const RequestFilter& filter = {}) const;
    /// How many requests there were.
    [[nodiscard]] std::size_t request_count(const RequestFilter& filter = {}) const;
    /// Waits until at least so many requests have arrived.
    /// @return false where they had not within the time
    [[nodiscard]] bool wait_for_requests(std::size_t count, std::chrono::milliseconds at_most,
                                         const RequestFilter& filter = {}) const;
    /// Forgets the requests so far.
    void clear_requests();

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

} // namespace fathom::testing
