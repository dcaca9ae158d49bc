// The module is in the folder `rds-backup-console` beside this page: the files of dist-module/.
import { mount } from "./rds-backup-console/index.js";

const settings = new URLSearchParams(location.search);

// The element, with a token that is asked for when it is needed.
const first = document.querySelector("#first");
first.setAttribute("endpoint", settings.get("endpoint") ?? "/api");
first.setAttribute("project-id", settings.get("project_id") ?? "");
first.token = async ({ endpoint, project_id }) => {
  const answer = await fetch(`token?${new URLSearchParams({ endpoint, project_id })}`);
  return answer.ok ? answer.text() : "";
};

// The function, with the token typed by its user.
window.second = mount(document.querySelector("#second"), {
  endpoint: settings.get("endpoint") ?? "/api",
  language: "de",
  theme: "dark",
  poll_seconds: 1,
});

for (const name of ["backup-created", "backup-finished", "backup-refused"]) {
  addEventListener(name, ({ detail, target }) => {
    const item = document.createElement("li");
    item.textContent = `${target.id}: ${name}: ${detail.name} ${detail.status ?? detail.outcome}`;
    document.querySelector("#events").append(item);
  });
}

window.mount = mount;
