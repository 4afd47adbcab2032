#include "tags/block_reader.hpp"

#include "tags/column_part.hpp"

namespace muster {

ColumnView TableBlockReader::column(TagId tag) {
  return part_of_column(table_.column(tag), first_, count_);
}

}  // namespace muster
