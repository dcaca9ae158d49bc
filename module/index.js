// The RDS backup console as a part of a page: the function `mount`, and the element <rds-backup-console>.
// Everything is drawn in a shadow root, so that the styles of the page and of the console don't meet.
// Importing it does nothing but define the element, where there are elements: a server can import it, too.
import load, { draw } from "./console.js";

/** The wasm and the styles, loaded once for all consoles of a page. */
let loaded;

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

/** The shadow roots that consoles have left. */
const unused = new WeakSet();

/** A shadow root for one console: that of the element, or where something else has it, one beside that. */
function placeIn(element) {
  const own = element.shadowRoot;
  if (!own || unused.delete(own)) {
    const shadow = own ?? element.attachShadow({ mode: "open" });
    return { shadow, leave: () => unused.add(shadow) };
  }
  const beside = document.createElement("div");
  own.append(beside);
  return { shadow: beside.attachShadow({ mode: "open" }), leave: () => beside.remove() };
}

/**
 * Draws a console into an element. Returns at once; `ready` tells when it stands there.
 */
export function mount(element, options = {}) {
  const { shadow, leave } = placeIn(element);
  let wanted = options;
  let mounted;
  let failure;
  let isEnded = false;
  const update = (before) => {
    if (supplier(wanted) !== supplier(before)) {
      mounted?.set_token_supply(supplier(wanted));
    }
    if (wanted !== before) {
      mounted?.set(settings(wanted));
    }
  };
  const end = () => {
    mounted?.unmount();
    mounted?.free();
    mounted = undefined;
  };
  const ready = loading().then(
    async ([, sheet]) => {
      if (isEnded) {
        return;
      }
      shadow.adoptedStyleSheets = [sheet];
      const drawn = wanted;
      mounted = await draw(shadow, element, settings(drawn), supplier(drawn));
      // What has happened while the language was loading.
      if (isEnded) {
        end();
      } else {
        update(drawn);
      }
    },
    (error) => {
      // Another try loads again.
      loaded = undefined;
      if (!isEnded) {
        failure = notice(error);
        shadow.append(failure);
      }
      throw error;
    },
  );
  // Whoever doesn't look at `ready` reads of it where the console would be.
  ready.catch(() => {});
  return {
    ready,
    set(changes) {
      const before = wanted;
      wanted = { ...wanted, ...changes };
      update(before);
    },
    unmount() {
      if (!isEnded) {
        isEnded = true;
        end();
        failure?.remove();
        leave();
      }
    },
  };
}

/** The function that supplies the token; anything else is none. */
function supplier({ token }) {
  return typeof token === "function" ? token : undefined;
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

class RdsBackupConsole extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = Object.keys(ATTRIBUTES);

  #handle;
  #token;
  #options = {};

  constructor() {
    super();
    // What was set before the element was defined hides the properties of the same name.
    for (const name of ["token", "options"]) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  /** The function that supplies the token when it is needed. */
  get token() {
    return this.#token;
  }

  set token(supply) {
    this.#token = supply;
    this.#handle?.set({ token: supply });
  }

  /** The options that have no attribute. */
  get options() {
    return this.#options;
  }

  set options(options) {
    const former = Object.fromEntries(Object.keys(this.#options).map((key) => [key, undefined]));
    this.#options = options ?? {};
    this.#handle?.set({ ...former, ...this.#all() });
  }

  /** Tells when the console stands there. */
  get ready() {
    return this.#handle?.ready;
  }

  connectedCallback() {
    // It stays what it is where it was only moved.
    this.#handle ??= mount(this, this.#all());
  }

  disconnectedCallback() {
    // Moving takes an element out and puts it back at once: only what is still out afterwards was removed.
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#handle?.unmount();
        this.#handle = undefined;
      }
    });
  }

  /** For `moveBefore`, which moves an element without taking it out. */
  connectedMoveCallback() {}

  attributeChangedCallback(name, before, value) {
    if (before !== value) {
      this.#handle?.set(this.#all());
    }
  }

  #all() {
    const attributes = Object.entries(ATTRIBUTES).map(([name, key]) => [key, this.getAttribute(name) ?? undefined]);
    const stated = Object.fromEntries(attributes.filter(([key, value]) => value !== undefined || !(key in this.#options)));
    return { ...this.#options, ...stated, token: this.#token ?? this.#options.token };
  }
}

if (globalThis.customElements && !customElements.get("rds-backup-console")) {
  customElements.define("rds-backup-console", RdsBackupConsole);
}

export { RdsBackupConsole };
