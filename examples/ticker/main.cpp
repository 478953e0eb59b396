// Shows how many visitors a site has, in a loop of 30 frames a second that never waits for the network: a game, a window, a
// stream overlay.
//
//     FATHOM_API_KEY=... ticker <site id> [frames]
#include <exception>
#include <iostream>
#include <string>
#include <thread>

#include "ticker.hpp"

int main(int argc, char** argv) try {
    if (argc < 2) {
        std::cerr << "Usage: ticker <site id> [frames]\n";
        return 2;
    }
    Ticker ticker(fathom::AsyncClient::from_env(), fathom::SiteId(argv[1]));
    auto next_frame = Ticker::Clock::now();
    for (long frames = argc > 2 ? std::stol(argv[2]) : -1; frames != 0; --frames) {
        ticker.update(Ticker::Clock::now());
        std::cout << '\r' << ticker.text() << "      " << std::flush;
        std::this_thread::sleep_until(next_frame += std::chrono::milliseconds{33});
    }
    std::cout << '\n';
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
