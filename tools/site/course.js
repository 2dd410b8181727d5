// The live parts of the site: the sentence of the first page, questions, predictions and controls. This script does not
// use a framework and does not send requests.
"use strict";
const make = (tag, text = "", attributes = {}) => {
  const node = Object.assign(document.createElement(tag), { textContent: text });
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};

// ------------------------------------------------------------------ text to rows, by the rules of tutorial_pkg.tokens
// The white space of Python's str.split().
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
const tokenise = text => text.toLowerCase().split(SPACE).filter(token => token);
const byCodePoints = (one, other) => {
  const a = [...one], b = [...other];
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  return a.length - b.length;
};
const vocabulary = tokens => [...new Set(tokens)].sort(byCodePoints);
window.courseIds = text => {
  const tokens = tokenise(text), words = vocabulary(tokens);
  return { tokens, ids: tokens.map(token => words.indexOf(token)) };
};

function live(place) {
  const rows = JSON.parse(place.dataset.rows), figure = place.querySelector(".course-figure");
  const input = place.querySelector("input");
  const number = value => value.toFixed(4).replace("-", "−");
  const short = token => { const letters = [...token]; return letters.length > 14 ? letters.slice(0, 6).join("") + "…" + letters.slice(-6).join("") : token; };
  let chosen = 0;
  const draw = () => {
    const { tokens, ids } = window.courseIds(input.value), size = new Set(ids).size;
    figure.replaceChildren();
    if (!tokens.length) return void figure.append(make("p", "An empty text has no tokens. Type a word."));
    if (size > rows.length) return void figure.append(make("p", `This page has rows for ${rows.length} different words, but this sentence has ${size}.`));
    chosen = Math.min(chosen, tokens.length - 1);
    const table = make("table"), shown = tokens.slice(0, 40), head = make("tr");
    head.append(make("th", "token", { scope: "col" }), make("th", "id", { scope: "col" }), make("th", "row", { scope: "colgroup", colspan: 3 }));
    table.append(head);
    shown.forEach((token, i) => {
      const line = make("tr", "", i === chosen ? { class: "chosen" } : {}), first = make("td");
      const button = make("button", short(token), { type: "button", class: "token", "aria-pressed": i === chosen });
      button.onclick = () => { chosen = i; draw(); figure.querySelectorAll("button")[i].focus(); };
      first.append(button);
      line.append(first, make("td", ids[i], { class: "id" }), ...rows[ids[i]].map(value => make("td", number(value))));
      table.append(line);
    });
    const id = ids[chosen], hot = Array.from({ length: size }, (_, i) => (i === id ? 1 : 0));
    const product = [0, 1, 2].map(d => hot.reduce((sum, one, i) => sum + one * rows[i][d], 0));
    const list = make("div", "", { class: "course-tokens", tabindex: 0, role: "region", "aria-label": "tokens, ids and rows" });
    list.append(table);
    figure.append(list, make("p", `You chose “${short(tokens[chosen])}”, which has the id ${id}. Its one-hot vector:`));
    const p = make("p");
    hot.forEach(one => p.append(make("span", one, one ? { class: "one" } : {}), " "));
    figure.append(p, make("p", `One-hot vector times table: [${product.map(number).join(", ")}]. This is row ${id}, so the lookup and the product give the same numbers. Choose another token in the list.`));
  };
  input.oninput = draw;
  draw();
}

// ---------------------------------------------------------------------------------------------- questions
function say(place, right, words) {
  let line = place.querySelector(".course-said");
  if (!line) place.append(line = make("p", "", { class: "course-said", role: "status" }));
  line.replaceChildren();
  if (right !== null) line.append(make("span", right ? "✓" : "×", { class: `mark ${right ? "right" : "wrong"}` }));
  line.insertAdjacentHTML("beforeend", words); // our own texts, which build.py has escaped
}
const letters = (place, all, act) => all.forEach(letter => {
  const button = make("button", letter, { type: "button", "aria-label": `answer ${letter}` });
  button.onclick = () => act(letter);
  place.append(button);
});

function recall(place) {
  const feedback = JSON.parse(place.dataset.feedback);
  letters(place, Object.keys(feedback), letter => {
    const right = letter === place.dataset.right;
    say(place, right, `${right ? "Right" : "Not quite"}. ${feedback[letter]}`);
  });
}

