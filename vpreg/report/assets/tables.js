// Tables of texts: whatever they hold is set as text, never as markup.

function showTables(data) {
  const place = document.getElementById("tables");
  for (const table of data.tables) {
    const drawn = drawTable(table);
    const note = table.note ? [element("p", { className: table.note.startsWith("STSR") ? "note loud" : "note", textContent: table.note })] : [];
    if (table.folded) {
      place.append(element("details", { className: "long" }, element("summary", { textContent: table.title }), ...note, drawn));
    } else {
      place.append(element("div", {}, element("h3", { textContent: table.title }), ...note, drawn));
    }
  }
}

function drawTable(table) {
  const head = element("tr", {}, element("th"), ...table.head.map((text) => scoped("col", text)));
  const rows = table.rows.map((row) =>
    element("tr", {}, scoped("row", row.label), ...row.cells.map((text) => element("td", { textContent: text ?? "" }))));
  const body = element("tbody", {}, ...rows);
  const made = element("table");
  if (table.head.length > 1) made.append(element("thead", {}, head));
  made.append(body);
  return made;
}

function scoped(scope, text) {
  return element("th", { scope, textContent: text });
}
