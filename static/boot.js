// Starts the console; in the release page wasm-bindgen's script is a part of it. When it can't start, says so in its place: without WebAssembly no sentence of its own can appear.
const place = document.getElementById("console");
const files = document.querySelector('meta[name="console-files"]').dataset;
// The files of the languages that index.html isn't in, and what browsers call these: `cargo xtask languages` writes them.
const languages = {
  "./prerender/de.html": /^(de(-.*)?)$/i,
  "./prerender/zh-CN.html": /^(zh|zh-cn(-.*)?|zh-sg(-.*)?|zh-hans(-.*)?)$/i,
};
let language = navigator.language;
try {
  // The one that was chosen here before, unless the browser refuses to say.
  language = localStorage["rds-backup-console.language"] ?? language;
} catch {}

// The prerendered form in that language, and its sentences for a page that can't start: as a document, since the policy forbids to write markup. It comes while the program does, and is done without if it doesn't.
const translation = new Promise((done) => {
  const file = Object.keys(languages).find((file) => languages[file].test(language));
  if (!file) {
    return done();
  }
  const request = new XMLHttpRequest();
  request.open("GET", file);
  request.responseType = "document";
  request.timeout = 8000;
  request.onloadend = () => done(request.response);
  request.send();
});

// What was typed can be taken from the fields.
async function say(kind, reason = "") {
  const template = (await translation)?.getElementById(kind) ?? document.getElementById(kind);
  const sentence = template.content.firstElementChild;
  sentence.append(reason);
  place.querySelector(".answers")?.remove();
  place.prepend(sentence);
}

translation.then((page) => {
  const form = page?.querySelector(".console");
  const isTyped = [...place.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
  // What is typed into the prerendered form stays, in whichever language; so does what the program has drawn.
  if (form && place.querySelector(".prerender") && !isTyped && !place.querySelector(":focus")) {
    document.documentElement.lang = form.lang;
    place.replaceChildren(form);
  }
});
if (typeof WebAssembly !== "object") {
  say("no-webassembly");
} else {
  try {
    const { default: start, show_that_it_broke: showThatItBroke } = await import(files.glue);
    // A fault of the program's own ends in a trap, wherever it was called from.
    for (const kind of ["error", "unhandledrejection"]) {
      addEventListener(kind, ({ error, reason }) => {
        if ((error ?? reason) instanceof WebAssembly.RuntimeError) {
          showThatItBroke();
        }
      });
    }
    // Browsers check the integrity of what they fetch, and not all of them that of a preload.
    const { integrity } = document.querySelector(`link[href="${files.wasm}"]`);
    await start({ module_or_path: fetch(files.wasm, { integrity }) });
  } catch (error) {
    say("not-started", error.message);
  }
}
