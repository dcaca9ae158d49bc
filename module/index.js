// The RDS backup console as a part of a page: the function `mount`, and the element <rds-backup-console>.
// Everything is drawn in a shadow root, so that the styles of the page and of the console don't meet.
import load, { draw, show_that_it_broke as showThatItBroke } from "./console.js";

/** The wasm and the styles, loaded once for all consoles of a page. */
let loaded;

// A fault of the program's own ends in a trap, wherever it was called from.
for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, ({ error, reason }) => {
    if (loaded && (error ?? reason) instanceof WebAssembly.RuntimeError) {
      showThatItBroke();
    }
  });
}

function loading() {
  loaded ??= Promise.all([load({ module_or_path: new URL("./console_bg.wasm", import.meta.url) }), styles()]);
  return loaded;
}

async function styles() {
  const answer = await fetch(new URL("./console.css", import.meta.url));
  if (!answer.ok) {
    throw new Error(`console.css: HTTP ${answer.status}`);
  }
  // Adopted rather than linked: one sheet for all, and no flash of a form without it.
  return new CSSStyleSheet().replace(await answer.text());
}

/**
 * Draws a console into an element. Returns at once; `ready` tells when it stands there.
 */
export function mount(element, options = {}) {
  const shadow = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  let wanted = options;
  let mounted;
  let isEnded = false;
  const ready = loading().then(
    ([, sheet]) => {
      if (isEnded) {
        return;
      }
      shadow.adoptedStyleSheets = [sheet];
      mounted = draw(shadow, element, settings(wanted), wanted.token);
    },
    (error) => {
      // Another try loads again.
      loaded = undefined;
      if (!isEnded) {
        shadow.append(notice(error));
      }
      throw error;
    },
  );
  // Whoever doesn't look at `ready` reads of it where the console would be.
  ready.catch(() => {});
  return {
    ready,
    set(changes) {
      wanted = { ...wanted, ...changes };
      mounted?.set(settings(wanted));
    },
    unmount() {
      isEnded = true;
      mounted?.unmount();
      mounted?.free();
      mounted = undefined;
      shadow.replaceChildren();
    },
  };
}

/**
 * The options that are data: everything but the token. One without a value is left out, except for `allowed_hosts`, however
 * it is written: who sets it wants a limit, and a value that got lost must not mean that there is none.
 */
function settings({ token, ...others }) {
  return Object.fromEntries(Object.entries(others).filter(([key, value]) => value != null || /allow|host/i.test(key)));
}

function notice(error) {
  const paragraph = document.createElement("p");
  paragraph.setAttribute("role", "alert");
  paragraph.textContent = `The backup console can't be loaded. / Die Sicherungskonsole lässt sich nicht laden. / 无法加载备份控制台。 (${error.message})`;
  return paragraph;
}

/** Attributes of the element, and the options that they stand for. */
const ATTRIBUTES = {
  endpoint: "endpoint",
  "project-id": "project_id",
  "instance-id": "instance_id",
  language: "language",
  theme: "theme",
  "console-title": "title",
};

class RdsBackupConsole extends HTMLElement {
  static observedAttributes = Object.keys(ATTRIBUTES);

  #handle;
  #token;
  #options = {};

  /** The function that supplies the token when it is needed. */
  get token() {
    return this.#token;
  }

  set token(supply) {
    this.#token = supply;
    // Who supplies it can't change in a console that stands there.
    if (this.#handle) {
      this.disconnectedCallback();
      this.connectedCallback();
    }
  }

  /** The options that have no attribute. */
  get options() {
    return this.#options;
  }

  set options(options) {
    this.#options = options;
    this.#handle?.set(this.#all());
  }

  /** Tells when the console stands there. */
  get ready() {
    return this.#handle?.ready;
  }

  connectedCallback() {
    this.#handle = mount(this, { ...this.#all(), token: this.#token });
  }

  disconnectedCallback() {
    this.#handle?.unmount();
    this.#handle = undefined;
  }

  attributeChangedCallback() {
    this.#handle?.set(this.#all());
  }

  #all() {
    const attributes = Object.entries(ATTRIBUTES).map(([name, key]) => [key, this.getAttribute(name)]);
    return { ...this.#options, ...Object.fromEntries(attributes.filter(([, value]) => value != null)) };
  }
}

if (!customElements.get("rds-backup-console")) {
  customElements.define("rds-backup-console", RdsBackupConsole);
}

export { RdsBackupConsole };
