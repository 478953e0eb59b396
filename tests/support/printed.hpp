/// @file
/// What a value writes to a stream.
#pragma once

#include <sstream>
#include <string>

namespace fathom {

template <class T>
std::string printed(const T& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

} // namespace fathom
