// Starts the console; in the release page wasm-bindgen's script is a part of it. When it can't start, says so in its place: without WebAssembly no sentence of its own can appear.
const place = document.getElementById("console");
const files = document.querySelector('meta[name="console-files"]').dataset;

const sentences = {
  en: {
    missing: "This browser has no WebAssembly, or it is switched off. Use a current browser, or switch it on, and reload the page.",
    failed: "The console can't start. Reload the page. If that doesn't help, the web server may not serve all of its files, or not as what they are (application/wasm). The browser says: ",
  },
  de: {
    missing: "Dieser Browser kennt kein WebAssembly, oder es ist abgeschaltet. Verwenden Sie einen aktuellen Browser, oder schalten Sie es ein, und laden Sie die Seite neu.",
    failed: "Die Konsole lässt sich nicht starten. Laden Sie die Seite neu. Hilft das nicht, so liefert der Webserver vielleicht nicht alle Dateien aus, oder nicht als das, was sie sind (application/wasm). Der Browser meldet: ",
  },
};
const words = navigator.language.startsWith("de") ? sentences.de : sentences.en;

function say(sentence) {
  const paragraph = document.createElement("p");
  paragraph.className = "loading";
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = sentence;
  place.replaceChildren(paragraph);
}

if (typeof WebAssembly !== "object") {
  say(words.missing);
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
    say(words.failed + error.message);
  }
}
