/**
 * Shows, of the form that assesses, the fields of what is assessed alone. Without it all are shown.
 */

/** Each kind of assessment, and the part of the form that it fills in. */
function parts(chosen) {
  const fields = Object.entries(JSON.parse(chosen.dataset.fields));
  const prefix = chosen.name.slice(0, -"assessed".length);
  return fields.map(([kind, name]) => [
    kind,
    chosen.form.elements.namedItem(prefix + name)?.closest("fieldset"),
  ]);
}

for (const chosen of document.querySelectorAll("[data-assess] [data-fields]")) {
  const filled = parts(chosen);
  const show = () => {
    for (const [kind, part] of filled) if (part) part.hidden = !!chosen.value && kind !== chosen.value;
  };
  chosen.addEventListener("change", show);
  // A part with an error in it stays in sight until something else is chosen.
  if (!filled.some(([kind, part]) => kind !== chosen.value && part?.querySelector(".errorlist"))) show();
}
