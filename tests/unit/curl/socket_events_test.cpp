#include "curl/socket_events.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include <fathom/testing/emulator.hpp>

namespace fathom::detail::curl {
namespace {

using namespace std::chrono_literals;

struct EasyDeleter {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};

class SocketEventsTest : public ::testing::Test {
protected:
    ~SocketEventsTest() override { curl_multi_remove_handle(multi.get(), easy.get()); }

    void begin_request() const {
        curl_easy_setopt(easy.get(), CURLOPT_URL, (emulator.base_url() + "/account").c_str());
        curl_easy_setopt(easy.get(), CURLOPT_NOBODY, 1L);
        curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
        curl_multi_add_handle(multi.get(), easy.get());
    }
    [[nodiscard]] bool has_ended() const {
        int left = 0;
        const CURLMsg* message = curl_multi_info_read(multi.get(), &left);
        return message != nullptr && message->data.result == CURLE_OK;
    }
    void wait(SocketEvents& events, std::chrono::milliseconds longest) {
        SocketEvents* const all[] = {&events};
        waiter.wait(longest, all);
    }
    [[nodiscard]] bool ends(SocketEvents& events) {
        constexpr int most_turns = 200;
        for (int turn = 0; turn < most_turns; ++turn) {
            events.handle();
            if (has_ended()) return true;
            wait(events, 1s);
        }
        return false;
    }

    testing::Emulator emulator{};
    MultiHandle multi{curl_multi_init()};
    SocketWaiter waiter{};
    std::unique_ptr<CURL, EasyDeleter> easy{curl_easy_init()};
};

TEST_F(SocketEventsTest, BringARequestToItsEnd) {
    SocketEvents events(multi.get(), nullptr, 1h);
    begin_request();
    EXPECT_TRUE(ends(events));
}

TEST_F(SocketEventsTest, BringARequestToItsEndWhereLibcurlTellsOfNoSocket) {
    SocketEvents events(multi.get(), nullptr, 5ms);
    curl_multi_setopt(multi.get(), CURLMOPT_SOCKETFUNCTION, nullptr);
    begin_request();
    EXPECT_TRUE(ends(events));
}

TEST_F(SocketEventsTest, AreNotToldOfWhatTheMultiHandleDoesAfterThem) {
    auto events = std::make_unique<SocketEvents>(multi.get());
    begin_request();
    events->handle(); // there is a socket now, which the end of this test closes
    events.reset();
    EXPECT_EQ(curl_multi_remove_handle(multi.get(), easy.get()), CURLM_OK); // and no write to what is gone
}

TEST_F(SocketEventsTest, WaitWithoutLookingUpWhileNoRequestIsUnderWay) {
    SocketEvents events(multi.get(), nullptr, 1ms);
    events.handle();
    const auto began = std::chrono::steady_clock::now();
    wait(events, 20ms);
    EXPECT_GE(std::chrono::steady_clock::now() - began, 19ms);
}

TEST_F(SocketEventsTest, DoNotWaitAfterAWakingThatCameBefore) {
    SocketEvents events(multi.get());
    waiter.wake();
    const auto began = std::chrono::steady_clock::now();
    wait(events, 1h);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 1min);
}

} // namespace
} // namespace fathom::detail::curl