// The simplest form of what a learner typed: two spellings of one answer have the same form.
const plain = (kind, text) => {
  text = String(text).normalize("NFKC").trim().replace(/^["'`]+|["'`.]+$/g, "").replace("−", "-");
  if (kind === "name") return text.split(/:\s/)[0].toLowerCase();
  if (kind === "number") return String(Number(text.replace(/(\d)[,_\s](?=\d{3}\b)/g, "$1")));
  return (text.match(/-?\d+(\.\d+)?/g) || []).map(Number).join(",");
};
const escape = text => make("p", text).innerHTML;

function predict(place) {
  const item = JSON.parse(place.dataset.item), hidden = [];
  // Until the reader makes or skips a guess, hide the result and the text below, which also gives the result away.
  let revealed = false, cells = 0;
  for (let node = outer(place).nextElementSibling; node; node = node.nextElementSibling) {
    if (/^H\d$|^SECTION$/.test(node.tagName)) break;
    const start = node.querySelector("span[id^=cell-]");
    if (revealed && (node.matches(".cell, [class^=course-]") || (start && (cells++ || start.id.endsWith("-ask"))))) break;
    if (node.querySelector(".course-reveal")) revealed = true;
    node.hiddenBy = (node.hiddenBy || 0) + 1;
    node.classList.add("course-hidden");
    hidden.push(node);
  }
  const open = () => hidden.splice(0).forEach(node => {
    if (!--node.hiddenBy) node.classList.remove("course-hidden");
  });
  const answer = guess => {
    const right = item.kind === "choice" ? guess === item.right : plain(item.kind, guess) === plain(item.kind, item.result);
    const wrong = item.wrong.find(([value]) => item.kind === "choice" ? value === guess : plain(item.kind, value) === plain(item.kind, guess));
    say(place, right, right ? `Right, it is ${escape(item.result)}. ${item.why}` : `It is ${escape(item.result)}, not ${escape(guess)}. ${wrong ? wrong[1] : item.why}`);
    open();
  };
  if (item.kind === "choice") letters(place, item.options, answer);
  else {
    const form = make("form"), field = make("input", "", { type: "text", "aria-label": `your prediction, ${item.form}`, placeholder: item.form });
    form.append(field, make("button", "predict", { type: "submit" }));
    form.onsubmit = event => {
      event.preventDefault();
      const empty = ["", "NaN"].includes(plain(item.kind, field.value)) && !/nan/i.test(field.value);
      return empty && plain(item.kind, item.result) !== "" ? say(place, null, `Expected ${escape(item.form)}.`) : answer(field.value.trim());
    };
    place.append(form);
  }
  const skip = make("button", "skip", { type: "button", "aria-label": "skip the prediction and show the result" });
  skip.onclick = () => { say(place, null, `It is ${escape(item.result)}. ${item.why}`); open(); };
  place.append(skip);
}
// The outermost element around a node that is still inside the section.
function outer(node) {
  while (node.parentElement && !/^(SECTION|DETAILS|ARTICLE)$/.test(node.parentElement.tagName)) node = node.parentElement;
  return node;
}

// ---------------------------------------------------------------------------------------------- controls
function explore(place) {
  const data = JSON.parse(place.dataset.explore), chosen = data.controls.map(control => control.start);
  const base = document.documentElement.dataset.content_root || "";
  const image = make("img"), words = make("p", "", { "aria-live": "polite" });
  const draw = () => {
    const [file, text] = data.states[chosen.join("-")];
    image.src = `${base}_static/states/${file}`;
    image.alt = words.textContent = text;
  };
  data.controls.forEach((control, i) => {
    const label = make("label", `${control.label} `), slider = control.kind === "slider" && control.values.length > 2;
    if (control.values.length < 2) return;
    const field = slider ? make("input", "", { type: "range", min: 0, max: control.values.length - 1 }) : make("select");
    const value = make("output", slider ? control.values[control.start] : "");
    if (!slider) control.values.forEach((text, at) => field.append(make("option", text, { value: at })));
    field.value = control.start;
    field.oninput = () => { chosen[i] = Number(field.value); if (slider) value.textContent = control.values[chosen[i]]; draw(); };
    label.append(field, value);
    place.append(label);
  });
  // The page also has the stored picture of the notebook, above this place. Remove the stored picture.
  let before = outer(place).previousElementSibling;
  while (before && !before.querySelector("img.course-picture")) before = before.previousElementSibling;
  const stored = before && [...before.querySelectorAll("img.course-picture")].pop();
  if (stored) stored.remove();
  place.append(image, words);
  draw();
}

// On a phone, a tap makes a picture large enough to read, and a second tap makes it small again.
addEventListener("click", event => {
  if (event.target.matches("img.course-picture, .course-explore img")) event.target.classList.toggle("course-large");
});

document.querySelectorAll(".course-live").forEach(live);
document.querySelectorAll(".course-recall").forEach(recall);
document.querySelectorAll(".course-predict").forEach(predict);
document.querySelectorAll(".course-explore").forEach(explore);
// A link into a folded side path, or to a hidden result, opens it.
const openTarget = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let node = target; node; node = node.parentElement) {
    if (node.tagName === "DETAILS") node.open = true;
    node.classList.remove("course-hidden");
  }
  if (target) target.scrollIntoView();
};
addEventListener("hashchange", openTarget);
openTarget();
