// Days chosen by dragging over the columns of a chart. By keyboard they are typed into the form.
const SVG = "http://www.w3.org/2000/svg";

/** Let days be chosen in a chart: `chosen` is called with the first and the last, as ISO dates. */
export function brush(chart, chosen) {
  let begun = null;

  chart.addEventListener("pointerdown", (event) => {
    const bars = event.target.closest(".bars");
    if (!bars || event.button !== 0) return;
    begun = { bars, from: columnAt(bars, event), mark: document.createElementNS(SVG, "rect") };
    begun.mark.setAttribute("class", "brush");
    begun.mark.setAttribute("y", "0");
    begun.mark.setAttribute("height", "100");
    bars.append(begun.mark);
    bars.setPointerCapture(event.pointerId);
    draw(begun, begun.from);
    event.preventDefault();
  });
  chart.addEventListener("pointermove", (event) => {
    if (begun) draw(begun, columnAt(begun.bars, event));
  });
  chart.addEventListener("pointerup", (event) => {
    if (!begun) return;
    const columns = columnsOf(begun.bars);
    const [first, last] = ordered(begun.from, columnAt(begun.bars, event));
    begun.mark.remove();
    begun = null;
    if (columns.length) chosen(columns[first].dataset.day, columns[last].dataset.last);
  });
  chart.addEventListener("pointercancel", () => {
    begun?.mark.remove();
    begun = null;
  });
}

function columnsOf(bars) {
  return bars.querySelectorAll("[data-day]");
}

function columnAt(bars, event) {
  const box = bars.getBoundingClientRect();
  const number = columnsOf(bars).length;
  const at = Math.floor(((event.clientX - box.left) / box.width) * number);
  return Math.max(0, Math.min(number - 1, at));
}

function ordered(one, other) {
  return one <= other ? [one, other] : [other, one];
}

function draw({ bars, from, mark }, to) {
  const [first, last] = ordered(from, to);
  const width = bars.viewBox.baseVal.width / columnsOf(bars).length;
  mark.setAttribute("x", first * width);
  mark.setAttribute("width", (last - first + 1) * width);
}
