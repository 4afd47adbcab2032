#include "muster/tags/user.hpp"

#include <fmt/format.h>

#include "handles.hpp"
#include "lookup.hpp"
#include "structs.hpp"

using namespace muster;
using namespace muster::c;

namespace {

std::vector<std::string_view> categories(const muster_text* texts, size_t count) {
  array(texts, count, "texts");
  std::vector<std::string_view> out;
  out.reserve(count);
  for (size_t i = 0; i < count; ++i) out.push_back(text(texts[i].data, texts[i].size, "texts"));
  return out;
}

Result<void> set(User& user, std::string_view tag, const muster_pair& pair) {
  switch (pair.type) {
    case MUSTER_VALUE_NULL:
      return user.set_null(tag);
    case MUSTER_VALUE_BOOL:
      return user.set(tag, pair.boolean != 0);
    case MUSTER_VALUE_INTEGER:
      return user.set(tag, pair.integer);
    case MUSTER_VALUE_NUMBER:
      return user.set(tag, pair.number);
    case MUSTER_VALUE_DAYS:
      if (!std::in_range<int32_t>(pair.integer)) refuse_argument("integer", "is no number of days");
      return user.set(tag, Date{static_cast<int32_t>(pair.integer)});
    case MUSTER_VALUE_TEXT:
      return user.set(tag, text(pair.text, pair.text_length, "text"));
    case MUSTER_VALUE_TEXTS:
      return user.set(tag,
                      std::span<const std::string_view>(categories(pair.texts, pair.texts_count)));
    default:
      refuse_argument("type", fmt::format("is {}, which is no MUSTER_VALUE_…", pair.type));
  }
}

muster_status set_one(muster_user* user, const char* tag, size_t tag_length,
                      const muster_pair& pair, muster_error* error) {
  return call(error,
              [&] { set(need(user, "user").value, text(tag, tag_length, "tag"), pair).value(); });
}

muster_pair pair_of(int32_t type) {
  muster_pair pair{};
  pair.type = type;
  return pair;
}

muster_status new_user(const muster_schema* schema, User::OnUnusable on_unusable, muster_user** out,
                       muster_error* error) {
  return call(error, [&] {
    const Schema& its = need(schema, "schema").value;
    auto& user = need(out, "out");
    user = new muster_user(its, on_unusable);
  });
}

}  // namespace

muster_status muster_user_new(const muster_schema* schema, muster_user** out, muster_error* error) {
  return new_user(schema, User::OnUnusable::refuse, out, error);
}

muster_status muster_user_new_lenient(const muster_schema* schema, muster_user** out,
                                      muster_error* error) {
  return new_user(schema, User::OnUnusable::as_null, out, error);
}

muster_status muster_user_unusable(const muster_user* user, const char* tag, size_t tag_length,
                                   uint64_t* count, muster_error* error) {
  return call(error, [&] {
    const User& its = need(user, "user").value;
    const std::string_view asked = text(tag, tag_length, "tag");
    need(count, "count") =
        asked.empty() ? its.unusable() : its.unusable(find_tag(its.schema(), asked));
  });
}

void muster_user_free(muster_user* user) { delete user; }

muster_status muster_user_clear(muster_user* user, muster_error* error) {
  return call(error, [&] { need(user, "user").value.clear(); });
}

muster_status muster_user_set(muster_user* user, const muster_pair* pairs, size_t count,
                              muster_error* error) {
  return call(error, [&] {
    User& its = need(user, "user").value;
    array(pairs, count, "pairs");
    for (size_t i = 0; i < count; ++i) {
      set(its, text(pairs[i].tag, pairs[i].tag_length, "tag"), pairs[i]).value();
    }
  });
}

muster_status muster_user_set_null(muster_user* user, const char* tag, size_t tag_length,
                                   muster_error* error) {
  return set_one(user, tag, tag_length, pair_of(MUSTER_VALUE_NULL), error);
}

muster_status muster_user_set_bool(muster_user* user, const char* tag, size_t tag_length,
                                   int32_t value, muster_error* error) {
  muster_pair pair = pair_of(MUSTER_VALUE_BOOL);
  pair.boolean = value;
  return set_one(user, tag, tag_length, pair, error);
}

muster_status muster_user_set_integer(muster_user* user, const char* tag, size_t tag_length,
                                      int64_t value, muster_error* error) {
  muster_pair pair = pair_of(MUSTER_VALUE_INTEGER);
  pair.integer = value;
  return set_one(user, tag, tag_length, pair, error);
}

muster_status muster_user_set_number(muster_user* user, const char* tag, size_t tag_length,
                                     double value, muster_error* error) {
  muster_pair pair = pair_of(MUSTER_VALUE_NUMBER);
  pair.number = value;
  return set_one(user, tag, tag_length, pair, error);
}

muster_status muster_user_set_days(muster_user* user, const char* tag, size_t tag_length,
                                   int32_t days, muster_error* error) {
  muster_pair pair = pair_of(MUSTER_VALUE_DAYS);
  pair.integer = days;
  return set_one(user, tag, tag_length, pair, error);
}

muster_status muster_user_set_text(muster_user* user, const char* tag, size_t tag_length,
                                   const char* value, size_t length, muster_error* error) {
  muster_pair pair = pair_of(MUSTER_VALUE_TEXT);
  pair.text = value;
  pair.text_length = length;
  return set_one(user, tag, tag_length, pair, error);
}

muster_status muster_user_set_texts(muster_user* user, const char* tag, size_t tag_length,
                                    const muster_text* values, size_t count, muster_error* error) {
  muster_pair pair = pair_of(MUSTER_VALUE_TEXTS);
  pair.texts = values;
  pair.texts_count = count;
  return set_one(user, tag, tag_length, pair, error);
}
