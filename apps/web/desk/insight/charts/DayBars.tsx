type Props = {
  title: string;
  /** What the upright axis counts. */
  axis: string;
  days: { day: string; count: number; strong: boolean }[];
  label(day: string): string;
};

const [width, height] = [560, 96];

/** Counts by day as columns from zero; strong ones are what the title speaks of. */
export function DayBars({ title, axis, days, label }: Props) {
  const most = Math.max(1, ...days.map(({ count }) => count));
  const step = width / Math.max(1, days.length);
  const y = (count: number): number => height - (height * count) / most;
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`-30 -10 ${width + 40} ${height + 34}`} role="img" aria-label={title}>
        <line x1={0} x2={width} y1={height} y2={height} className="axis" />
        {[0, most].map((value) => (
          <text key={value} x={-6} y={y(value) + 4} textAnchor="end">
            {value}
          </text>
        ))}
        {days.map(({ day, count, strong }, i) => (
          <rect
            key={day}
            x={i * step + step * 0.12}
            width={step * 0.76}
            y={y(count)}
            height={height - y(count)}
            className={strong ? "strong" : "plain"}
          >
            <title>{`${label(day)} ${count}`}</title>
          </rect>
        ))}
        {days[0] && (
          <text x={0} y={height + 18}>
            {label(days[0].day)}
          </text>
        )}
        <text x={width} y={height + 18} textAnchor="end">
          {label(days.at(-1)?.day ?? "")}
        </text>
        <text x={width / 2} y={height + 18} textAnchor="middle" className="quiet">
          {axis}
        </text>
      </svg>
    </figure>
  );
}
