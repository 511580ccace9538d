import type { Stretch } from "../api/types.ts";
import { duration, fullTime } from "../format/time.ts";
import type { Range } from "./range.ts";

const words = { complete: "complete", gap: "gap", repaired: "gap, repaired from an archive" };

/** Coverage, on the chart's own axis of time; in words for those who cannot see it, and for the reasons. */
export function CoverageRibbon({ stretches, range: { fromMs, toMs } }: { stretches: Stretch[]; range: Range }) {
  const width = toMs - fromMs;
  const shown = stretches.filter((stretch) => Date.parse(stretch.to) > fromMs && Date.parse(stretch.from) < toMs);
  const gaps = stretches.filter((stretch) => stretch.state !== "complete");
  return (
    <div class="coverage">
      <div class="ribbon" role="img" aria-label={shown.length === 0 ? "No coverage is known of this time" : `Coverage: ${shown.map((stretch) => words[stretch.state]).join(", ")}`}>
        {shown.map((stretch) => {
          const from = Math.max(0, (Date.parse(stretch.from) - fromMs) / width);
          const to = Math.min(1, (Date.parse(stretch.to) - fromMs) / width);
          return (
            <i
              key={stretch.from}
              class={`stretch stretch-${stretch.state}`}
              style={{ left: `${from * 100}%`, width: `max(${(to - from) * 100}%, 2px)` }}
              title={`${words[stretch.state]}: ${fullTime(stretch.from)} – ${fullTime(stretch.to)}${stretch.reason ? `, ${stretch.reason}` : ""}`}
            />
          );
        })}
      </div>
      <p class="legend quiet" aria-hidden="true"><i class="stretch stretch-complete" /> every event held <i class="stretch stretch-gap" /> gap <i class="stretch stretch-repaired" /> repaired <i class="stretch" /> not known</p>
      {gaps.length > 0 && (
        <details>
          <summary>{gaps.length === 1 ? "1 gap" : `${gaps.length} gaps`}</summary>
          <ul>
            {[...gaps].reverse().slice(0, 50).map((gap) => (
              <li key={gap.from}>
                {fullTime(gap.from)} – {fullTime(gap.to)} ({duration((Date.parse(gap.to) - Date.parse(gap.from)) / 1000)}): {gap.reason}
                {gap.state === "repaired" && ", repaired from an archive"}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
