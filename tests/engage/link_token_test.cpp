#include "muster/engage/link_token.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "engage/base64url.hpp"
#include "engage/hmac.hpp"

namespace muster {
namespace {

constexpr Moment noon{1'772'366'400};  // 2026-03-01T12:00:00Z

LinkKey key(std::uint32_t id, char fill = 'k') { return {id, std::string(32, fill)}; }

LinkSigner signer(std::vector<LinkKey> keys = {key(7)}) {
  return LinkSigner::make(std::move(keys)).value();
}

Link link(std::string subject = "task 42") {
  return {std::move(subject), Moment{noon.seconds + 600}, {1, 2, 3, 255}};
}

std::string refusal(const LinkSigner& by, std::string_view token, Moment now = noon) {
  const auto read = by.verify(token, now);
  return read ? "none" : std::string(name(read.error().code)) + ": " + read.error().message;
}

TEST(LinkToken, CarriesItsLink) {
  for (const std::string& subject : {std::string("1"), std::string("任务 42"),
                                     std::string(256, 'x'), std::string("\0\xff", 2)}) {
    const std::string token = signer().sign(link(subject)).value();
    EXPECT_LE(token.size(), max_link_token_bytes);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789-_"),
              token.npos);
    EXPECT_EQ(signer().verify(token, noon).value(), link(subject));
  }
}

// Of a signer that stands apart: python3's hmac, hashlib and base64 over the layout of the source.
TEST(LinkToken, IsTheSameEverywhere) {
  EXPECT_EQ(signer().sign(link()).value(),
            "AQAAAAcAAAAAaaQsmAECA_"
            "8AAAAAAAAAAAAAAAB0YXNrIDQytSK94NfVejOfulaQZZCmPGC7mwtyzF82C42wX016RCU");
  EXPECT_EQ(to_string(link().nonce), "010203ff000000000000000000000000");
}

TEST(LinkToken, ExpiresToTheSecond) {
  const std::string token = signer().sign(link()).value();
  EXPECT_EQ(refusal(signer(), token, Moment{noon.seconds + 599}), "none");
  EXPECT_EQ(refusal(signer(), token, Moment{noon.seconds + 600}),
            "link_expired: this link expired at 2026-03-01T12:10:00Z");
  EXPECT_EQ(refusal(signer(), token, Moment{-1}), "none");  // a clock that went back
}

TEST(LinkToken, OutlivesAChangeOfKeys) {
  const std::string old = signer({key(1)}).sign(link()).value();
  const LinkSigner changed = signer({key(2, 'n'), key(1)});
  EXPECT_EQ(refusal(changed, old), "none");
  EXPECT_EQ(refusal(changed, changed.sign(link()).value()), "none");
  EXPECT_EQ(refusal(signer({key(2, 'n')}), old),
            "link_unknown_key: this link was signed with key 1, which is not known");
  EXPECT_EQ(refusal(signer({key(1, 'x')}), old),
            "link_forged: this link's signature is not its own");
}

TEST(LinkToken, NoBitMayChange) {
  const std::string bytes = *from_base64url(signer({key(7), key(6, 'o')}).sign(link()).value());
  std::set<std::string> refusals;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    const std::string why = refusal(signer({key(7), key(6, 'o')}), to_base64url(changed));
    refusals.insert(why.substr(0, why.find(':')));
    ASSERT_NE(why, "none") << bit;
  }
  EXPECT_EQ(refusals,
            (std::set<std::string>{"link_forged", "link_unknown_key", "unsupported_version"}));
}

TEST(LinkToken, NoByteMayBeMissingOrMore) {
  const std::string token = signer().sign(link()).value();
  for (std::size_t size = 0; size < token.size(); ++size) {
    ASSERT_NE(refusal(signer(), token.substr(0, size)), "none") << size;
    ASSERT_NE(refusal(signer(), token.substr(token.size() - size)), "none") << size;
  }
  EXPECT_NE(refusal(signer(), token + "A"), "none");
  EXPECT_NE(refusal(signer(), token + token), "none");
}

TEST(LinkToken, GarbageIsRefused) {
  EXPECT_EQ(refusal(signer(), ""), "link_malformed: this is no link: empty");
  EXPECT_EQ(refusal(signer(), "a link!"),
            "link_malformed: this is no link: not base 64 of the URL alphabet");
  EXPECT_EQ(refusal(signer(), std::string(513, 'A')),
            "link_malformed: this is no link: longer than 512 bytes");
  EXPECT_EQ(refusal(signer(), to_base64url(std::string(61, '\1'))),
            "link_malformed: this is no link: too short");
  EXPECT_EQ(refusal(signer(), to_base64url(std::string(318, '\1'))),
            "link_malformed: this is no link: its subject is too long");
  EXPECT_EQ(refusal(signer(), to_base64url("\2 and more")),
            "unsupported_version: this link is of version 2, this library reads 1");
  std::mt19937 random(5);
  for (int i = 0; i < 4'000; ++i) {
    std::string bytes(random() % 330, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    if (!bytes.empty() && i % 2 == 0) bytes[0] = 1;
    ASSERT_NE(refusal(signer(), to_base64url(bytes)), "none");
    ASSERT_NE(refusal(signer(), bytes), "none");
  }
}

TEST(LinkToken, SettingsAndSubjectsAreChecked) {
  const auto made = [](std::vector<LinkKey> keys) {
    return LinkSigner::make(std::move(keys)).error().message;
  };
  EXPECT_EQ(made({}), "there must be 1 to 100 link keys, not 0");
  EXPECT_EQ(made(std::vector<LinkKey>(101, key(1))), "there must be 1 to 100 link keys, not 101");
  EXPECT_EQ(made({{3, std::string(31, 'k')}}),
            "the secret of link key 3 must have 32 to 1024 bytes, not 31");
  EXPECT_EQ(made({{3, std::string(1'025, 'k')}}),
            "the secret of link key 3 must have 32 to 1024 bytes, not 1025");
  EXPECT_EQ(made({key(3), key(4), key(3)}), "two link keys have the id 3");
  EXPECT_EQ(signer().sign(link("")).error().message,
            "a link's subject must have 1 to 256 bytes, not 0");
  EXPECT_EQ(signer().sign(link(std::string(257, 'x'))).error().message,
            "a link's subject must have 1 to 256 bytes, not 257");
}

// RFC 4231, test cases 2 and 6.
TEST(Hmac, GivesTheSignaturesOfTheStandard) {
  const auto hex = [](std::string_view secret, std::string_view message) {
    Signature signature;
    EXPECT_TRUE(sign_hmac(secret, message, signature));
    std::string digits;
    for (const auto byte : signature) digits += fmt::format("{:02x}", byte);
    return digits;
  };
  EXPECT_EQ(hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

}  // namespace
}  // namespace muster
