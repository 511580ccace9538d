import { useState } from "preact/hooks";
import type { Liveness } from "../api/stream.ts";
import { duration } from "../format/time.ts";

const livenessText = (liveness: Liveness): string =>
  liveness.state === "live" ? "Live" : liveness.state === "connecting" ? "Connecting" : "Not live";

const livenessDetail = (liveness: Liveness): string => {
  switch (liveness.state) {
    case "live":
      return "Events appear as they arrive.";
    case "connecting":
      return "";
    case "waiting":
      return `${liveness.detail} Trying again.`;
    case "absent":
      return `${liveness.detail} The page asks again every 30 s.`;
  }
};

export function Header({ liveness, ageSeconds }: { liveness: Liveness; ageSeconds: number | null }) {
  return (
    <header class="top">
      <a class="skip" href="#content" onClick={(e) => (e.preventDefault(), document.getElementById("content")?.focus())}>
        Skip to the content
      </a>
      <a class="brand" href="#/">
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <path d="M1 16c4 0 4-2 6-2s2 2 4 2 2-9 5-9 2 18 5 18 2-9 4-9h6" />
        </svg>
        RepoPulse
      </a>
      <div class="top-right">
        {ageSeconds !== null && <span class="stale" role="status">Statistics of {duration(ageSeconds)} ago: the store cannot be read</span>}
        <span class={`live live-${liveness.state}`} role="status" title={livenessDetail(liveness)}>
          {livenessText(liveness)}
        </span>
        <a href="/docs" class="quiet">API</a>
        <ThemeSwitch />
      </div>
    </header>
  );
}

function ThemeSwitch() {
  const root = document.documentElement;
  const [dark, setDark] = useState(() => (root.dataset["theme"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark");
  const turn = () => {
    const theme = dark ? "light" : "dark";
    root.dataset["theme"] = theme;
    setDark(!dark);
    dispatchEvent(new Event("themechange"));
    try {
      localStorage.setItem("repopulse.theme", theme);
    } catch {
      // Storage is forbidden: it holds for this page.
    }
  };
  return (
    <button type="button" class="icon" aria-label={dark ? "Switch to light" : "Switch to dark"} title={dark ? "Light" : "Dark"} onClick={turn}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <path d={dark ? "M10 4V1m0 18v-3m6-6h3M1 10h3m10.2-4.2 2.2-2.2M3.600 16.400l2.200-2.200m8.400 0 2.200 2.200M3.600 3.600l2.200 2.200M10 6.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7z" : "M16.500 12.500A7 7 0 0 1 7.500 3.500a7 7 0 1 0 9 9z"} />
      </svg>
    </button>
  );
}
