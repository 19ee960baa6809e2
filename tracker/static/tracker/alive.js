// Keeps a session alive while somebody types, and the page they type in fit to be saved.
//
// Nothing is asked while nobody types: who leaves is logged out. Who comes back to a session that has
// ended is told at the first letter, logs in in another window, and goes on in this one.

const EVERY = 4 * 60 * 1000; // milliseconds
const form = document.querySelector('form[method="post"] [name="csrfmiddlewaretoken"]')?.form;
const notice = document.querySelector("[data-alive]");
let asked = Date.now();

async function ask() {
  asked = Date.now();
  let response;
  try {
    response = await fetch(notice.dataset.alive, { cache: "no-store" });
  } catch {
    return; // The line is down: asked again at a later letter.
  }
  notice.hidden = response.status !== 401;
  if (response.status === 401) {
    asked = 0;
  } else if (response.ok) {
    const { token } = await response.json();
    for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) {
      field.value = token;
    }
  }
}

if (form && notice) {
  form.addEventListener("input", () => {
    if (Date.now() - asked > EVERY) ask();
  });
  // Back from the window in which they logged in.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && (!notice.hidden || Date.now() - asked > EVERY)) ask();
  });
}
