import type { State, WindowCoverage } from "../api/types.ts";
import { ago, duration } from "../format/time.ts";
import { plural } from "../format/number.ts";

export const stateText: Record<State, string> = {
  watching: "watching",
  unwatched: "not watched",
  notFound: "not found",
  gone: "gone",
  blocked: "blocked",
  unauthorized: "unauthorized",
};

/** The coverage of a window, in the fewest words that stay honest. */
export function coverageText(coverage: WindowCoverage, nowMs: number): { text: string; kind: "whole" | "part" | "gap" | "none"; title: string } {
  if (coverage.gaps > 0)
    return { text: plural(coverage.gaps, "gap"), kind: "gap", title: `${duration(coverage.missingSeconds)} may be missing` };
  if (coverage.complete) return { text: "complete", kind: "whole", title: "Every event of the window is held" };
  if (coverage.from === null) return { text: "unknown", kind: "none", title: "Not read yet" };
  return { text: `since ${ago(coverage.from, nowMs).replace(" ago", "")}`, kind: "part", title: "GitHub's feed did not reach further back when it was first read" };
}
