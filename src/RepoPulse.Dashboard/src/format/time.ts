const units: readonly (readonly [number, string, string])[] = [
  [86_400, "d", "day"],
  [3_600, "h", "hour"],
  [60, "min", "minute"],
  [1, "s", "second"],
];

/** "3 min 36 s": the two largest units that say something, and no more. */
export function duration(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 10) return `${trim(seconds, seconds < 1 ? 2 : 1)} s`;
  let rest = Math.round(seconds);
  // What is longer than a day is not shown to the minute, what is longer than an hour not to the second.
  if (rest >= 86_400) rest = Math.round(rest / 3_600) * 3_600;
  else if (rest >= 3_600) rest = Math.round(rest / 60) * 60;
  const parts: string[] = [];
  for (const [length, unit] of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** "2 min ago". */
export function ago(time: string | null, nowMs: number): string {
  if (time === null) return "never";
  const seconds = (nowMs - Date.parse(time)) / 1000;
  if (seconds < -5) return `in ${largest(-seconds)}`;
  return seconds < 5 ? "just now" : `${largest(seconds)} ago`;
}

function largest(seconds: number): string {
  for (const [length, unit] of units) if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  return "0 s";
}

const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });
const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const fullTime = (time: string | null): string => (time === null ? "" : full.format(new Date(time)));
export const shortTime = (ms: number): string => short.format(ms);

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** "24 Nov, 10:00 – 11:00": the day once, where it is the same. */
export const stretch = (fromMs: number, toMs: number): string =>
  `${shortTime(fromMs)} – ${day.format(fromMs) === day.format(toMs) ? clock.format(toMs) : shortTime(toMs)}`;
