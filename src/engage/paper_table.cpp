#include "engage/paper_table.hpp"

namespace muster {
namespace {

SqlValue sql_kind(PaperKind kind) { return static_cast<std::int64_t>(kind); }

Paper paper_of(const SqlRow& row) {
  Paper paper;
  paper.kind = static_cast<PaperKind>(row.whole(0));
  paper.id = static_cast<std::uint64_t>(row.whole(1));
  paper.owner = row.text(2);
  if (!row.null(3)) paper.due = Moment{row.whole(3)};
  paper.body = row.text(4);
  return paper;
}

}  // namespace

void PaperTable::put(const Paper& paper) {
  store_.run(Sql::put_paper, {sql_kind(paper.kind), sql(paper.id), paper.owner,
                              paper.due ? SqlValue(paper.due->seconds) : SqlValue(), paper.body});
}

std::optional<Paper> PaperTable::find(PaperKind kind, std::uint64_t id) {
  std::optional<Paper> found;
  store_.run(Sql::find_paper, {sql_kind(kind), sql(id)},
             [&](const SqlRow& row) { found = paper_of(row); });
  return found;
}

std::vector<Paper> PaperTable::of_owner(PaperKind kind, std::string_view owner) {
  std::vector<Paper> found;
  store_.run(Sql::papers_of_owner, {sql_kind(kind), owner},
             [&](const SqlRow& row) { found.push_back(paper_of(row)); });
  return found;
}

std::vector<Paper> PaperTable::due(PaperKind kind, Moment now, std::size_t most) {
  std::vector<Paper> found;
  store_.run(Sql::due_papers, {sql_kind(kind), now.seconds, sql(std::uint64_t{most})},
             [&](const SqlRow& row) { found.push_back(paper_of(row)); });
  return found;
}

}  // namespace muster
