#include "certificates.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace fathom::faults {

namespace {

template <class T, void (*free)(T*)>
struct Free {
    void operator()(T* thing) const noexcept { free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509, X509_free>>;
struct FreeBio {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
using Memory = std::unique_ptr<BIO, FreeBio>;

Memory new_memory() { return Memory(BIO_new(BIO_s_mem())); }
Memory memory_of(const std::string& text) {
    return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string text_of(const Memory& memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

Certificate read_certificate(const Identity& identity) {
    return Certificate(PEM_read_bio_X509(memory_of(identity.certificate).get(), nullptr, nullptr, nullptr));
}

void add_extension(X509* certificate, int name, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, name, value.c_str());
    if (extension == nullptr) throw std::runtime_error("no such extension: " + value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

constexpr std::string_view h2 = "\x02h2";
constexpr std::string_view http_1 = "\x08http/1.1";

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned length, void* wanted) {
    const std::string_view both = *static_cast<const std::string*>(wanted);
    unsigned char* found = nullptr;
    const int code = SSL_select_next_proto(&found, size, reinterpret_cast<const unsigned char*>(both.data()),
                                           static_cast<unsigned>(both.size()), offered, length);
    *chosen = found;
    return code == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

const std::string* protocols(const std::string& protocol) {
    static const std::string only_h2(h2);
    static const std::string only_http_1(http_1);
    static const std::string both = std::string(h2) + std::string(http_1);
    if (protocol.empty()) return &both;
    return protocol == "h2" ? &only_h2 : &only_http_1;
}

} // namespace

Identity make_identity(const Subject& subject) {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), subject.valid_from);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), subject.valid_until);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), NID_subject_alt_name, subject.alternative_name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());

    const Memory certificate_text = new_memory();
    PEM_write_bio_X509(certificate_text.get(), certificate.get());
    const Memory key_text = new_memory();
    PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {text_of(certificate_text), text_of(key_text)};
}

std::string Identity::pin() const {
    const Certificate parsed = read_certificate(*this);
    unsigned char* data = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(parsed.get()), &data);
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned hash_size = 0;
    EVP_Digest(data, static_cast<std::size_t>(size), hash.data(), &hash_size, EVP_sha256(), nullptr);
    OPENSSL_free(data);
    std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> base64{};
    const int length = EVP_EncodeBlock(base64.data(), hash.data(), static_cast<int>(hash_size));
    return "sha256//" + std::string(reinterpret_cast<const char*>(base64.data()), static_cast<std::size_t>(length));
}

std::string hashed_name(const Identity& identity) {
    const unsigned long hash =
        X509_NAME_hash_ex(X509_get_subject_name(read_certificate(identity).get()), nullptr, nullptr, nullptr);
    std::array<char, 2 * sizeof hash + 1> text{};
    std::snprintf(text.data(), text.size(), "%08lx", hash);
    return std::string(text.data()) + ".0";
}

TlsContext server_context(const Identity& identity, const std::string& protocol) {
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    const Certificate certificate = read_certificate(identity);
    const Key key(PEM_read_bio_PrivateKey(memory_of(identity.key).get(), nullptr, nullptr, nullptr));
    if (SSL_CTX_use_certificate(context.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1) {
        throw std::runtime_error("cannot use a certificate");
    }
    // OpenSSL's callback takes no pointer to what is const, and only reads.
    auto* const wanted = const_cast<std::string*>(protocols(protocol)); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, wanted);
    return context;
}

void demand_client(SSL_CTX* context, const Identity& client) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), read_certificate(client).get());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

} // namespace fathom::faults
