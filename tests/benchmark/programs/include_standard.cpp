// The standard headers without which <fathom/fathom.hpp> cannot name the types of its members and parameters.
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>
