import type { Series, Statistics } from "../api/types.ts";
import { noun } from "../format/eventType.ts";
import { count } from "../format/number.ts";
import { ago, duration, fullTime } from "../format/time.ts";

interface Props {
  statistics: Statistics;
  selected: string;
  onSelect: (eventType: string) => void;
  nowMs: number;
}

export function SeriesTable({ statistics, selected, onSelect, nowMs }: Props) {
  const all = [statistics.total, ...[...statistics.byEventType].sort((a, b) => b.events - a.events)];
  const longest = Math.max(2, ...all.map((series) => series.maxIntervalSeconds ?? 0));
  return (
    <section class="panel" aria-labelledby="series-title">
      <div class="panel-head"><h2 id="series-title">How often</h2><p class="quiet">Intervals between neighbours, on one logarithmic scale to {duration(longest)}</p></div>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="series-title">
        <table>
          <thead>
            <tr><th scope="col">Kind</th><th scope="col" class="n">Events</th><th scope="col" class="n">Mean</th><th scope="col" class="n">Median</th><th scope="col" class="n">95 %</th><th scope="col" class="n">Longest</th><th scope="col" class="n">Deviation</th><th scope="col">Spread</th><th scope="col" class="n">Last</th></tr>
          </thead>
          <tbody>
            {all.map((series) => (
              <tr key={series.eventType} aria-selected={series.eventType === selected}>
                <th scope="row"><button type="button" class="link" title={series.eventType} aria-pressed={series.eventType === selected} onClick={() => onSelect(series.eventType === selected ? "*" : series.eventType)}>{series.eventType === "*" ? "all events" : noun(series.eventType)}</button></th>
                <td class="n">{count(series.events)}</td>
                <td class="n strong">{duration(series.meanIntervalSeconds)}</td>
                <td class="n">{duration(series.medianIntervalSeconds)}</td>
                <td class="n">{duration(series.p95IntervalSeconds)}</td>
                <td class="n">{duration(series.maxIntervalSeconds)}</td>
                <td class="n">{duration(series.stdDevIntervalSeconds)}</td>
                <td><Spread series={series} longest={longest} /></td>
                <td class="n" title={fullTime(series.lastEventAt)}>{ago(series.lastEventAt, nowMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** From the shortest to the longest interval, thick up to the 95th percentile, a tick at the median and a dot at the mean. */
function Spread({ series: s, longest }: { series: Series; longest: number }) {
  if (s.meanIntervalSeconds === null) return <span class="quiet">–</span>;
  const x = (seconds: number | null) => 4 + (Math.log1p(seconds ?? 0) / Math.log1p(longest)) * 152;
  return (
    <svg class="spread" viewBox="0 0 160 16" width="160" height="16" aria-hidden="true">
      <path class="thin" d={`M${x(s.minIntervalSeconds)} 8H${x(s.maxIntervalSeconds)}`} />
      <path class="thick" d={`M${x(s.minIntervalSeconds)} 8H${x(s.p95IntervalSeconds)}`} />
      <path class="tick" d={`M${x(s.medianIntervalSeconds)} 2V14`} />
      <circle cx={x(s.meanIntervalSeconds)} cy="8" r="3.5" />
    </svg>
  );
}
