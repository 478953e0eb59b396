// The adaptor for the asio of Boost, on the emulator.
#include <optional>
#include <utility>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fathom/boost_asio.hpp>

#include "flows/emulated_service.hpp"

namespace fathom {
namespace {

class BoostAsio : public EmulatedService {
protected:
    boost::asio::io_context loop{1};
    BoostAsioClient client{loop.get_executor(), client_options()};
};

#if defined(BOOST_ASIO_HAS_CO_AWAIT) // before 1.80 not with clang
TEST_F(BoostAsio, AwaitsCallsInItsCoroutines) {
    std::optional<Result<Site>> found;
    const auto show = [&]() -> boost::asio::awaitable<void> {
        found = co_await use_boost_asio(client.sites().get(site), boost::asio::use_awaitable);
    };
    boost::asio::co_spawn(loop, show, boost::asio::detached);
    loop.run();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->value().name, site_name);
}
#endif

TEST_F(BoostAsio, CallsHandlers) {
    std::optional<Result<Site>> found;
    use_boost_asio(client.sites().get(site), boost::asio::bind_executor(loop.get_executor(), [&](Result<Site> result) {
                       found = std::move(result);
                   }));
    loop.run();
    ASSERT_TRUE(found);
    EXPECT_TRUE(*found);
}

} // namespace
} // namespace fathom
