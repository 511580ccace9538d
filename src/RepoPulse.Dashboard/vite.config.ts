import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";

// Where the API answers while the page is worked on with `npm run dev`.
const api = process.env["REPOPULSE_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [compressed({ limitKilobytes: 100 })],
  build: {
    target: "es2022",
    // An inlined font or image would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": api, "/health": api, "/openapi": api, "/docs": api } },
});
