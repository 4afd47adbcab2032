// Any text is a shop directory or is refused with findings that point into it; in an accepted one
// every shop is found from where it stands.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "muster/engage/shops.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto directory = muster::ShopDirectory::from_json(text);
  if (!directory) {
    require(!directory.error().message.empty(), "a refusal says why");
    for (const muster::Diagnostic& finding : directory.error().diagnostics) {
      require(finding.range.begin <= finding.range.end, "a range begins before it ends");
      require(finding.range.end <= text.size(), "a finding points into the text");
      require(!muster::render(finding, text, "file").empty(), "a finding can be shown");
    }
    return 0;
  }
  for (const muster::Shop& shop : directory->shops()) {
    require(&directory->shops()[directory->find(shop.id)] == &shop, "shops are found by id");
    const auto nearest = directory->nearest(shop.place, 1);
    require(nearest.size() == 1, "there is a nearest shop");
    const muster::GeoPoint place = directory->shops()[nearest.front()].place;
    require(muster::metres_between(place, shop.place) < 1, "which is where we are");
    const auto opens = directory->opens(shop, muster::Moment{0});
    require(!opens || *opens >= muster::Moment{0}, "a shop opens now or later");
  }
  return 0;
}
