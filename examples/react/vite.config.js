import { defineConfig } from "vite";

export default defineConfig({
  esbuild: { jsx: "automatic" },
  // The module finds its wasm and its styles beside itself; Vite's development server would move it away from them.
  optimizeDeps: { exclude: ["rds-backup-console"] },
  // Files that are fetched stay files.
  build: { assetsInlineLimit: 0, target: "es2022" },
});
