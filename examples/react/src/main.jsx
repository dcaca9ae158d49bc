import "rds-backup-console";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

const settings = new URLSearchParams(location.search);

// It renders ten times a second, each time with new functions and objects, as a component may.
function Portal() {
  const [seconds, setSeconds] = useState(0);
  const [newest, setNewest] = useState("No backup yet");
  useEffect(() => {
    const clock = setInterval(() => setSeconds((before) => before + 0.1), 100);
    return () => clearInterval(clock);
  }, []);
  return (
    <>
      <h1>Our portal</h1>
      <p id="clock">{seconds.toFixed(1)} s</p>
      <rds-backup-console
        id="console"
        endpoint={settings.get("endpoint") ?? "/api"}
        project-id={settings.get("project_id") ?? ""}
        options={{ poll_seconds: 1 }}
        token={async ({ project_id }) => {
          const answer = await fetch(`/token?project_id=${encodeURIComponent(project_id)}`);
          return answer.text();
        }}
        onbackup-created={({ detail }) => setNewest(`${detail.name}: ${detail.status}`)}
        onbackup-finished={({ detail }) => setNewest(`${detail.name}: ${detail.status} in ${detail.duration_seconds} s`)}
      />
      <p id="newest">{newest}</p>
    </>
  );
}

createRoot(document.querySelector("#portal")).render(<Portal />);
