// What a file costs that uses nlohmann's JSON library.
#include <nlohmann/json.hpp>
