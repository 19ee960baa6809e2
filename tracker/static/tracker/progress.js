// How far the work on a file is. Once it has ended the page is opened again, to show what came of it.
const PAUSE = 1500;
const shown = document.querySelector("[data-progress]");
const bar = shown.querySelector("progress");

async function look() {
  const answer = await fetch(shown.dataset.progress, { headers: { Accept: "application/json" } });
  // Whoever is logged out meanwhile is asked to log in by the page itself.
  if (!answer.ok || answer.redirected) return true;
  const told = await answer.json();
  if (told.percent === null) bar.removeAttribute("value");
  else bar.value = told.percent;
  shown.querySelector("[data-said]").textContent = told.said;
  return !told.under_way;
}

async function follow() {
  try {
    if (await look()) return location.reload();
  } catch {
    // The network is away for a while: the work is not.
  }
  setTimeout(follow, PAUSE);
}

setTimeout(follow, PAUSE);
