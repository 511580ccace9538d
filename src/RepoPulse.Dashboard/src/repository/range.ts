export interface Range {
  fromMs: number;
  toMs: number;
}

const steps: readonly (readonly [number, string])[] = [
  [60, "PT1M"],
  [300, "PT5M"],
  [900, "PT15M"],
  [3_600, "PT1H"],
  [10_800, "PT3H"],
  [21_600, "PT6H"],
  [86_400, "P1D"],
  [604_800, "P7D"],
];

/** The shortest length that leaves each bucket a few points wide. */
export function bucketFor({ fromMs, toMs }: Range): { seconds: number; text: string } {
  const [seconds, text] = steps.find(([length]) => (toMs - fromMs) / 1000 / length <= 200) ?? steps.at(-1)!;
  return { seconds, text };
}

export const shortestMs = 20 * 60_000;

/** @param factor below 1 comes nearer. @param shift in widths of the range. */
export function moved({ fromMs, toMs }: Range, factor: number, shift: number, nowMs: number): Range {
  const width = Math.max(shortestMs, (toMs - fromMs) * factor);
  const end = Math.min(nowMs, (fromMs + toMs) / 2 + width / 2 + shift * (toMs - fromMs));
  return { fromMs: end - width, toMs: end };
}
