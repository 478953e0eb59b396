#!/bin/sh
# Usage: headers_test.sh ROOT. Fails where a public header includes another library's header.
set -eu
cd "$1"
if grep -rnE '#[[:space:]]*include[[:space:]]*[<"](curl|nlohmann|openssl|date|hiredis)/|#[[:space:]]*include[[:space:]]*[<"](httplib|sqlite3)\.h' include
then
    echo "Public headers must need nothing but the standard library." >&2
    exit 1
fi
if grep -rnE '#[[:space:]]*include[[:space:]]*<((boost/)?asio/|fathom/(boost_)?asio\.hpp)' include | grep -vE '^include/fathom/(boost_)?asio\.hpp:'
then
    echo "Only <fathom/asio.hpp> and <fathom/boost_asio.hpp> include asio, and no other header includes these." >&2
    exit 1
fi
if grep -rnE '#[[:space:]]*include[[:space:]]*[<"](opentelemetry/|fathom/opentelemetry\.hpp)' include | grep -v '^include/fathom/opentelemetry\.hpp:'
then
    echo "Only <fathom/opentelemetry.hpp> includes OpenTelemetry, and no other header includes it." >&2
    exit 1
fi
