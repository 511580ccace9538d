/** Activity: as much above the line as below it, wide where much happened. */
export function ActivityShape({ counts, height, label }: { counts: readonly number[] | null; height: number; label: string }) {
  const width = 200;
  const middle = height / 2;
  if (counts === null || counts.length < 2)
    return <svg class="activity-shape" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true"><path class="activity-rest" d={`M0 ${middle}H${width}`} /></svg>;
  // The square root lets a quiet hour be seen beside a busy one.
  const most = Math.sqrt(Math.max(1, ...counts));
  const step = width / (counts.length - 1);
  const points = counts.map((n, i) => [i * step, (Math.sqrt(n) / most) * (middle - 1) + 0.5] as const);
  const upper = curve(points.map(([x, y]) => [x, middle - y]));
  const lower = curve(points.map(([x, y]) => [x, middle + y] as const).reverse());
  return (
    <svg class="activity-shape" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={`M${upper}L${lower}Z`} />
    </svg>
  );
}

const at = (value: number) => Math.round(value * 100) / 100;

/** Through every point, level at each: a swing that never overshoots. */
function curve(points: readonly (readonly [number, number])[]): string {
  let path = "";
  points.forEach(([x, y], i) => {
    const before = points[i - 1];
    const half = before ? (before[0] + x) / 2 : x;
    path += before ? `C${at(half)} ${at(before[1])} ${at(half)} ${at(y)} ${at(x)} ${at(y)}` : `${at(x)} ${at(y)}`;
  });
  return path;
}
