import { mount, type Handle, type Target } from "rds-backup-console";

const place = document.querySelector<HTMLElement>("#console")!;
const newest = document.querySelector<HTMLElement>("#newest")!;
const settings = new URLSearchParams(location.search);

async function token(target: Target): Promise<string> {
  const answer = await fetch(`/token?project_id=${encodeURIComponent(target.project_id)}`);
  return answer.text();
}

const handle: Handle = mount(place, {
  endpoint: settings.get("endpoint") ?? "/api",
  project_id: settings.get("project_id") ?? "",
  instance_id: settings.get("instance_id") ?? "",
  language: "en",
  token,
});

place.addEventListener("backup-created", (event) => {
  newest.textContent = `${event.detail.name}: ${event.detail.status}`;
});
place.addEventListener("backup-finished", (event) => {
  newest.textContent = `${event.detail.name}: ${event.detail.status} in ${event.detail.duration_seconds} s`;
});

await handle.ready;
