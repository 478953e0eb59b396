// What the snippets of the documentation take for granted.
#pragma once

#include <fathom/fathom.hpp>
#include <fathom/testing/client_options.hpp>
#include <fathom/testing/emulator.hpp>
#include <fathom/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <ranges>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

#define SNIPPET_PARAMETERS                                                                                             \
    const fathom::Client &client, const std::string &key, const fathom::SiteId &site, const fathom::EventId &event,    \
        const fathom::MilestoneId &milestone, const fathom::PageviewReport &report
#define SNIPPET_USE                                                                                                    \
    static_cast<void>(client), static_cast<void>(key), static_cast<void>(site), static_cast<void>(event),              \
        static_cast<void>(milestone), static_cast<void>(report);
