// The map on another's page: it moves, and its count moves with it.
import { begin } from "./incident_map.js";
import { show } from "./parts.js";

const map = await begin(document.querySelector("[data-map]"), async (box) => {
  const address = new URL(location.href);
  address.searchParams.delete("bbox");
  address.searchParams.set("view", box);
  if (await show(address.href.replaceAll("%2C", ","))) map.draw();
});
