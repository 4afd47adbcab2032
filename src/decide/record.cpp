#include "decide/record.hpp"

#include "core/checksum.hpp"
#include "decide/record_bytes.hpp"
#include "decide/record_format.hpp"
#include "decide/tag_values.hpp"

namespace muster {
namespace {

void put_cell(RecordWriter& out, const Cell& cell) {
  out.put(cell.index());
  if (const bool* flag = std::get_if<bool>(&cell)) out.put(*flag ? 1 : 0);
  if (const Date* date = std::get_if<Date>(&cell)) out.put_signed(date->days);
  if (const auto* code = std::get_if<CategoryCode>(&cell)) out.put(static_cast<unsigned>(*code));
  if (const Number* number = std::get_if<Number>(&cell)) {
    out.put_double(number->to_double());
    out.put_signed(number->rest());
  }
  if (const auto* codes = std::get_if<std::span<const CategoryCode>>(&cell)) {
    std::vector<CategoryCode> set;
    append_set(set, *codes);
    out.put(set.size());
    for (const CategoryCode code : set) out.put(static_cast<unsigned>(code));
  }
}

void put_cells(RecordWriter& out, const Schema& schema, const UserView& user) {
  out.put(schema.size() - schema.derived_order().size());
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const auto tag = static_cast<TagId>(i);
    if (schema.arithmetic(tag) == nullptr) put_cell(out, proper_value(schema, user, tag));
  }
}

void put_contacts(RecordWriter& out, const std::vector<Contact>& contacts) {
  out.put(contacts.size());
  for (const Contact& contact : contacts) {
    out.put_signed(contact.at.seconds);
    out.put_text(contact.policy);
    out.put_text(contact.channel);
    out.put(static_cast<unsigned>(contact.outcome));
    out.put(static_cast<unsigned>(contact.scope) | (contact.answer ? record_answer : 0));
  }
}

void put_taken(RecordWriter& out, const Catalogue& catalogue,
               std::span<const PreparedPolicy> policies, const WhatWasRead& read) {
  out.put(read.taken.size());
  for (const auto& [policy, taken] : read.taken) {
    out.put_text(catalogue.policies()[policies[policy].position].id);
    out.put(taken.acceptances);
    out.put_double(taken.cost);
  }
}

}  // namespace

std::vector<std::byte> write_record(const PreparedCatalogue& catalogue, const DecisionInput& input,
                                    const WhatWasRead& read) {
  const Schema& schema = catalogue.catalogue.schema();
  RecordWriter out;
  out.put_raw(record_magic);
  out.put(record_version);
  out.put_text(catalogue.catalogue.version());
  out.put_whole(catalogue.catalogue.content_hash());
  out.put_whole(schema.fingerprint());
  out.put_text(input.user.key);
  out.put_signed(input.now.seconds);
  out.put(input.seed);
  put_cells(out, schema, input.user.tags);
  put_contacts(out, read.contacts);
  put_taken(out, catalogue.catalogue, catalogue.policies, read);
  out.put_whole(checksum(out.bytes().data(), out.bytes().size()));
  return std::move(out.bytes());
}

}  // namespace muster
