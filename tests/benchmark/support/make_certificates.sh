#!/bin/sh
# Usage: make_certificates.sh FOLDER
# Makes there: an authority (authority.pem), a certificate of 127.0.0.1 by it (server.pem, server.key), and `certs`, a copy
# of the system's authorities with that one added as update-ca-certificates would add it.
set -eu
cd "$1"

key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
# shellcheck disable=SC2086 # a list of options
openssl req -x509 $key -keyout authority.key -out authority.pem -days 2 -subj "/CN=Benchmark authority" 2>/dev/null
# shellcheck disable=SC2086
openssl req $key -keyout server.key -out server.csr -subj "/CN=127.0.0.1" 2>/dev/null
printf 'subjectAltName=IP:127.0.0.1\n' >extensions
openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile extensions \
    -out server.pem 2>/dev/null

[ -e /etc/ssl/certs/ca-certificates.crt ] || exit 0
cp -a /etc/ssl/certs certs
cat authority.pem >>certs/ca-certificates.crt
cp authority.pem "certs/$(openssl x509 -hash -noout -in authority.pem).0"
