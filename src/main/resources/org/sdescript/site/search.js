// The search of the site. The pages are complete without it.
(() => {
  const root = document.currentScript.dataset.root;
  const form = document.querySelector("form");
  const [box, list] = form.children;
  let index;

  // The index is a script, because pages from the disk may load nothing else; it is loaded at the first search.
  const load = () => index ??= new Promise(done => {
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onload = () => done(sdeIndex);
    document.head.append(script);
  });

  // Smaller is better; null if a word is missing. A heading that is the word comes before one that contains it.
  const rank = (words, [, heading, , text]) => {
    const title = heading.toLowerCase();
    const all = title + " " + text.toLowerCase();
    let sum = 0;
    for (const word of words) {
      if (!all.includes(word)) return null;
      sum += title === word ? 0 : title.startsWith(word) ? 1 : title.includes(word) ? 2 : 4;
    }
    return sum;
  };

  const found = (entries, words) => entries
    .map(entry => ({ entry, at: rank(words, entry) }))
    .filter(each => each.at !== null)
    .sort((a, b) => a.at - b.at)
    .slice(0, 20);

  const item = ([page, heading, address]) => {
    const line = document.createElement("li");
    const link = line.appendChild(document.createElement("a"));
    link.href = root + address;
    link.textContent = heading;
    link.appendChild(document.createElement("small")).textContent = page === heading ? "" : page;
    return line;
  };

  const nothing = () => {
    const line = document.createElement("li");
    line.appendChild(document.createElement("p")).textContent = "No page has all of these words.";
    return line;
  };

  const show = async () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const entries = await load();
    if (words.join() !== box.value.toLowerCase().split(/\s+/).filter(Boolean).join()) return;
    const hits = found(entries, words);
    list.replaceChildren(...(hits.length ? hits.map(each => item(each.entry)) : [nothing()]));
    list.hidden = !words.length;
  };

  form.hidden = false;
  box.addEventListener("focus", load);
  box.addEventListener("input", show);
  form.addEventListener("submit", event => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") list.hidden = true;
    if (event.key === "/" && document.activeElement !== box) {
      event.preventDefault();
      box.focus();
    }
  });
  document.addEventListener("click", event => {
    if (!form.contains(event.target)) list.hidden = true;
  });
})();
