// The parts of a page that tell what its address asks for, taken from the same page at another address.
let asking = new AbortController();

/** Put the parts of the page at an address in the place of this page's. True where it went well. */
export async function show(address) {
  asking.abort();
  asking = new AbortController();
  const main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = page.title;
    document.querySelectorAll("[data-part]").forEach((part) => swap(part, page));
    failed(false);
    main.removeAttribute("aria-busy");
    return answer.url;
  } catch (error) {
    if (error.name === "AbortError") return null;
    main.removeAttribute("aria-busy");
    failed(true);
    return null;
  }
}

function swap(part, page) {
  const other = page.querySelector(`[data-part="${part.dataset.part}"]`);
  if (!other) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const open = new Map([...part.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
  part.replaceChildren(...other.childNodes);
  for (const each of part.querySelectorAll("details[id]")) {
    each.open = open.get(each.id) ?? each.open;
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function failed(hasFailed) {
  const told = document.querySelector("[data-failed]");
  if (told) told.hidden = !hasFailed;
}
