const form = document.querySelector("form");
const field = (name) => form.querySelector(`#${name}`);
const rules = {
  endpoint: (text) => (/^(https:\/\/|\/)\S+$/.test(text) ? "" : "Endpoint must start with https:// or be a path"),
  project_id: (text) => (/^[A-Za-z0-9]+$/.test(text) ? "" : "Project ID must contain only letters and digits"),
  token: (text) => (text ? "" : "Enter the token"),
  instance_id: (text) => (text ? "" : "Enter the instance ID"),
  name: (text) =>
    /^[A-Za-z][A-Za-z0-9_-]{3,63}$/.test(text) ? "" : "Backup name must have 4 to 64 letters, digits, - and _, a letter first",
  description: (text) =>
    text.length <= 256 && !/[>!<"&'=\n]/.test(text) ? "" : "Description must have 256 characters or less, and none of > ! < \" & ' =",
};

for (const [name, rule] of Object.entries(rules)) {
  field(name).addEventListener("input", ({ target }) => target.setCustomValidity(rule(target.value.trim())));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const output = form.querySelector("output");
  const faults = Object.entries(rules).map(([name, rule]) => rule(field(name).value.trim())).filter(Boolean);
  if (faults.length > 0) {
    output.textContent = faults.join(". ");
    return;
  }
  const text = (name) => field(name).value.trim();
  const databases = text("databases").split(/[,\n]/).filter(Boolean).map((name) => ({ name }));
  const body = { instance_id: text("instance_id"), name: text("name") };
  if (text("description")) body.description = text("description");
  if (databases.length > 0) body.databases = databases;
  const answer = await fetch(`${text("endpoint")}/v3/${text("project_id")}/backups`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Auth-Token": text("token") },
    body: JSON.stringify(body),
  });
  output.textContent = `${answer.status} ${await answer.text()}`;
});

// `?databases=1000` begins with so many entries, to be measured with.
const count = Number(new URLSearchParams(location.search).get("databases"));
field("databases").value = Array.from({ length: count }, (_, index) => `database${index}`).join("\n");
