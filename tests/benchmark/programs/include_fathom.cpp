// What a file costs that uses the library.
#include <fathom/fathom.hpp>
