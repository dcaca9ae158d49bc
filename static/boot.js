// Starts the console; in the release page wasm-bindgen's script is a part of it. When it can't start, says so in its place: without WebAssembly no sentence of its own can appear.
const place = document.getElementById("console");
const files = document.querySelector('meta[name="console-files"]').dataset;
let language = navigator.language;
try {
  // The one that was chosen here before, unless the browser refuses to say.
  language = localStorage["rds-backup-console.language"] ?? language;
} catch {}
language = language.startsWith("de") ? "de" : "en";

// The sentences stand in index.html, in both languages. What was typed can be taken from the fields.
function say(kind, reason = "") {
  const sentence = document.getElementById(kind).content.querySelector(`[lang=${language}]`);
  sentence.append(reason);
  place.querySelector(".answers")?.remove();
  place.prepend(sentence);
}

// What is typed into the prerendered form stays, in whichever language.
if (language === "de" && !place.querySelector(":focus, :user-valid")) {
  document.documentElement.lang = language;
  place.replaceChildren(document.getElementById("prerender-de").content);
}
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
